/** Where a cluster stands in the work list. */
export type WorkState = 'new' | 'ongoing' | 'escalating' | 'regressed' | 'ignored' | 'resolved';

/** What ends the ignoring of a cluster. */
export type IgnoredUntil =
  | { readonly kind: 'time'; readonly atMs: number }
  /** `startCount`: events ever counted when it was ignored. */
  | { readonly kind: 'count'; readonly eventCount: number; readonly startCount: number }
  /** `perHour`: events an hour that were usual when it was ignored. */
  | { readonly kind: 'rate'; readonly factor: number; readonly perHour: number };

/** Open: nobody has put it away. */
export interface OpenWork {
  readonly state: 'new' | 'ongoing' | 'escalating' | 'regressed';
  /** When it came into this state, milliseconds since 1970. */
  readonly sinceMs: number;
}

/** Counted all the time, but not shown as work. `until` null: for good. */
export interface IgnoredWork {
  readonly state: 'ignored';
  readonly sinceMs: number;
  readonly until: IgnoredUntil | null;
}

/** Done, until a line comes that was written after `reopensAfterMs`. */
export interface ResolvedWork {
  readonly state: 'resolved';
  readonly sinceMs: number;
  readonly reopensAfterMs: number;
  /** Set when it was resolved in a release: lines of `knownReleases` do not open it. */
  readonly release: { readonly name: string; readonly knownReleases: readonly string[] } | null;
}

/** A cluster's state with what decides how it leaves it. */
export type Work = OpenWork | IgnoredWork | ResolvedWork;

/** Why a cluster came into a state. */
export type WorkReason =
  'person' | 'first-line' | 'new-lines' | 'time-passed' | 'count-reached' | 'rate-reached' | 'rate-fell' | 'quiet';

/** What is counted of a cluster. Figures only ever grow, or stand for a stretch of time that ends now. */
export interface WorkFigures {
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** Events ever counted. */
  readonly eventCount: number;
  /**
   * Events in the minutes since the cluster was ignored, that of the decision with them; null when that was not counted. Read for clusters
   * that are ignored until a count: what became part of one brings older events along.
   */
  readonly eventCountSince: number | null;
  /** Events an hour now; null when that was not counted. */
  readonly perHour: number | null;
  /** Events an hour that are usual; null when too little is known for that. */
  readonly usualPerHour: number | null;
  /** Releases that lines after `reopensAfterMs` carry, '' for lines that name none; read for clusters that were resolved in a release. */
  readonly releasesSince: readonly string[];
}
