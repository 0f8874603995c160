import { describe, expect, test } from 'vitest';
import { compareCounts, dispersionOf } from './index.ts';
import type { ClusterChange, ComparisonOptions } from './index.ts';

function changesOf(
  before: Record<string, number>,
  after: Record<string, number>,
  exposures: readonly [number, number] = [1, 1],
  options: ComparisonOptions = {}
): readonly ClusterChange[] {
  const outcome = compareCounts(
    { counts: new Map(Object.entries(before)), exposure: exposures[0] },
    { counts: new Map(Object.entries(after)), exposure: exposures[1] },
    options
  );
  return outcome.kind === 'compared' ? outcome.changes : [];
}

function kindsOf(changes: readonly ClusterChange[]): Record<string, string> {
  return Object.fromEntries(changes.map((change) => [change.key, change.kind]));
}

test('clusters are new, gone, up, down or unchanged', () => {
  const changes = changesOf(
    { gone: 40, up: 100, down: 300, same: 1000, absent: 0 },
    { new: 40, up: 300, down: 100, same: 1010 }
  );
  expect(kindsOf(changes)).toEqual({ new: 'new', gone: 'gone', up: 'up', down: 'down', same: 'unchanged' });
});

test('a change has a ratio with its interval', () => {
  const [up] = changesOf({ a: 100 }, { a: 300 });
  expect(up).toMatchObject({ kind: 'up', countBefore: 100, countAfter: 300, ratio: 3, isSignificant: true });
  // Clopper-Pearson for 300 of 400 is 0.7045..0.7917; as odds 2.384..3.802.
  expect(up?.ratioLow).toBeCloseTo(2.384, 2);
  expect(up?.ratioHigh).toBeCloseTo(3.802, 2);
  expect(up?.probability).toBeLessThan(1e-20);
});

test('new and gone clusters have one open end', () => {
  const [first, second] = changesOf({ gone: 30 }, { new: 30 });
  expect(
    new Map([first, second].map((change) => [change?.kind, [change?.ratio, change?.ratioLow, change?.ratioHigh]]))
  ).toEqual(
    new Map([
      ['new', [Infinity, expect.closeTo(7.63, 1), Infinity]],
      ['gone', [0, 0, expect.closeTo(0.131, 2)]],
    ])
  );
});

test('longer ranges hold more events without a change', () => {
  expect(kindsOf(changesOf({ a: 100, b: 100 }, { a: 1000, b: 5000 }, [1, 10]))).toEqual({ a: 'unchanged', b: 'up' });
});

test('one event of a new cluster is new and may be chance', () => {
  expect(changesOf({}, { a: 1 })[0]).toMatchObject({ kind: 'new', isSignificant: false, probability: 1 });
});

test('a small cluster is found beside large ones and many single events', () => {
  const singles = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`single ${at}`, 1]));
  const changes = changesOf({ big: 1_000_000, ...singles, small: 1 }, { big: 1_003_000, small: 14 });
  expect(changes[0]).toMatchObject({ key: 'small', kind: 'up', isSignificant: true });
  expect(changes.find((change) => change.key === 'big')?.kind).toBe('unchanged');
});

test('small factors are no change, however sure', () => {
  const before = { a: 1_000_000 };
  expect(changesOf(before, { a: 1_100_000 })[0]).toMatchObject({ kind: 'unchanged', isSignificant: false });
  expect(changesOf(before, { a: 1_100_000 }, [1, 1], { minimumFactor: 1.05 })[0]).toMatchObject({ kind: 'up' });
});

test('the sure part of a change decides the order', () => {
  const changes = changesOf({ sure: 100, large: 2, mild: 1000 }, { sure: 1000, large: 14, mild: 1500 });
  expect(changes.map((change) => change.key)).toEqual(['sure', 'large', 'mild']);
});

test('bursts make a change less sure', () => {
  const options = { dispersions: new Map([['a', 30]]) };
  expect(changesOf({ a: 60 }, { a: 120 })[0]?.kind).toBe('up');
  expect(changesOf({ a: 60 }, { a: 120 }, [1, 1], options)[0]?.kind).toBe('unchanged');
});

describe('sides without exposure', () => {
  test.each([0, -1, NaN, Infinity])('are not compared (%d)', (exposure) => {
    const side = { counts: new Map([['a', 1]]), exposure: 1 };
    expect(compareCounts(side, { ...side, exposure })).toEqual({ kind: 'no-exposure' });
    expect(compareCounts({ ...side, exposure }, side)).toEqual({ kind: 'no-exposure' });
  });
});

test('nothing compared with nothing has no changes', () => {
  expect(changesOf({}, {})).toEqual([]);
});

test.each([
  [[5, 5, 5, 5], 1],
  [[0, 0, 0], 1],
  [[1, 9], 1],
  [[0, 0, 30, 0, 0, 30], 24],
])('dispersion of %j', (counts, expected) => {
  expect(dispersionOf(counts)).toBeCloseTo(expected, 9);
});
