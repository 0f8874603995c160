import { reopensAfter } from './decide.ts';
import type { IgnoredWork, OpenWork, ResolvedWork, Work, WorkFigures, WorkReason } from './work.ts';

const dayMs = 86_400_000;

/** A cluster is new, or regressed, for a week at most, as in Sentry: then people have seen it. */
export const freshMs = 7 * dayMs;
/** Ten times what is usual is escalating; the same factor that ignoring offers. */
const escalationFactor = 10;
/** Below this many times what is usual it is over: well apart from the factor above, so that the state does not flap. */
const calmFactor = 3;
/** Fewer events an hour than this are not worth a call at night, however rare they were. */
const leastEscalatingPerHour = 20;

/** What holds for the tenant at the moment of an observation. */
export interface ObservationFacts {
  readonly nowMs: number;
  readonly readUpToMs: number | null;
  readonly latenessMs: number;
  /** Clusters that were first seen before this are nothing new: reading only began. */
  readonly newAfterMs: number;
  /** Quiet clusters are resolved after this long; null: never. */
  readonly quietMs: number | null;
}

/** The work after an observation, and why it changed. */
export interface Observed {
  readonly work: Work;
  readonly reason: WorkReason;
}

/**
 * What a cluster's figures make of its work; null when nothing. Depends on the figures alone, never on the order or number of observations before:
 * whatever came late or twice, a line after `reopensAfterMs` opens a resolved cluster.
 * @param work null: the cluster is seen for the first time
 */
export function observe(work: Work | null, figures: WorkFigures, facts: ObservationFacts): Observed | null {
  if (work === null) {
    return observeFirst(figures, facts);
  }
  switch (work.state) {
    case 'resolved':
      return observeResolved(work, figures, facts);
    case 'ignored':
      return observeIgnored(work, figures, facts);
    default:
      return observeOpen(work, figures, facts);
  }
}

function observeFirst(figures: WorkFigures, facts: ObservationFacts): Observed {
  const isNew = figures.firstSeenMs >= facts.newAfterMs && figures.firstSeenMs > facts.nowMs - freshMs;
  return { work: { state: isNew ? 'new' : 'ongoing', sinceMs: facts.nowMs }, reason: 'first-line' };
}

function observeResolved(work: ResolvedWork, figures: WorkFigures, { nowMs }: ObservationFacts): Observed | null {
  const { release } = work;
  const hasComeBack =
    figures.lastSeenMs > work.reopensAfterMs &&
    (release === null || figures.releasesSince.some((name) => !release.knownReleases.includes(name)));
  return hasComeBack ? { work: { state: 'regressed', sinceMs: nowMs }, reason: 'new-lines' } : null;
}

function observeIgnored(work: IgnoredWork, figures: WorkFigures, { nowMs }: ObservationFacts): Observed | null {
  const { until } = work;
  switch (until?.kind) {
    case undefined:
      return null;
    case 'time':
      return nowMs >= until.atMs ? { work: { state: 'ongoing', sinceMs: nowMs }, reason: 'time-passed' } : null;
    case 'count':
      return Math.min(figures.eventCount - until.startCount, figures.eventCountSince ?? Infinity) >= until.eventCount
        ? { work: { state: 'escalating', sinceMs: nowMs }, reason: 'count-reached' }
        : null;
    case 'rate':
      return figures.perHour !== null && figures.perHour >= until.factor * until.perHour
        ? { work: { state: 'escalating', sinceMs: nowMs }, reason: 'rate-reached' }
        : null;
  }
}

function observeOpen(work: OpenWork, figures: WorkFigures, facts: ObservationFacts): Observed | null {
  const { nowMs, quietMs } = facts;
  if (quietMs !== null && Math.max(figures.lastSeenMs, work.sinceMs) <= nowMs - quietMs) {
    const resolved = { state: 'resolved', sinceMs: nowMs, reopensAfterMs: reopensAfter(facts), release: null } as const;
    return { work: resolved, reason: 'quiet' };
  }
  if (work.state !== 'escalating') {
    if (isEscalating(figures)) {
      return { work: { state: 'escalating', sinceMs: nowMs }, reason: 'rate-reached' };
    }
    return work.state !== 'ongoing' && nowMs - work.sinceMs >= freshMs
      ? { work: { state: 'ongoing', sinceMs: nowMs }, reason: 'time-passed' }
      : null;
  }
  return isCalm(figures) && nowMs - work.sinceMs >= shortestEscalationMs
    ? { work: { state: 'ongoing', sinceMs: nowMs }, reason: 'rate-fell' }
    : null;
}

/** People who come an hour later still see that it escalated; rates are by the hour. */
const shortestEscalationMs = 3_600_000;

/** Whether a rate is far above what is usual for the cluster. */
function isEscalating({ perHour, usualPerHour }: WorkFigures): boolean {
  return (
    perHour !== null &&
    usualPerHour !== null &&
    perHour >= leastEscalatingPerHour &&
    perHour >= escalationFactor * usualPerHour
  );
}

function isCalm({ perHour, usualPerHour }: WorkFigures): boolean {
  return perHour !== null && (perHour < leastEscalatingPerHour / 2 || perHour < calmFactor * (usualPerHour ?? 0));
}
