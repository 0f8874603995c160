import type { Clock, LiveBus, LiveRow, LiveStore, LiveTopic, UnitOfWork } from '@loghunter/ports';
import { leaveAtEnd } from '../http/leave-at-end.ts';
import { createLivePlaces } from './live-places.ts';

/** After a position, with what happened since a time, or null: with what comes. */
export type LiveStart = number | { readonly sinceMs: number } | null;

/** A tenant's changes, told and heard. */
export interface LiveFeed {
  /** Tells of a change in the transaction of the change itself; whoever listens hears of it once that has committed. */
  announce(tenantId: string, topic: LiveTopic, ids: readonly string[]): Promise<void>;
  /**
   * Events from a start on, until the signal is aborted or the feed stops. `gap` stands for events that are not kept any more, or that are too
   * many for one who is slow. Throws `ProblemError` `rate-limited` when the tenant follows as often as it may.
   */
  follow(tenantId: string, start: LiveStart, signal: AbortSignal): AsyncIterableIterator<LiveRow | LiveGap>;
  /** Ends everybody's following. */
  stop(): void;
}

/** Events were lost before this position. */
export interface LiveGap {
  readonly topic: 'gap';
  readonly position: number;
}

/** What the feed needs. */
export interface LiveFeedParts {
  readonly store: LiveStore;
  readonly bus: LiveBus;
  readonly unitOfWork: Pick<UnitOfWork, 'afterCommit'>;
  readonly clock: Clock;
  readonly observeFailure: (error: unknown) => void;
}

/** Replicas without a bus between them see each other's changes after this at the latest; five seconds are promised. */
const pollMs = 2000;
/** Events in one read. */
const pageSize = 200;
/** Who is this far behind reads everything again rather than one event after the other. */
const maxBehind = 1000;

/** A feed over stored events; the bus only says when to look. */
export function createLiveFeed(parts: LiveFeedParts): LiveFeed {
  const { store, bus, unitOfWork, clock, observeFailure } = parts;
  const stopped = new AbortController();
  const doors = createDoors({ store, clock, observeFailure, signal: stopped.signal });
  const places = createLivePlaces();
  const unsubscribe = bus.subscribe(doors.wake);

  async function* read(tenantId: string, start: LiveStart, signal: AbortSignal) {
    const bell = createBell(signal);
    const end = doors.listen(tenantId, bell.ring);
    try {
      const ends = await store.readEnds(tenantId);
      let position = await positionOf(store, tenantId, start, ends.newest);
      if (isLost(position, ends)) {
        position = ends.newest;
        yield { topic: 'gap', position } as const;
      }
      while (!signal.aborted) {
        const rows = await store.readAfter(tenantId, position, pageSize);
        for (const row of rows) {
          position = row.position;
          yield row;
        }
        if (rows.length < pageSize) {
          await bell.wait();
          continue;
        }
        const { newest } = await store.readEnds(tenantId);
        if (newest - position > maxBehind) {
          position = newest;
          yield { topic: 'gap', position } as const;
        }
      }
    } finally {
      end();
    }
  }

  return {
    async announce(tenantId, topic, ids) {
      await store.append(tenantId, { topic, ids, atMs: clock.nowMs() });
      unitOfWork.afterCommit(() => void bus.publish(tenantId));
    },
    follow(tenantId, start, client) {
      // Before the first event, so that a refusal is an answer and not the end of one.
      const leave = places.take(tenantId);
      const signal = AbortSignal.any([client, stopped.signal]);
      return leaveAtEnd(read(tenantId, start, signal), signal, leave);
    },
    stop() {
      stopped.abort();
      unsubscribe();
    },
  };
}

/** Who waits for which tenant's events. */
interface Doors {
  wake(tenantId: string): void;
  /** Has the waker called when there may be events; returns what ends that. */
  listen(tenantId: string, waker: () => void): () => void;
}

// Looks for itself as well, one question a tenant however many pages are open: the bus may lose a message, or reach this process alone.
function createDoors(
  parts: Pick<LiveFeedParts, 'store' | 'clock' | 'observeFailure'> & { signal: AbortSignal }
): Doors {
  const { store, clock, observeFailure, signal } = parts;
  const wakers = new Map<string, Set<() => void>>();
  const known = new Map<string, number>();
  let polling: Promise<void> | undefined;
  const wake = (tenantId: string) => wakers.get(tenantId)?.forEach((waker) => waker());

  async function poll(): Promise<void> {
    for (const tenantId of wakers.keys()) {
      const { newest } = await store.readEnds(tenantId);
      if (newest !== known.get(tenantId)) {
        known.set(tenantId, newest);
        wake(tenantId);
      }
    }
  }

  async function keepPolling(): Promise<void> {
    while (wakers.size > 0 && !signal.aborted) {
      await clock.sleep(pollMs, signal);
      await poll().catch(observeFailure);
    }
    polling = undefined;
  }

  return {
    wake,
    listen(tenantId, waker) {
      const own = wakers.get(tenantId) ?? new Set();
      own.add(waker);
      wakers.set(tenantId, own);
      polling ??= keepPolling();
      return () => {
        own.delete(waker);
        if (own.size === 0) {
          wakers.delete(tenantId);
          known.delete(tenantId);
        }
      };
    },
  };
}

/** The position that a start is after; of a time that is further back than a page of events 0, from which all is read or known to be lost. */
async function positionOf(store: LiveStore, tenantId: string, start: LiveStart, newest: number): Promise<number> {
  if (start === null || typeof start === 'number') {
    return start ?? newest;
  }
  const rows = await store.readAfter(tenantId, newest - pageSize, pageSize);
  const place = rows.findIndex(({ atMs }) => atMs >= start.sinceMs);
  const isFurtherBack = place === 0 && rows.length === pageSize;
  return isFurtherBack ? 0 : (rows[place]?.position ?? newest + 1) - 1;
}

function isLost(position: number, ends: { readonly newest: number; readonly oldestKept: number | null }): boolean {
  const isTooOld = position < ends.newest && (ends.oldestKept === null || position < ends.oldestKept - 1);
  return position > ends.newest || isTooOld || ends.newest - position > maxBehind;
}

/** Rings at most once between two waits, so that none is missed. */
function createBell(signal: AbortSignal): { readonly ring: () => void; readonly wait: () => Promise<void> } {
  let next = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => next.resolve(), { once: true });
  return {
    ring: () => next.resolve(),
    async wait() {
      if (!signal.aborted) {
        await next.promise;
        next = Promise.withResolvers<void>();
        if (signal.aborted) {
          next.resolve();
        }
      }
    },
  };
}
