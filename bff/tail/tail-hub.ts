import { leaveAtEnd } from '../http/leave-at-end.ts';
import { ProblemError } from '../http/problem-error.ts';
import { SharedTail, type SharedTailParts, type TailPiece } from './shared-tail.ts';

/** Tails of all tenants; those of one tenant that ask the same share one. */
export interface TailHub {
  /**
   * Lines of a query from now on, until the signal is aborted. Throws `ProblemError` `rate-limited` when the tenant has as many tails, or as many
   * people watching, as it may.
   */
  follow(tenantId: string, parts: SharedTailParts, signal: AbortSignal): AsyncIterableIterator<TailPiece>;
  /** Ends everybody's. */
  stop(): void;
}

/** Loki allows a tenant ten tails (`max_concurrent_tail_requests`); people have others open beside these. */
const maxTails = 6;
const maxWatchers = 60;

interface OpenTail {
  readonly tail: SharedTail;
  watcherCount: number;
}

/** A hub without tails. */
export function createTailHub(): TailHub {
  const tenants = new Map<string, Map<string, OpenTail>>();

  function open(tenantId: string, parts: SharedTailParts): OpenTail {
    const tails = tenants.get(tenantId) ?? new Map<string, OpenTail>();
    tenants.set(tenantId, tails);
    const watcherCount = [...tails.values()].reduce((sum, tail) => sum + tail.watcherCount, 0);
    if (watcherCount >= maxWatchers) {
      throw new ProblemError('rate-limited', `${maxWatchers} live views of your tenant are open already: close one.`);
    }
    const known = tails.get(parts.query);
    if (known !== undefined) {
      return known;
    }
    if (tails.size >= maxTails) {
      throw new ProblemError(
        'rate-limited',
        `${maxTails} different queries of your tenant are followed live already: follow one of them, or close one.`
      );
    }
    const created = { tail: new SharedTail(parts), watcherCount: 0 };
    tails.set(parts.query, created);
    return created;
  }

  function leave(tenantId: string, query: string, opened: OpenTail): void {
    opened.watcherCount -= 1;
    if (opened.watcherCount === 0) {
      opened.tail.stop();
      tenants.get(tenantId)?.delete(query);
    }
  }

  return {
    follow(tenantId, parts, signal) {
      // Before the first line, so that a refusal is an answer and not the end of one.
      const opened = open(tenantId, parts);
      opened.watcherCount += 1;
      return leaveAtEnd(opened.tail.follow(signal), signal, () => leave(tenantId, parts.query, opened));
    },
    stop() {
      for (const { tail } of [...tenants.values()].flatMap((tails) => [...tails.values()])) {
        tail.stop();
      }
      tenants.clear();
    },
  };
}
