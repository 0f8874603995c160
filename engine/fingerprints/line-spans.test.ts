import { expect, test } from 'vitest';
import { analyzeLine } from '../templates/index.ts';
import { createPrivateLines } from '../testing/private-lines.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { createUnseenLines } from '../testing/unseen-lines.ts';
import { lineSpansOf } from './line-spans.ts';

const privateLines = [
  ...createPrivateLines(1500, createSeededRandom(21)),
  ...createUnseenLines(1500, createSeededRandom(22)),
].filter(({ text }) => !text.includes('\n'));

test('spans tile every line', () => {
  for (const { text } of privateLines) {
    const spans = lineSpansOf(text);
    expect(spans.map(({ start }) => start)).toEqual([0, ...spans.slice(0, -1).map(({ end }) => end)]);
    expect(spans.at(-1)?.end).toBe(text.length);
  }
});

test('no letter of a private value is kept', () => {
  const kept = privateLines.filter(({ text, value }) => {
    const from = text.indexOf(value);
    return lineSpansOf(text).some(({ kind, start, end }) => {
      const shared = text.slice(Math.max(start, from), Math.min(end, from + value.length));
      return kind === 'kept' && /[A-Za-z0-9]/.test(shared);
    });
  });
  expect(kept).toEqual([]);
});

test('a line without anything private has the spans of its analysis', () => {
  const line = '2026-11-21 02:51:19,120 INFO [main] com.acme.Orders: order 17 took 3 ms';
  expect(lineSpansOf(line)).toEqual(analyzeLine(line).spans);
});
