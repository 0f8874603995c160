import { labelOf, type Labels, type LogEntry } from '@loghunter/engine/records';
import type {
  CountByLabelsRequest,
  CountEntriesRequest,
  DiscoveryRequest,
  EntryPage,
  LogStore,
  PushStream,
  ReadEntriesRequest,
  StreamCount,
  StreamStats,
} from '@loghunter/ports';

import { createRequestHandler } from './http/answer-request.ts';
import { embeddedFailure } from './embedded-failure.ts';
import { lockFolder } from './segments/folder-lock.ts';
import { openTail } from './http/open-tail.ts';
import type { StartTail } from './http/open-tail.ts';
import { readLogQueryText, readSelector } from './http/read-query.ts';
import { createMemoryLog, openDiskLog } from './segments/segment-log.ts';
import type { OpenedLog } from './segments/segment-log.ts';
import { findSelected, selectEntries, sortByTime } from './pipeline/select-entries.ts';
import type { SelectedEntry } from './pipeline/select-entries.ts';
import { withServiceName } from './push/service-name.ts';
import { createStreamIndex } from './streams/stream-index.ts';
import type { StreamIndex } from './streams/stream-index.ts';

/** Where the embedded store keeps its lines. */
export interface EmbeddedLogStoreSettings {
  /** Folder of the segment files; left out, lines live as long as the process. One process at a time may have it open. */
  readonly directory?: string;
  /** The oldest lines go when the segments together are larger. All lines are also held in memory. */
  readonly maxSizeBytes: number;
  /** Entries of one page of `readEntries`; 5000 when left out. */
  readonly pageSize?: number;
  /** Milliseconds since 1970, for requests that leave the time range out; the machine's clock when left out. */
  readonly now?: () => number;
}

/** A log store inside this process, which also answers Loki's HTTP API. */
export interface EmbeddedLogStore extends LogStore {
  /** Answers a request to a path that ends in Loki's own, such as `/loki/api/v1/query_range`. Never rejects. */
  handle(request: Request): Promise<Response>;
  /**
   * Reads the parameters of Loki's `tail`, which answers over a WebSocket; what it returns starts to send. Throws `PortError` `rejected` or
   * `not-supported`.
   */
  tail(parameters: URLSearchParams): StartTail;
  /** What opening the folder found; all 0 for a new or cleanly closed one. */
  readonly recovery: { readonly tornBytes: number; readonly damagedBytes: number };
  /** Waits for running pushes and gives the folder back. */
  close(): Promise<void>;
}

/**
 * Opens the embedded store and loads what its folder holds. Throws `PortError` `conflict` when the folder is open elsewhere,
 * `unavailable` when it cannot be written.
 */
export async function createEmbeddedLogStore(settings: EmbeddedLogStoreSettings): Promise<EmbeddedLogStore> {
  const index = createStreamIndex();
  const { log, tornBytes, damagedBytes, unlock } = await openLog(settings, index);
  let lastPush: Promise<unknown> = Promise.resolve();
  const tails = new Set<(streams: readonly PushStream[]) => void>();

  async function store(streams: readonly PushStream[]): Promise<void> {
    const named = streams
      .filter(({ entries }) => entries.length > 0)
      .map(({ labels, entries }) => ({ labels: withServiceName(labels), entries }));
    const { segmentId, droppedIds } = await log.append(named);
    named.forEach((stream) => index.add(stream, segmentId));
    droppedIds.forEach((droppedId) => index.dropSegment(droppedId));
    tails.forEach((listener) => listener(named));
  }

  function push(streams: readonly PushStream[]): Promise<void> {
    // One at a time: a push that fails must not keep the next ones from being stored.
    const stored = lastPush.then(() => store(streams));
    lastPush = stored.catch(() => undefined);
    return stored;
  }

  function subscribe(listener: (streams: readonly PushStream[]) => void): () => void {
    tails.add(listener);
    return () => void tails.delete(listener);
  }

  const now = settings.now ?? Date.now;
  return {
    ...createReads(index, settings.pageSize ?? 5000),
    push,
    ping: () => Promise.resolve(),
    handle: createRequestHandler({ index, push, now }),
    tail: (parameters) => openTail({ index, subscribe, now }, parameters),
    recovery: { tornBytes, damagedBytes },
    async close() {
      await lastPush;
      await log.close();
      await unlock?.();
    },
  };
}

async function openLog(
  { directory, maxSizeBytes }: EmbeddedLogStoreSettings,
  index: StreamIndex
): Promise<OpenedLog & { readonly unlock: (() => Promise<void>) | null }> {
  if (directory === undefined) {
    return { log: createMemoryLog(maxSizeBytes), tornBytes: 0, damagedBytes: 0, unlock: null };
  }
  const unlock = await lockFolder(directory);
  try {
    const opened = await openDiskLog(directory, maxSizeBytes, (streams, segmentId) => {
      streams.forEach((stream) => index.add(stream, segmentId));
    });
    return { ...opened, unlock };
  } catch (error) {
    await unlock();
    const reason = error instanceof Error ? error.message : String(error);
    throw embeddedFailure('unavailable', `the log store's folder ${directory} cannot be read: ${reason}`, error);
  }
}

function createReads(index: StreamIndex, pageSize: number): Omit<LogStore, 'push' | 'ping'> {
  return {
    readEntries: (request) => readPages(index, request, pageSize),
    async findEntries(request) {
      const direction = request.direction === 'newest-first' ? 'backward' : 'forward';
      return findSelected(index, readLogQueryText(request.query), request, { direction, limit: request.limit }).map(
        asLogEntry
      );
    },
    countEntries: async (request) => countSteps(index, request),
    countByLabels: async (request) => countGroups(index, request),
    listLabelNames: async (request) => [...new Set(labelSets(index, request).flatMap(Object.keys))].sort(),
    listLabelValues: async (name, request) =>
      [...new Set(labelSets(index, request).flatMap((labels) => labelOf(labels, name) ?? []))].sort(),
    listStreams: async (request) => labelSets(index, request),
    readStats: async (request) => measureStreams(index, request),
  };
}

async function* readPages(
  index: StreamIndex,
  request: ReadEntriesRequest,
  pageSize: number
): AsyncGenerator<EntryPage> {
  const entries = sortByTime([...selectEntries(index, readLogQueryText(request.query), request)], 'forward');
  for (let start = 0; start + pageSize < entries.length; start += pageSize) {
    request.signal.throwIfAborted();
    const completeBeforeNs = entries[start + pageSize]?.timestampNs ?? request.toNs;
    yield {
      entries: entries.slice(start, start + pageSize).map(asLogEntry),
      completeBeforeNs,
      unreadableEntryCount: 0,
    };
  }
  const rest = entries.length === 0 ? 0 : Math.floor((entries.length - 1) / pageSize) * pageSize;
  yield { entries: entries.slice(rest).map(asLogEntry), completeBeforeNs: request.toNs, unreadableEntryCount: 0 };
}

function asLogEntry({ labels, timestampNs, line, metadata }: SelectedEntry): LogEntry {
  return { labels, timestampNs, line, metadata };
}

function countSteps(index: StreamIndex, request: CountEntriesRequest): readonly StreamCount[] {
  const counts: StreamCount[] = [];
  const stepNs = BigInt(request.stepMs) * 1_000_000n;
  for (const stream of index.select(readSelector(request.selector))) {
    const byStep = new Map<bigint, number>();
    for (const { timestampNs } of stream.between(request.fromNs, request.toNs)) {
      const startNs = timestampNs - (timestampNs % stepNs);
      byStep.set(startNs, (byStep.get(startNs) ?? 0) + 1);
    }
    for (const [startNs, lineCount] of byStep) {
      counts.push({ labels: stream.labels, startMs: Number(startNs / 1_000_000n), lineCount });
    }
  }
  return counts;
}

function countGroups(index: StreamIndex, request: CountByLabelsRequest): readonly StreamCount[] {
  const counts = new Map<string, { labels: Labels; startMs: number; lineCount: number }>();
  const stepNs = BigInt(request.stepMs) * 1_000_000n;
  for (const stream of index.select(readSelector(request.selector))) {
    for (const { timestampNs, metadata } of stream.between(request.fromNs, request.toNs)) {
      const all: Labels = { ...metadata, ...stream.labels };
      const labels = Object.fromEntries(request.labelNames.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
      const startMs = Number(timestampNs / stepNs) * request.stepMs;
      const key = JSON.stringify([labels, startMs]);
      const count = counts.get(key) ?? { labels, startMs, lineCount: 0 };
      count.lineCount += 1;
      counts.set(key, count);
    }
  }
  return [...counts.values()];
}

/** Label sets of the streams that have an entry in the range. */
function labelSets(index: StreamIndex, request: DiscoveryRequest): readonly Labels[] {
  return index
    .select(readSelector(request.selector))
    .filter((stream) => stream.between(request.fromNs, request.toNs).length > 0)
    .map(({ labels }) => labels);
}

function measureStreams(index: StreamIndex, request: DiscoveryRequest): StreamStats {
  let [streamCount, entryCount, sizeBytes] = [0, 0, 0];
  for (const stream of index.select(readSelector(request.selector))) {
    const entries = stream.between(request.fromNs, request.toNs);
    streamCount += entries.length === 0 ? 0 : 1;
    entryCount += entries.length;
    sizeBytes += entries.reduce((total, { line }) => total + Buffer.byteLength(line), 0);
  }
  return { streamCount, entryCount, sizeBytes };
}
