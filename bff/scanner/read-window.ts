import { createEventJoiner, maxEventDurationMs, type EventJoiner } from '@loghunter/engine/multiline';
import type { LogEntry } from '@loghunter/engine/records';
import { streamKeyOf } from '../events/stream-key.ts';
import { minuteMs, toNanoseconds } from './minutes.ts';
import { countWindow, sampleWindow } from './read-part.ts';
import type { ScanContext } from './scan-context.ts';
import { createTally, type Tally } from './tally.ts';
import type { WindowRead } from './window-read.ts';

/**
 * Reads the lines of a window and counts them; of a watch that is not read whole, what it chose. It reads `maxEventDurationMs` more on both sides: before, so that lines that
 * go on from an earlier event are known for what they are; after, so that the window's last events are whole.
 */
export async function readWindow(context: ScanContext, read: WindowRead): Promise<Tally> {
  const tally = createTally(context.identifier, read.window);
  if (read.oneIn !== 1) {
    await (read.oneIn === 0 ? countWindow : sampleWindow)(context, read, tally);
    return tally;
  }
  for (const selector of read.selectors.filter((each) => read.lineCounts?.get(each) !== 0)) {
    const unreadableCount = await readSelector(context, read, selector, tally);
    if (unreadableCount > 0) {
      await attributeUnread(context, read, selector, tally);
    }
  }
  return tally;
}

async function readSelector(context: ScanContext, read: WindowRead, selector: string, tally: Tally): Promise<number> {
  const streams = new Map<string, OpenStream>();
  let unreadableCount = 0;
  const request = {
    query: selector,
    ...toNanoseconds(read.window, maxEventDurationMs),
    // Events are of one stream each, and counts know no order.
    expectedByStream: read.lineCounts?.get(selector),
    isSettled: read.isSettled,
    signal: context.signal,
  };
  for await (const page of context.logs.readEntries(request)) {
    for (const entry of page.entries) {
      joinEntry(streams, entry, read.onlyStreams, tally);
    }
    unreadableCount += page.unreadableEntryCount;
    context.observer.observePage(page.entries.length);
    await context.checkpoint();
  }
  for (const { joiner } of streams.values()) {
    for (let event = joiner.flush(); event !== undefined; event = joiner.flush()) {
      tally.add(event);
    }
  }
  return unreadableCount;
}

/** A stream that is being read, with what was read of its latest nanosecond. */
interface OpenStream {
  readonly joiner: EventJoiner;
  /** The first entry of the latest nanosecond. */
  latest: LogEntry | undefined;
  /** Contents of the entries of the latest nanosecond; absent while there is one, as for most lines. */
  atLatest: Set<string> | undefined;
}

// Loki keeps equal lines of one nanosecond once, but not those that it dealt to different parts of a busy stream (`shard_streams`).
function isRepeated(stream: OpenStream, entry: LogEntry): boolean {
  const { latest } = stream;
  if (latest?.timestampNs !== entry.timestampNs) {
    stream.latest = entry;
    stream.atLatest = undefined;
    return false;
  }
  stream.atLatest ??= new Set([contentOf(latest)]);
  const sizeBefore = stream.atLatest.size;
  stream.atLatest.add(contentOf(entry));
  return stream.atLatest.size === sizeBefore;
}

function contentOf({ metadata, line }: LogEntry): string {
  return `${streamKeyOf(metadata)} ${line}`;
}

function joinEntry(
  streams: Map<string, OpenStream>,
  entry: LogEntry,
  onlyStreams: ReadonlySet<string> | undefined,
  tally: Tally
): void {
  const key = streamKeyOf(entry.labels);
  if (onlyStreams !== undefined && !onlyStreams.has(key)) {
    return;
  }
  let stream = streams.get(key);
  if (stream === undefined) {
    stream = { joiner: createEventJoiner(), latest: undefined, atLatest: undefined };
    streams.set(key, stream);
  }
  if (isRepeated(stream, entry)) {
    return;
  }
  const event = stream.joiner.add(entry);
  if (event !== undefined) {
    tally.add(event);
  }
}

// A page says how many lines it could not reach, not whose they are: the counts tell.
async function attributeUnread(context: ScanContext, read: WindowRead, selector: string, tally: Tally): Promise<void> {
  const counts = await context.logs.countEntries({
    selector,
    stepMs: minuteMs,
    ...toNanoseconds(read.window),
    signal: context.signal,
  });
  for (const { labels, startMs, lineCount } of counts) {
    const missing = lineCount - tally.lineCountOf(labels, startMs);
    if (missing > 0 && (read.onlyStreams === undefined || read.onlyStreams.has(streamKeyOf(labels)))) {
      tally.addUnread(labels, startMs, missing);
    }
  }
}
