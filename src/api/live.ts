// What changes on the server while a page is open: one stream for the whole tab, however many listen.
import { buildPath, routes, type LiveEvent } from '@loghunter/contracts';
import { useEffect } from 'react';
import { useStable } from '../ui/use-stable';
import { pause, readEvents } from './read-events';
import { untilSeen } from './while-seen';

type Listener = (event: LiveEvent) => void;

const listeners = new Set<Listener>();
let stream: AbortController | undefined;

/**
 * Hears of every change until it is taken back. A page that is hidden for long hears of what it missed when it is seen again; a `gap` says that
 * something may have been missed.
 */
export function subscribeToLive(listener: Listener): () => void {
  listeners.add(listener);
  if (stream === undefined) {
    stream = new AbortController();
    void keepListening(stream.signal);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stream?.abort();
      stream = undefined;
    }
  };
}

/** The same for the life of a component. */
export function useLive(listener: Listener): void {
  const latest = useStable(listener);
  useEffect(() => subscribeToLive(latest), [latest]);
}

/** Pauses between attempts: soon after a cut, seldom while the server is away. */
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

async function keepListening(signal: AbortSignal): Promise<void> {
  let position: string | undefined;
  let pauseMs = firstPauseMs;
  let wasOpen = false;
  while (!signal.aborted) {
    const seen = await untilSeen(signal);
    try {
      await readEvents<LiveEvent>(
        buildPath(routes.watchLive.path, { after: position }),
        seen.signal,
        (event) => {
          position = event.position;
          pauseMs = firstPauseMs;
          tell(event);
        },
        () => {
          // Without a position nobody can say what was missed.
          if (wasOpen && position === undefined) {
            tell({ position: '', topic: 'gap', ids: [], at: new Date().toISOString() });
          }
          wasOpen = true;
        }
      );
    } catch {
      // The pages show what is wrong with the server; here it is only tried again.
    }
    seen.end();
    if (!seen.signal.aborted) {
      await pause(pauseMs, signal);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  }
}

function tell(event: LiveEvent): void {
  for (const listener of listeners) {
    listener(event);
  }
}
