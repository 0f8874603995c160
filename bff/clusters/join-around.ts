import { matcher, printQuery, selector } from '@loghunter/engine/logql';
import { joinEvents, maxEventDurationMs, type LogEvent } from '@loghunter/engine/multiline';
import type { Labels, LogEntry } from '@loghunter/engine/records';
import type { LogStore } from '@loghunter/ports';
import { streamKeyOf } from '../events/stream-key.ts';

const marginNs = BigInt(maxEventDurationMs) * 1_000_000n;
/** Stretches read for one page at most; each is one query. */
const maxStretches = 40;
/** Lines of one stretch: enough for a busy stream's ten seconds, with the longest trace in it. */
const stretchLines = 2000;

interface Stretch {
  readonly labels: Labels;
  fromNs: bigint;
  toNs: bigint;
}

/** Reads the neighbours of each entry in its own stream and returns the events that hold one of the entries. */
export async function joinAround(
  logs: LogStore,
  entries: readonly LogEntry[],
  signal: AbortSignal
): Promise<{ readonly events: readonly LogEvent[]; readonly extraLineCount: number }> {
  const wanted = new Set(entries.map((entry) => `${streamKeyOf(entry.labels)}\n${entry.timestampNs}`));
  const events: LogEvent[] = [];
  let extraLineCount = 0;
  for (const stretch of mergeStretches(entries).slice(0, maxStretches)) {
    const neighbours = await readStretch(logs, stretch, signal);
    extraLineCount += neighbours.length;
    const key = streamKeyOf(stretch.labels);
    events.push(
      ...joinEvents(neighbours).filter((event) =>
        event.entries.some((entry) => wanted.has(`${key}\n${entry.timestampNs}`))
      )
    );
  }
  return { events, extraLineCount };
}

// Newest first, as the entries are; stretches of one stream that touch become one.
function mergeStretches(entries: readonly LogEntry[]): Stretch[] {
  const newest = new Map<string, Stretch>();
  const stretches: Stretch[] = [];
  for (const entry of entries) {
    const key = streamKeyOf(entry.labels);
    const open = newest.get(key);
    const fromNs = entry.timestampNs - marginNs;
    if (open !== undefined && entry.timestampNs + marginNs >= open.fromNs) {
      open.fromNs = fromNs;
    } else {
      const stretch = { labels: entry.labels, fromNs, toNs: entry.timestampNs + marginNs + 1n };
      newest.set(key, stretch);
      stretches.push(stretch);
    }
  }
  return stretches;
}

async function readStretch(logs: LogStore, stretch: Stretch, signal: AbortSignal): Promise<readonly LogEntry[]> {
  const query = printQuery(
    selector(...Object.entries(stretch.labels).map(([name, value]) => matcher(name, '=', value)))
  );
  const key = streamKeyOf(stretch.labels);
  const entries = await logs.findEntries({
    query,
    fromNs: stretch.fromNs,
    toNs: stretch.toNs,
    direction: 'newest-first',
    limit: stretchLines,
    signal,
  });
  // The selector also matches streams that have further labels.
  return entries.filter((entry) => streamKeyOf(entry.labels) === key).toReversed();
}
