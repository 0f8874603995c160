// Which clusters take another share of their service's events after a deploy.
import { compareCounts } from '../comparison/index.ts';
import type { Level } from '../severity/index.ts';
import type { Severity } from './severity.ts';

/** Minutes before a deploy that are the measure. */
export const shareBeforeMinutes = 60;
/** Minutes after it that are judged: the roll-out is over by then, mostly, and a bad version shows. */
export const shareAfterMinutes = 30;
/** An event of a share is told of for so long: until whoever deployed has looked. */
export const shareToldMinutes = 60;

/** Least events after the deploy, and least growth of the share, to be told of. */
const leastEvents = 20;
const leastRatio = 3;
const highRatio = 5;

/** A cluster's events on both sides of a deploy. */
export interface SharedCounts {
  readonly key: string;
  readonly level: Level;
  readonly before: number;
  readonly after: number;
}

/** A share that grew. */
export interface GrownShare {
  readonly key: string;
  readonly severity: Exclude<Severity, 0>;
  readonly evidence: number;
  readonly observed: number;
  /** As many events as the share before would have made of all events after. */
  readonly expected: number;
}

/** Clusters of warnings and errors whose share of their service's events grew beyond chance. New ones are told of as such. */
export function findGrownShares(counts: readonly SharedCounts[]): readonly GrownShare[] {
  const before = {
    counts: new Map(counts.map((cluster) => [cluster.key, cluster.before])),
    exposure: sum(counts, 'before'),
  };
  const after = {
    counts: new Map(counts.map((cluster) => [cluster.key, cluster.after])),
    exposure: sum(counts, 'after'),
  };
  const comparison = compareCounts(before, after);
  if (comparison.kind === 'no-exposure') {
    return [];
  }
  const levels = new Map(counts.map(({ key, level }) => [key, level]));
  return comparison.changes.flatMap((change): GrownShare[] => {
    const { key, kind, countAfter, countBefore, ratio, ratioLow, probability } = change;
    const severity = rateShare(levels.get(key) ?? 'unknown', ratio);
    return kind === 'up' && countAfter >= leastEvents && ratioLow >= leastRatio / 2 && severity > 0
      ? [
          {
            ...{ key, severity: severity as Exclude<Severity, 0>, observed: countAfter },
            evidence: -Math.log10(Math.max(probability, Number.MIN_VALUE)),
            expected: (countBefore / before.exposure) * after.exposure,
          },
        ]
      : [];
  });
}

function rateShare(level: Level, ratio: number): Severity {
  if (ratio < leastRatio) {
    return 0;
  }
  if (level === 'error' || level === 'fatal') {
    return ratio >= highRatio ? 3 : 2;
  }
  return level === 'warn' ? 1 : 0;
}

function sum(counts: readonly SharedCounts[], side: 'before' | 'after'): number {
  return counts.reduce((total, cluster) => total + cluster[side], 0);
}
