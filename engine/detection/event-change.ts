import type { Severity } from './severity.ts';

/** What an event is about: a service as a whole, or one of its clusters. */
export interface SeriesSubject {
  /** Names the series among those of a tenant. */
  readonly key: string;
  readonly service: string;
  readonly namespace: string;
  /** Null: the service as a whole. */
  readonly clusterId: string | null;
}

/** What an event is in words. */
export type EventKind = 'spike' | 'dip' | 'step' | 'silence' | 'errors' | 'new' | 'share';

/** A step in an event's life; minutes are minutes since 1970, UTC. */
export interface EventChange {
  readonly change: 'opened' | 'raised' | 'closed';
  readonly subject: SeriesSubject;
  /** Which detector: with the series and `openedMinute` it names the event. */
  readonly detector: 'counts' | 'newness' | 'share';
  readonly kind: EventKind;
  readonly metric: 'volume' | 'errors' | 'cluster';
  readonly severity: Exclude<Severity, 0>;
  readonly evidence: number;
  readonly observed: number;
  readonly expected: number;
  /** First minute of the window that deviates: `observed` and `expected` are its counts. */
  readonly startMinute: number;
  /** Minute after the last of that window; the event may go on for longer. */
  readonly windowEndMinute: number;
  /** The minute that opened it. */
  readonly openedMinute: number;
  /** The minute that was judged. */
  readonly atMinute: number;
  /** Minute after its last; null: it goes on. */
  readonly endMinute: number | null;
  /** Late lines took it back. */
  readonly isWithdrawn: boolean;
  /** It ended because there was next to no line for a day: nothing more is told before lines are back. */
  readonly isGivenUp: boolean;
  /** What a sentence about it may say beside: streams that a new cluster was in, the version of a deploy. */
  readonly streamCount: number | null;
  readonly version: string | null;
}
