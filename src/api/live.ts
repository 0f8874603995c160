// What changes on the server while a page is open: one stream for the whole tab, however many listen.
import { buildPath, routes, type LiveEvent } from '@loghunter/contracts';
import { useEffect } from 'react';
import { useStable } from '../ui/use-stable';
import { pause, readEvents } from './read-events';
import { untilSeen } from './while-seen';

type Listener = (event: LiveEvent) => void;

const listeners = new Set<Listener>();
let stream: AbortController | undefined;

/** A page that takes the place of another one goes on with its stream. */
const keptMs = 5000;

/**
 * Hears of every change until it is taken back, also of what changed before the stream began: what a page asks for when it begins to listen
 * is not older. A page that is hidden for long hears of what it missed when it is seen again; a `gap` says that something may have been missed.
 */
export function subscribeToLive(listener: Listener): () => void {
  listeners.add(listener);
  if (stream === undefined) {
    stream = new AbortController();
    void keepListening(stream.signal);
  }
  return () => {
    listeners.delete(listener);
    setTimeout(endUnheard, keptMs);
  };
}

function endUnheard(): void {
  if (listeners.size === 0) {
    stream?.abort();
    stream = undefined;
  }
}

/** The same for the life of a component. */
export function useLive(listener: Listener): void {
  const latest = useStable(listener);
  useEffect(() => subscribeToLive(latest), [latest]);
}

/** Pauses between attempts: soon after a cut, seldom while the server is away. */
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/** The server looks back no further. */
const longestLookBackS = 3600;
/** A change bears the time at which it began to be written: one that took a while may be of before and unseen. */
const writingS = 1;

async function keepListening(signal: AbortSignal): Promise<void> {
  const beganMs = Date.now();
  let position: string | undefined;
  let pauseMs = firstPauseMs;
  let wasOpen = false;
  while (!signal.aborted) {
    const seen = await untilSeen(signal);
    const lookBackS = Math.ceil((Date.now() - beganMs) / 1000) + writingS;
    const isKnown = position !== undefined || (!wasOpen && lookBackS <= longestLookBackS);
    const start = position === undefined && isKnown ? { within: lookBackS } : { after: position };
    try {
      await readEvents<LiveEvent>(
        buildPath(routes.watchLive.path, start),
        seen.signal,
        (event) => {
          position = event.position;
          pauseMs = firstPauseMs;
          tell(event);
        },
        () => {
          // Nobody can say what was missed.
          if (!isKnown) {
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

/** Events of one topic that come within this time are told as one: a page asks once for what many changed, such as all that it missed. */
const gatheredMs = 200;
const gathered = new Map<LiveEvent['topic'], LiveEvent>();

function tell(event: LiveEvent): void {
  const before = gathered.get(event.topic);
  gathered.set(event.topic, { ...event, ids: [...new Set([...(before?.ids ?? []), ...event.ids])] });
  if (gathered.size === 1 && before === undefined) {
    setTimeout(tellGathered, gatheredMs);
  }
}

function tellGathered(): void {
  const events = [...gathered.values()];
  gathered.clear();
  for (const event of events) {
    listeners.forEach((listener) => listener(event));
  }
}
