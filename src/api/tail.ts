import { buildPath, routes, type TailEvent, type TailLine, type TailLogsRequest } from '@loghunter/contracts';
import { pause, readEvents } from './read-events';
import { untilSeen } from './while-seen';
import { type ServerError, toServerError } from './server-error';

/** What is told while lines are followed. */
export interface TailListener {
  /** New lines, oldest first, each once; with `isGap` some before them were left out. */
  onLines(lines: readonly TailLine[], isGap: boolean): void;
  /** The stream was refused, or broke and is tried again; undefined when it runs. */
  onProblem(error: ServerError | undefined): void;
}

const firstPauseMs = 1000;
const longestPauseMs = 15_000;
/** Ids of shown lines, so that none comes twice after a cut. */
const rememberedIds = 5000;

/** Refusals that may end by themselves: not signed in, too many requests. */
const passingStatuses = new Set([401, 429]);

/** Before the first line there is no position: what came since the stream was opened, by a clock that may be off by so much. */
const clockErrorMs = 60_000;

/**
 * Follows lines until the signal is aborted, over cuts of the connection, and over times in which nobody looks at the page. A request that is
 * refused as wrong is not tried again; one that Grafana refuses is, because people sign in again in another tab.
 */
export async function followLines(
  request: Omit<TailLogsRequest, 'after'>,
  signal: AbortSignal,
  listener: TailListener
): Promise<void> {
  const seenIds = new Set<string>();
  let after: string | undefined;
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    const seen = await untilSeen(signal);
    try {
      const refusal = await readEvents<TailEvent>(
        buildPath(routes.tailLogs.path, { ...request, after }),
        seen.signal,
        ({ position, lines, isGap }) => {
          after = position;
          pauseMs = firstPauseMs;
          listener.onLines(takeNew(seenIds, lines), isGap);
        },
        // A stream of no line has no event.
        () => {
          after ??= `${Date.now() - clockErrorMs}000000`;
          listener.onProblem(undefined);
        }
      );
      if (refusal !== undefined) {
        listener.onProblem(
          toServerError({ status: refusal.status, data: await refusal.json().catch(() => undefined) })
        );
        if (refusal.status < 500 && !passingStatuses.has(refusal.status)) {
          return;
        }
      }
    } catch (error) {
      if (!seen.signal.aborted) {
        listener.onProblem(toServerError(error));
      }
    } finally {
      seen.end();
    }
    if (!seen.signal.aborted) {
      await pause(pauseMs, signal);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  }
}

function takeNew(seen: Set<string>, lines: readonly TailLine[]): readonly TailLine[] {
  const fresh = lines.filter(({ id }) => !seen.has(id));
  fresh.forEach(({ id }) => seen.add(id));
  for (const id of seen) {
    if (seen.size <= rememberedIds) {
      break;
    }
    seen.delete(id);
  }
  return fresh;
}
