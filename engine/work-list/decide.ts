import type { IgnoredUntil, Work } from './work.ts';

/** What a person decides about a cluster. */
export type WorkDecision =
  | { readonly kind: 'resolve'; readonly release: string | null }
  | { readonly kind: 'ignore'; readonly until: WantedIgnoring | null }
  | { readonly kind: 'reopen' };

/** An ignoring as a person asks for it. */
export type WantedIgnoring =
  | { readonly kind: 'time'; readonly atMs: number }
  | { readonly kind: 'count'; readonly eventCount: number }
  | { readonly kind: 'rate'; readonly factor: number };

/** What is known at the moment of a decision. */
export interface DecisionFacts {
  readonly nowMs: number;
  /** Everything before this has been read; null when nothing has been. */
  readonly readUpToMs: number | null;
  /** How late lines arrive in the normal course. */
  readonly latenessMs: number;
  /** Events ever counted of the cluster. */
  readonly eventCount: number;
  readonly usualPerHour: number | null;
  /** Releases that the cluster's service is known to have had. */
  readonly releases: readonly string[];
}

/** A cluster that nobody decided about is usual at one event an hour at least, so that ten times nothing is not reached at once. */
const leastUsualPerHour = 1;

/**
 * The work after a decision; the same object when it is so already. A resolved cluster is opened again by lines that were written after
 * the decision and after what the lateness allowance lets arrive late, so that lines which were under way do not open it.
 */
export function decide(work: Work, decision: WorkDecision, facts: DecisionFacts): Work {
  switch (decision.kind) {
    case 'reopen':
      return work.state === 'ongoing' ? work : { state: 'ongoing', sinceMs: facts.nowMs };
    case 'ignore':
      return ignore(work, decision.until, facts);
    case 'resolve':
      return resolve(work, decision.release, facts);
  }
}

function ignore(work: Work, wanted: WantedIgnoring | null, facts: DecisionFacts): Work {
  if (work.state === 'ignored' && work.until === null && wanted === null) {
    return work;
  }
  return { state: 'ignored', sinceMs: facts.nowMs, until: wanted === null ? null : startIgnoring(wanted, facts) };
}

function startIgnoring(wanted: WantedIgnoring, facts: DecisionFacts): IgnoredUntil {
  switch (wanted.kind) {
    case 'time':
      return wanted;
    case 'count':
      return { ...wanted, startCount: facts.eventCount };
    case 'rate':
      return { ...wanted, perHour: Math.max(leastUsualPerHour, facts.usualPerHour ?? 0) };
  }
}

function resolve(work: Work, release: string | null, facts: DecisionFacts): Work {
  const known = work.state === 'resolved' ? (work.release?.name ?? null) : undefined;
  if (known === release) {
    return work;
  }
  return {
    state: 'resolved',
    sinceMs: facts.nowMs,
    reopensAfterMs: reopensAfter(facts),
    release:
      release === null
        ? null
        : { name: release, knownReleases: facts.releases.filter((name) => name !== release && name !== '') },
  };
}

/** Lines that were written later than this open a cluster that is resolved now. */
export function reopensAfter({
  nowMs,
  readUpToMs,
  latenessMs,
}: Pick<DecisionFacts, 'nowMs' | 'readUpToMs' | 'latenessMs'>): number {
  return Math.max(nowMs, (readUpToMs ?? 0) + latenessMs);
}
