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
  /** First minute of the window that deviates. */
  readonly startMinute: number;
  /** The minute that opened it. */
  readonly openedMinute: number;
  /** The minute that was judged. */
  readonly atMinute: number;
  /** Minute after its last; null: it goes on. */
  readonly endMinute: number | null;
  /** Late lines took it back. */
  readonly isWithdrawn: boolean;
  /** What a sentence about it may say beside: streams that a new cluster was in, the version of a deploy. */
  readonly streamCount: number | null;
  readonly version: string | null;
}
