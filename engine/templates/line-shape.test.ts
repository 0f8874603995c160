import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLines } from '../testing/log-lines.ts';
import { analyzeLine } from './analyze-line.ts';
import { isDecidedByShape, LineShape, maxShapeBytes } from './line-shape.ts';

/** The shape as text; null when the line has none. */
function shapeOf(line: string): string | null {
  const shape = new LineShape();
  return shape.read(line) ? shape.words.slice(0, shape.wordCount).join() : null;
}

/** A line and another one with other digits in the same places. */
const pairs = fc.tuple(logLines, fc.infiniteStream(fc.nat(9))).map(([line, digits]) => {
  const other = line.replaceAll(/\d/g, (digit) => (Number(digit) % 3 === 0 ? String(digits.next().value) : digit));
  return { line, other };
});

const tellingPairs: ReadonlyArray<readonly [string, string]> = [
  ['{"level":30,"msg":"a b c d"}', '{"level":50,"msg":"a b c d"}'],
  ['{"level" : "30","msg":"a b c d"}', '{"level" : "50","msg":"a b c d"}'],
  ['{"@l":3,"msg":"a b c d"}', '{"@l":4,"msg":"a b c d"}'],
  ['level=3 msg="a b c d"', 'level=4 msg="a b c d"'],
  ['PRIORITY=3 msg="a b c d"', 'PRIORITY=6 msg="a b c d"'],
  [
    '10.0.0.1 - - [01/May/2024:12:00:00 +0000] "GET /v1/a HTTP/1.1" 200 5',
    '10.0.0.1 - - [01/May/2024:12:00:00 +0000] "GET /v2/a HTTP/1.1" 200 5',
  ],
  [
    '10.0.0.1 - - [01/May/2024:12:00:00 +0000] "GET /-1/a HTTP/1.1" 200 5',
    '10.0.0.1 - - [01/May/2024:12:00:00 +0000] "GET /-2/a HTTP/1.1" 200 5',
  ],
  [
    '10.0.0.1 - - [01/May/2024:12:00:00 +0000] "GET /v1/a HTTP/1.1" 200 5',
    '10.0.0.1 - - [01/May/2024:12:00:00 +0000] "GET /v1/a HTTP/1.1" 404 5',
  ],
  [
    '<34>1 2003-10-11T22:14:15.003Z host su 77 ID47 - failed',
    '<34>2 2003-10-11T22:14:15.003Z host su 77 ID47 - failed',
  ],
  ['1714557600 web: it began', '2714557600 web: it began'],
];

describe('shapes of lines', () => {
  it('gives lines of one shape one signature and one template', () => {
    fc.assert(
      fc.property(pairs, ({ line, other }) => {
        const shape = shapeOf(line);
        const analysis = analyzeLine(line);
        if (shape !== null && shape === shapeOf(other) && isDecidedByShape(analysis.signature)) {
          const second = analyzeLine(other);
          expect(second.signature).toBe(analysis.signature);
          expect(second.parts).toEqual(analysis.parts);
        }
      }),
      { numRuns: 3000 }
    );
  });

  it('leaves out the digits of times, numbers and addresses', () => {
    expect(shapeOf('2024-05-01 12:00:00 took 17 ms from 10.0.0.1')).toBe(
      shapeOf('2025-11-23 09:59:59 took 99 ms from 11.2.3.4')
    );
  });

  it.each(tellingPairs)('tells %j from %j', (first, second) => {
    expect(shapeOf(first)).not.toBe(shapeOf(second));
  });

  it('tells numbers of different length apart', () => {
    expect(shapeOf('took 7 tries')).not.toBe(shapeOf('took 17 tries'));
  });

  it('does not let a level decide that it does not keep', () => {
    expect(isDecidedByShape(analyzeLine('level="warn 3" msg="a b c d"').signature)).toBe(false);
    expect(isDecidedByShape(analyzeLine('level=warn msg="a b c d"').signature)).toBe(true);
    expect(isDecidedByShape(analyzeLine('a b c d').signature)).toBe(true);
  });

  it('gives no shape to long lines and lone surrogates', () => {
    expect(shapeOf('x'.repeat(maxShapeBytes))).not.toBeNull();
    expect(shapeOf('x'.repeat(maxShapeBytes + 1))).toBeNull();
    expect(shapeOf('é'.repeat(maxShapeBytes / 2 + 1))).toBeNull();
    expect(shapeOf('\ud800 alone')).toBeNull();
    expect(shapeOf('é 日志')).not.toBeNull();
  });
});
