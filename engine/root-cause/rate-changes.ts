// Which clusters are new, gone, more or less frequent, and how surprising that is.
import { twoSidedProbability } from '../comparison/binomial.ts';
import { dispersionOf } from '../comparison/index.ts';
import { minuteCounts, minutesOf, type ClusterTally } from './cluster-tallies.ts';
import type { EvidenceCase } from './evidence-case.ts';

/** Clusters with so many events before say how much the traffic as a whole grew. */
const leastTrafficCount = 20;
/** Growth of traffic beyond this is no growth of traffic any more. */
const mostGrowth = 5;
/** What one cluster's change says at most: no counts are trusted beyond a billionth of a billionth. */
const mostSurprise = 18;
/** Error levels: what people are woken for. */
const errorLevels: ReadonlySet<string> = new Set(['error', 'fatal']);

/** A cluster whose frequency changed. */
export interface RateChange {
  readonly tally: ClusterTally;
  readonly kind: 'new' | 'gone' | 'up' | 'down';
  /** -log10 of the probability when nothing changed, for all clusters that were compared. */
  readonly surprise: number;
  /** Rate in the incident by the rate before; infinite for new ones. */
  readonly ratio: number;
  readonly isError: boolean;
}

/** What became of the clusters. */
export interface RateChanges {
  /** Most surprising first, those without surprise included. */
  readonly changes: readonly RateChange[];
  /** How much more traffic there was in the incident than before. */
  readonly trafficGrowth: number;
}

/** Compares the counts of both windows per time that was read, beyond what traffic as a whole did. */
export function findRateChanges(evidence: EvidenceCase, tallies: readonly ClusterTally[]): RateChanges {
  const { baseline, incident } = evidence;
  const timeRatio = incident.readMs / Math.max(1, baseline.readMs);
  const trafficGrowth = findTrafficGrowth(tallies, timeRatio);
  const expectedRatio = Math.max(1e-6, timeRatio * trafficGrowth);
  const share = expectedRatio / (1 + expectedRatio);
  // As many tests as clusters: one of a thousand is surprising by chance alone (Bonferroni).
  const penalty = Math.log10(Math.max(1, tallies.length));
  const minutes = minutesOf(baseline);
  const changes = tallies.map((tally): RateChange => {
    const now = tally.incident.count;
    const old = tally.baseline.count;
    const ratio = old === 0 ? Number.POSITIVE_INFINITY : now / old / expectedRatio;
    const isError = errorLevels.has(tally.example.level);
    const surprise = Math.max(0, Math.min(mostSurprise, surpriseOf(tally, share, minutes) - penalty));
    const kind = old === 0 ? 'new' : now === 0 ? 'gone' : ratio > 1 ? 'up' : 'down';
    return { tally, kind, surprise, ratio, isError };
  });
  return { changes: changes.toSorted((a, b) => b.surprise - a.surprise || compare(a, b)), trafficGrowth };
}

/** Middle of the growth of frequent clusters: one service's trouble does not move it. */
function findTrafficGrowth(tallies: readonly ClusterTally[], timeRatio: number): number {
  const growths = tallies
    .filter(({ baseline }) => baseline.count >= leastTrafficCount)
    .map(({ baseline, incident }) => incident.count / baseline.count / Math.max(1e-9, timeRatio))
    .toSorted((a, b) => a - b);
  const middle = growths[Math.floor(growths.length / 2)] ?? 1;
  return Math.min(mostGrowth, Math.max(1 / mostGrowth, middle));
}

function surpriseOf(tally: ClusterTally, share: number, minutes: readonly number[]): number {
  const old = tally.baseline.count;
  if (old === 0) {
    // Each episode might as well have been in the baseline.
    return tally.incident.episodeCount * -Math.log10(share);
  }
  const dispersion = Math.max(
    dispersionOf(minuteCounts(tally.baseline, minutes)),
    // Errors of an incident come in bursts themselves: where there were few before, episodes are what is counted.
    tally.incident.count > 0 ? tally.incident.count / Math.max(1, tally.incident.episodeCount) / burstPatience : 1
  );
  const now = tally.incident.count / dispersion;
  const all = now + old / dispersion;
  return -Math.log10(Math.max(Number.MIN_VALUE, twoSidedProbability(now, all, share)));
}

/** Events of one episode that are no burst: several requests a second go wrong at once. */
const burstPatience = 10;

function compare(a: RateChange, b: RateChange): number {
  return a.tally.key < b.tally.key ? -1 : a.tally.key > b.tally.key ? 1 : 0;
}

/** An error that was there before and is not more frequent now than chance explains. */
export function isOldNoise({ isError, tally, kind, surprise, ratio }: RateChange): boolean {
  return (
    isError && tally.baseline.count > 0 && tally.incident.count > 0 && (kind === 'down' || surprise < 2 || ratio < 1.2)
  );
}
