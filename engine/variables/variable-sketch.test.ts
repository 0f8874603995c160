import { describe, expect, test } from 'vitest';
import { createVariableSketch, merge, restoreVariableSketch, summarize } from './index.ts';
import type { VariableSketch, VariableSketchOptions } from './index.ts';
import { readMeasuredValue } from './measured-value.ts';

function sketchOf(type: string, values: readonly string[], options?: VariableSketchOptions): VariableSketch {
  const sketch = createVariableSketch(type, options);
  for (const value of values) {
    sketch.add(value);
  }
  return sketch;
}

test('a summary states counts, values and numbers', () => {
  const summary = summarize(sketchOf('quantity', ['5ms', '5ms', '1.5s', '20us']));
  expect(summary).toMatchObject({ type: 'quantity', valueCount: 4, distinctEstimate: 3, isPersonal: false });
  expect(summary.topValues[0]).toEqual({ value: '5ms', count: 2, maxCount: 2, isPseudonym: false });
  expect(summary.numbers).toMatchObject({ unit: 'ms', valueCount: 4, min: 0.02, max: 1500 });
  expect(summary.numbers?.quantiles[2]?.value).toBeCloseTo(5, 0);
});

test('an empty sketch says nothing', () => {
  expect(summarize(createVariableSketch('number'))).toMatchObject({
    valueCount: 0,
    distinctEstimate: 0,
    topValues: [],
    numbers: null,
  });
});

test('digits of ids are no numbers', () => {
  expect(summarize(sketchOf('id', ['17', '18'])).numbers).toBeNull();
});

test('the unit with most values is shown', () => {
  expect(summarize(sketchOf('value', ['5ms', '1KB', '2KB'])).numbers).toMatchObject({ unit: 'bytes', valueCount: 2 });
});

describe('personal and secret values', () => {
  const pseudonymOf = (value: string): string => `person-${value.length}`;
  const card = '4111 1111 1111 1111';

  test.each([
    ['an address', 'ip', '10.1.2.3', undefined],
    ['an e-mail', 'email', 'ann@example.com', undefined],
    ['a place of names', 'id', 'ann', true],
    ['an e-mail at a place of any type', 'any', 'ann@example.com', undefined],
    ['a card number', 'quoted', card, undefined],
    ['a number at a place of phones', 'number', '4915112345678', true],
  ])('%s is not kept', (_form, type, value, isPersonal) => {
    const options = isPersonal === undefined ? {} : { isPersonal };
    const hidden = sketchOf(type, [value, value], options);
    expect(JSON.stringify([hidden, summarize(hidden)])).not.toContain(value);
    expect(summarize(hidden)).toMatchObject({ valueCount: 2, distinctEstimate: 1, topValues: [], numbers: null });
    const named = summarize(sketchOf(type, [value, value], { ...options, pseudonymOf }));
    expect(named.topValues).toEqual([{ value: `person-${value.length}`, count: 2, maxCount: 2, isPseudonym: true }]);
  });

  test('merging with a personal place hides what was shown', () => {
    const shown = sketchOf('number', ['17', '17', '18']);
    const merged = merge(shown, sketchOf('number', ['19'], { isPersonal: true, pseudonymOf }));
    expect(JSON.stringify(merged)).not.toMatch(/"1[789]"/);
    expect(summarize(merged)).toMatchObject({ valueCount: 4, distinctEstimate: 3, isPersonal: true, numbers: null });
  });

  test('a value cannot pass for a pseudonym', () => {
    const [top] = summarize(sketchOf('any', ['\u0001person-1'])).topValues;
    expect(top).toMatchObject({ value: 'person-1', isPseudonym: false });
  });
});

test('merging leaves its inputs as they were', () => {
  const a = sketchOf('number', ['1']);
  const b = sketchOf('number', ['2']);
  merge(a, b);
  expect([summarize(a).valueCount, summarize(b).valueCount]).toEqual([1, 1]);
});

test('places of different types merge into one of any', () => {
  expect(summarize(merge(sketchOf('number', ['1']), sketchOf('hex', ['ff']))).type).toBe('any');
});

test('text that is no sketch is not restored', () => {
  expect(restoreVariableSketch({ ...createVariableSketch('id').toJSON(), distinct: '?' })).toBeNull();
});

test('hostile values take bounded space', () => {
  const sketch = createVariableSketch('value');
  for (let at = 0; at < 20_000; at += 1) {
    const amount = `${at % 2 === 0 ? '-' : ''}${(1.002 ** (at % 15_000)).toExponential(9)}`;
    sketch.add(`${amount}${['', 'ms', 'B', '%'][at % 4] ?? ''}`);
    sketch.add('\ud800\u0000"'.repeat(1 + (at % 3000)));
  }
  expect(JSON.stringify(sketch).length).toBeLessThan(140_000);
});

test('ordinary places take little space', () => {
  const values = Array.from({ length: 5000 }, (_, at) => `${5 + (at % 40)}ms`);
  expect(JSON.stringify(sketchOf('quantity', values)).length).toBeLessThan(2000);
});

test.each([
  ['17', 17, 'none'],
  ['-1.5e3', -1500, 'none'],
  ['1,234,567', 1_234_567, 'none'],
  ['12.5%', 12.5, 'percent'],
  ['3 s', 3000, 'ms'],
  ['250\u00b5s', 0.25, 'ms'],
  ['2KiB', 2048, 'bytes'],
  ['1.5 GB', 1.5e9, 'bytes'],
])('%s is %d %s', (value, amount, unit) => {
  expect(readMeasuredValue(value)).toEqual({ amount: expect.closeTo(amount, 6), unit });
});

test.each(['', 'ms', 'x17', '1 2', '1.2.3', '10:30', '5 apples', '1,23', '0x1f', 'NaN', '1e999', '2024-01-01', '3M'])(
  '%j is no number',
  (value) => {
    expect(readMeasuredValue(value)).toBeNull();
  }
);
