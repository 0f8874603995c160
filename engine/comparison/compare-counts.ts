import { oddsInterval, smallestProbability, twoSidedProbability } from './binomial.ts';
import { discoveriesOf } from './false-discoveries.ts';

/** What was counted on one side. */
export interface CountedSide {
  /** Events by cluster; whole numbers. Clusters without events may be left out. */
  readonly counts: ReadonlyMap<string, number>;
  /**
   * What the counts are seen against, above 0 and in one unit for both sides: the range's milliseconds (do clusters come
   * more often?) or the total of events (do they take a greater share?).
   */
  readonly exposure: number;
}

/** What may be set. */
export interface ComparisonOptions {
  /** Share of false ones among the significant changes that is accepted on average, 0..1. Default: 0.05. */
  readonly falseDiscoveryRate?: number;
  /** Confidence of the intervals, 0..1. Default: 0.95. */
  readonly confidence?: number;
  /**
   * Changes of the rate by less than this factor are called unchanged, however sure they are. At least 1. Default: 1.2,
   * below which nobody would look twice at a trend.
   */
  readonly minimumFactor?: number;
  /** How bursty clusters are, see `dispersionOf`; 1 for those that are missing. Bursts make changes less sure. */
  readonly dispersions?: ReadonlyMap<string, number>;
}

/** What became of a cluster. `new` and `gone`: no event on one side. */
export type ChangeKind = 'new' | 'gone' | 'up' | 'down' | 'unchanged';

/** One cluster on both sides. */
export interface ClusterChange {
  readonly key: string;
  readonly kind: ChangeKind;
  /** True when chance is an unlikely reason. Always so for `up` and `down`; new and gone ones may be rare ones. */
  readonly isSignificant: boolean;
  readonly countBefore: number;
  readonly countAfter: number;
  /** Rate after by rate before; Infinity for new clusters, 0 for those that are gone. */
  readonly ratio: number;
  /** Interval that holds the true ratio with the stated confidence; `high` may be Infinity. */
  readonly ratioLow: number;
  readonly ratioHigh: number;
  /** Chance of counts at least this uneven when nothing changed, 0..1. */
  readonly probability: number;
}

/** Outcome of a comparison. */
export type Comparison =
  | {
      readonly kind: 'compared';
      /** Significant ones first, then by the change that is sure; every cluster with an event is there. */
      readonly changes: readonly ClusterChange[];
    }
  /** A side has no exposure, so that there are no rates. */
  | { readonly kind: 'no-exposure' };

/**
 * Compares the counts of clusters on two sides: two time ranges, before and after a deploy, two services. Given its total,
 * the count after of an unchanged cluster is binomial with the share of its exposure; that is tested exactly for each
 * cluster, and the family of tests is held to a rate of false discoveries that counts too small for any finding do not
 * spoil. So a cluster of ten events is judged by its own ten, beside one of a million. Bursts are taken into account by
 * dividing counts by their dispersion. O(n log n) for n clusters.
 * Sources: see binomial.ts and false-discoveries.ts.
 * @example
 * const before = { counts: new Map([['a', 100]]), exposure: 3_600_000 };
 * compareCounts(before, { counts: new Map([['a', 300]]), exposure: 3_600_000 }); // 'a' is 'up', ratio 3
 */
export function compareCounts(before: CountedSide, after: CountedSide, options: ComparisonOptions = {}): Comparison {
  if (!isExposure(before.exposure) || !isExposure(after.exposure)) {
    return { kind: 'no-exposure' };
  }
  const keys = [...new Set([...before.counts.keys(), ...after.counts.keys()])].filter(
    (key) => countOf(before, key) + countOf(after, key) > 0
  );
  const share = after.exposure / (before.exposure + after.exposure);
  const tests = keys.map((key) => {
    const dispersion = Math.max(1, options.dispersions?.get(key) ?? 1);
    const trials = (countOf(before, key) + countOf(after, key)) / dispersion;
    return {
      probability: twoSidedProbability(countOf(after, key) / dispersion, trials, share),
      smallest: smallestProbability(trials, share),
    };
  });
  const discoveries = discoveriesOf(tests, options.falseDiscoveryRate ?? 0.05);
  const changes = keys.map((key, index) =>
    changeOf(key, before, after, options, tests[index]?.probability ?? 1, discoveries[index] === true)
  );
  return { kind: 'compared', changes: changes.sort(byImportance) };
}

function changeOf(
  key: string,
  before: CountedSide,
  after: CountedSide,
  options: ComparisonOptions,
  probability: number,
  isDiscovery: boolean
): ClusterChange {
  const countBefore = countOf(before, key);
  const countAfter = countOf(after, key);
  const scale = before.exposure / after.exposure;
  const dispersion = Math.max(1, options.dispersions?.get(key) ?? 1);
  const { low, high } = oddsInterval(countAfter / dispersion, countBefore / dispersion, options.confidence ?? 0.95);
  const ratio = (countAfter / countBefore) * scale;
  const isLarge = Math.max(ratio, 1 / ratio) >= (options.minimumFactor ?? 1.2);
  const isSignificant = isDiscovery && isLarge;
  return {
    key,
    kind: kindOf(countBefore, countAfter, isSignificant, ratio),
    isSignificant,
    countBefore,
    countAfter,
    ratio,
    ratioLow: low * scale,
    ratioHigh: high * scale,
    probability,
  };
}

function kindOf(countBefore: number, countAfter: number, isSignificant: boolean, ratio: number): ChangeKind {
  if (countBefore === 0) {
    return 'new';
  }
  if (countAfter === 0) {
    return 'gone';
  }
  if (!isSignificant) {
    return 'unchanged';
  }
  return ratio > 1 ? 'up' : 'down';
}

// The end of the interval that is nearer to "no change": large for large changes of enough events.
function sureFactor(change: ClusterChange): number {
  return Math.max(change.ratioLow, 1 / change.ratioHigh);
}

function byImportance(a: ClusterChange, b: ClusterChange): number {
  return (
    Number(b.isSignificant) - Number(a.isSignificant) ||
    sureFactor(b) - sureFactor(a) ||
    a.probability - b.probability ||
    (a.key < b.key ? -1 : 1)
  );
}

function countOf(side: CountedSide, key: string): number {
  return side.counts.get(key) ?? 0;
}

function isExposure(exposure: number): boolean {
  return exposure > 0 && Number.isFinite(exposure);
}
