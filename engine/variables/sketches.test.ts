import { describe, expect, test } from 'vitest';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { DistinctCounter, distinctRelativeError } from './distinct-counter.ts';
import { QuantileSketch, quantileRelativeError } from './quantile-sketch.ts';
import { TopValues } from './top-values.ts';

describe('the count of different values', () => {
  function countOf(values: Iterable<string>): DistinctCounter {
    const counter = new DistinctCounter();
    for (const value of values) {
      counter.add(value);
    }
    return counter;
  }
  function* numbered(count: number, prefix: string): Iterable<string> {
    for (let at = 0; at < count; at += 1) {
      yield `${prefix}${at}`;
    }
  }

  test.each([0, 1, 2, 5, 20])('is exact for %i values', (count) => {
    expect(countOf(numbered(count, 'order-')).estimate()).toBe(count);
  });

  // Mean and spread over 60 sets each: the stated standard error, and no bias beyond what 60 sets can show.
  test.each([50, 300, 1000, 2500, 5000, 20_000])('has the stated error for %i values', (count) => {
    const errors = Array.from(
      { length: 60 },
      (_, set) => countOf(numbered(count, `set ${set} value `)).estimate() / count - 1
    );
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    expect(spread).toBeLessThan(distinctRelativeError * 1.3);
    expect(Math.abs(mean)).toBeLessThan((distinctRelativeError * 3.5) / Math.sqrt(errors.length));
  });

  test('keeps its error for a million values', () => {
    const estimate = countOf(numbered(1_000_000, '')).estimate();
    expect(Math.abs(estimate / 1_000_000 - 1)).toBeLessThan(4 * distinctRelativeError);
  });

  test.each([
    ['numbers in a row', (at: number) => String(at)],
    ['hex digits', (at: number) => (at * 16).toString(16)],
    ['texts that differ at the start', (at: number) => `${at}${'x'.repeat(40)}`],
    ['texts that are one letter repeated', (at: number) => 'a'.repeat(at % 900) + String.fromCharCode(at)],
    ['texts that differ in the high byte', (at: number) => String.fromCharCode(256 * (at % 200), 256 * (at % 199))],
  ])('does not depend on the form of values: %s', (_form, valueOf) => {
    const values = Array.from({ length: 8000 }, (_, at) => valueOf(at));
    const truth = new Set(values).size;
    expect(Math.abs(countOf(values).estimate() / truth - 1)).toBeLessThan(4 * distinctRelativeError);
  });

  test.each([0, 3, 200, 50_000])('is written and read back with %i values', (count) => {
    const counter = countOf(numbered(count, 'v'));
    const text = counter.toText();
    expect(text.length).toBeLessThanOrEqual(1024);
    expect(DistinctCounter.fromText(text)?.toText()).toBe(text);
  });

  test.each(['a', 'ab', '!!!', 'zz0', '\u0000'.repeat(1024), '0'.repeat(2000)])('is not read from %j', (text) => {
    expect(DistinctCounter.fromText(text)).toBeNull();
  });
});

describe('frequent values', () => {
  // Value k occurs about 1/k as often as the first: a long tail, as log values have it.
  function skewed(seed: number, count: number): string[] {
    const random = createSeededRandom(seed);
    return Array.from({ length: count }, () => `v${Math.floor(1000 ** (random.below(100_000) / 100_000))}`);
  }
  function truthOf(values: readonly string[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const value of values) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }
  function topOf(values: readonly string[]): TopValues {
    const top = new TopValues();
    for (const value of values) {
      top.add(value);
    }
    return top;
  }
  function expectBounds(top: TopValues, values: readonly string[]): void {
    const truth = truthOf(values);
    for (const { value, count, maxCount } of top.list()) {
      expect(truth.get(value)).toBeGreaterThanOrEqual(count);
      expect(truth.get(value)).toBeLessThanOrEqual(maxCount);
    }
    expect(top.missedCount).toBeLessThanOrEqual(values.length / 65);
    const listed = new Set(top.list().map(({ value }) => value));
    expect([...truth].filter(([value, count]) => count > values.length / 65 && !listed.has(value))).toEqual([]);
  }

  test('are exact while there are few', () => {
    expect(topOf(['a', 'b', 'a']).list()).toEqual([
      { value: 'a', count: 2, maxCount: 2 },
      { value: 'b', count: 1, maxCount: 1 },
    ]);
  });

  test.each([1, 2, 3])('keep their bounds over a long tail (seed %i)', (seed) => {
    const values = skewed(seed, 20_000);
    expectBounds(topOf(values), values);
    expect(topOf(values).list()[0]?.value).toBe('v1');
  });

  test('keep their bounds after a thousand merges', () => {
    const values = skewed(5, 20_000);
    const merged = new TopValues();
    for (let from = 0; from < values.length; from += 20) {
      merged.addAll(topOf(values.slice(from, from + 20)));
    }
    expectBounds(merged, values);
  });

  test('keep their bounds when every value is another', () => {
    const values = Array.from({ length: 5000 }, (_, at) => String(at));
    expectBounds(topOf(values), values);
  });
});

describe('quantiles', () => {
  const random = createSeededRandom(9);
  const sets: Array<[string, number[]]> = [
    ['times of answers', Array.from({ length: 5000 }, () => Math.exp(random.below(10_000) / 1000))],
    ['sizes from one to 10^12', Array.from({ length: 5000 }, () => 10 ** (random.below(12_000) / 1000))],
    ['numbers around zero', Array.from({ length: 5000 }, () => random.below(2001) - 1000)],
    ['one value', [42]],
    ['zeros', [0, 0, 0]],
    ['negative ones', [-5, -50, -500]],
  ];
  test.each(sets)('of %s are within the stated error', (_form, values) => {
    const sketch = new QuantileSketch();
    for (const value of values) {
      sketch.add(value);
    }
    const sorted = values.toSorted((a, b) => a - b);
    for (const ratio of [0, 0.01, 0.25, 0.5, 0.75, 0.95, 0.99, 1]) {
      const truth = sorted[Math.floor(ratio * (sorted.length - 1))] ?? 0;
      expect(Math.abs(sketch.quantile(ratio) - truth)).toBeLessThanOrEqual(
        quantileRelativeError * Math.abs(truth) + 1e-9
      );
    }
    expect([sketch.min, sketch.max]).toEqual([sorted[0], sorted.at(-1)]);
  });

  test('of values that are too far apart keep the large ones right', () => {
    const sketch = new QuantileSketch();
    for (let exponent = -10; exponent <= 20; exponent += 1) {
      sketch.add(10 ** exponent);
    }
    expect(sketch.toState().positive.length).toBeLessThanOrEqual(768);
    expect(Math.abs(sketch.quantile(0.8) / 10 ** 14 - 1)).toBeLessThanOrEqual(quantileRelativeError);
    expect(sketch.quantile(0)).toBeLessThan(10 ** 8);
  });

  test('of nothing are no numbers', () => {
    expect(new QuantileSketch().quantile(0.5)).toBeNaN();
  });
});
