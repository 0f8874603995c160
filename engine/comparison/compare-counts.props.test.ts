import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSeededRandom } from '../testing/seeded-random.ts';
import type { SeededRandom } from '../testing/seeded-random.ts';
import { compareCounts, dispersionOf } from './index.ts';
import type { ClusterChange, ComparisonOptions, CountedSide } from './index.ts';

const side = fc.record({
  counts: fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: 40 }).map((key) => `cluster ${key}`),
        fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 500 }), fc.nat({ max: 5_000_000 }))
      ),
      { maxLength: 40 }
    )
    .map((entries) => new Map(entries)),
  exposure: fc.integer({ min: 1, max: 100_000 }),
});

function changesOf(before: CountedSide, after: CountedSide, options?: ComparisonOptions): readonly ClusterChange[] {
  const outcome = compareCounts(before, after, options);
  return outcome.kind === 'compared' ? outcome.changes : [];
}

function byKey(changes: readonly ClusterChange[]): ReadonlyMap<string, ClusterChange> {
  return new Map(changes.map((change) => [change.key, change]));
}

function isNear(a: number | undefined, b: number): boolean {
  return a === b || (a !== undefined && Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b), 1e-280));
}

test('swapping the sides turns every change around', () => {
  const turned = { new: 'gone', gone: 'new', up: 'down', down: 'up', unchanged: 'unchanged' } as const;
  fc.assert(
    fc.property(side, side, (before, after) => {
      const swapped = byKey(changesOf(after, before));
      for (const change of changesOf(before, after)) {
        const other = swapped.get(change.key);
        expect(other?.kind).toBe(turned[change.kind]);
        expect(other?.isSignificant).toBe(change.isSignificant);
        expect(isNear(other?.probability, change.probability)).toBe(true);
        expect(isNear(other?.ratioLow, 1 / change.ratioHigh)).toBe(true);
      }
    }),
    { numRuns: 300 }
  );
});

test('the unit of the exposures does not count', () => {
  fc.assert(
    fc.property(side, side, fc.constantFrom(0.001, 1000, 3_600_000), (before, after, factor) => {
      const scaled = byKey(
        changesOf({ ...before, exposure: before.exposure * factor }, { ...after, exposure: after.exposure * factor })
      );
      for (const change of changesOf(before, after)) {
        expect(scaled.get(change.key)?.kind).toBe(change.kind);
        expect(isNear(scaled.get(change.key)?.ratio, change.ratio)).toBe(true);
      }
    }),
    { numRuns: 200 }
  );
});

test('figures agree with each other', () => {
  fc.assert(
    fc.property(side, side, (before, after) => {
      const changes = changesOf(before, after);
      const keys = [...new Set([...before.counts.keys(), ...after.counts.keys()])];
      expect(changes.map((change) => change.key).sort()).toEqual(
        keys.filter((key) => (before.counts.get(key) ?? 0) + (after.counts.get(key) ?? 0) > 0).sort()
      );
      for (const { ratio, ratioLow, ratioHigh, probability, kind, isSignificant } of changes) {
        expect(ratioLow).toBeLessThanOrEqual(ratio);
        expect(ratioHigh).toBeGreaterThanOrEqual(ratio);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
        expect(kind === 'up' || kind === 'down' ? isSignificant : true).toBe(true);
      }
    }),
    { numRuns: 300 }
  );
});

test('more of the same difference is surer', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 2, max: 50 }), (count, factor) => {
      const probabilityOf = (times: number): number =>
        changesOf(
          { counts: new Map([['a', count * times]]), exposure: 1 },
          { counts: new Map([['a', count * 2 * times]]), exposure: 1 }
        )[0]?.probability ?? 1;
      expect(probabilityOf(factor)).toBeLessThanOrEqual(probabilityOf(1) + 1e-12);
    }),
    { numRuns: 200 }
  );
});

describe('simulated logs', () => {
  const trialCount = 100;
  const clusterCount = 300;

  function poisson(random: SeededRandom, mean: number): number {
    // Events of a day, minute by minute, would be slow for large means: sums of smaller ones are the same.
    if (mean > 30) {
      return poisson(random, mean / 2) + poisson(random, mean / 2);
    }
    const limit = Math.exp(-mean);
    let count = 0;
    for (let left = uniform(random); left > limit; left *= uniform(random)) {
      count += 1;
    }
    return count;
  }
  function uniform(random: SeededRandom): number {
    return (random.below(1_000_000) + 0.5) / 1_000_000;
  }
  // Rates from one event in five ranges to hundreds, as clusters of a service have them.
  function meanOf(cluster: number): number {
    return 0.2 * 1.027 ** cluster;
  }

  function simulate(seed: number, factorOf: (cluster: number) => number, exposure: number): readonly ClusterChange[] {
    const random = createSeededRandom(seed);
    const before = new Map<string, number>();
    const after = new Map<string, number>();
    for (let cluster = 0; cluster < clusterCount; cluster += 1) {
      before.set(String(cluster), poisson(random, meanOf(cluster)));
      after.set(String(cluster), poisson(random, meanOf(cluster) * factorOf(cluster) * exposure));
    }
    return changesOf({ counts: before, exposure: 1 }, { counts: after, exposure }, { minimumFactor: 1 });
  }

  // With no real change any find is false: 5 % of the comparisons may have one, and 4 % more by chance in 100 of them.
  test.each([1, 0.25, 4])('equal sides rarely have a find (exposure %d)', (exposure) => {
    let withFind = 0;
    for (let trial = 0; trial < trialCount; trial += 1) {
      withFind += simulate(1000 + trial, () => 1, exposure).some((change) => change.isSignificant) ? 1 : 0;
    }
    expect(withFind / trialCount).toBeLessThanOrEqual(0.09);
  });

  test('among real changes the false ones keep to the rate, and most real ones are found', () => {
    let found = 0;
    let falselyFound = 0;
    let findable = 0;
    let shareSum = 0;
    for (let trial = 0; trial < 100; trial += 1) {
      const isChanged = (cluster: number): boolean => cluster % 10 === 0;
      const changes = simulate(5000 + trial, (cluster) => (isChanged(cluster) ? 4 : 1), 1);
      const finds = changes.filter((change) => change.isSignificant);
      const falseFinds = finds.filter((change) => !isChanged(Number(change.key)));
      found += finds.length - falseFinds.length;
      falselyFound += falseFinds.length;
      shareSum += finds.length === 0 ? 0 : falseFinds.length / finds.length;
      findable += changes.filter((change) => isChanged(Number(change.key)) && change.countAfter >= 16).length;
    }
    expect(shareSum / 100).toBeLessThanOrEqual(0.06);
    expect(falselyFound).toBeLessThan(found * 0.06);
    expect(found / findable).toBeGreaterThan(0.9);
  });

  test('bursts give no more finds when their dispersion is known', () => {
    const random = createSeededRandom(77);
    let plain = 0;
    let dispersed = 0;
    for (let trial = 0; trial < 100; trial += 1) {
      const before = new Map<string, number>();
      const after = new Map<string, number>();
      const dispersions = new Map<string, number>();
      for (let cluster = 0; cluster < 60; cluster += 1) {
        // Bursts of eight events; sixty earlier ranges show how bursty the cluster is.
        const burst = (): number => 8 * poisson(random, 3);
        before.set(String(cluster), burst());
        after.set(String(cluster), burst());
        dispersions.set(String(cluster), dispersionOf(Array.from({ length: 60 }, burst)));
      }
      const hasFind = (options: ComparisonOptions): number =>
        Number(
          changesOf({ counts: before, exposure: 1 }, { counts: after, exposure: 1 }, options).some(
            (change) => change.isSignificant
          )
        );
      plain += hasFind({});
      dispersed += hasFind({ dispersions });
    }
    expect(plain).toBeGreaterThan(90);
    expect(dispersed).toBeLessThanOrEqual(10);
  });
});
