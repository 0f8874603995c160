// Several log stores as one, for people's questions: what a question asks of one, it asks of all.
import type { Labels, LogEntry } from '@loghunter/engine/records';
import { mergePages, type FindEntriesRequest, type LogStore, type StreamCount, type TailBatch } from '@loghunter/ports';
import { streamKeyOf } from '../events/stream-key.ts';

/**
 * One log store over all of them, one at least. Equal streams of two stores are one stream. What is written goes to the first store, and facts are the first one's.
 * One that is away fails the question: an answer without its lines would look whole.
 */
export function joinLogStores(stores: readonly LogStore[]): LogStore {
  const [first, ...others] = stores;
  if (first === undefined) {
    throw new TypeError('There is no log store to join');
  }
  if (others.length === 0) {
    return first;
  }
  const volumes = stores.flatMap((store) => store.readVolume?.bind(store) ?? []);
  const patterns = stores.flatMap((store) => store.listPatterns?.bind(store) ?? []);
  const tails = stores.flatMap((store) => store.tailEntries?.bind(store) ?? []);
  return {
    readEntries: (request) =>
      mergePages(
        stores.map((store) => store.readEntries(request)),
        request
      ),
    async findEntries(request) {
      const found = await Promise.all(stores.map((store) => store.findEntries(request)));
      return found.flat().sort(inOrderOf(request)).slice(0, request.limit);
    },
    countEntries: async (request) =>
      addUp((await Promise.all(stores.map((store) => store.countEntries(request)))).flat()),
    countByLabels: async (request) =>
      addUp((await Promise.all(stores.map((store) => store.countByLabels(request)))).flat()),
    listLabelNames: async (request) => union(await Promise.all(stores.map((store) => store.listLabelNames(request)))),
    listLabelValues: async (name, request) =>
      union(await Promise.all(stores.map((store) => store.listLabelValues(name, request)))),
    async listStreams(request) {
      const streams = (await Promise.all(stores.map((store) => store.listStreams(request)))).flat();
      return [...new Map(streams.map((labels): [string, Labels] => [streamKeyOf(labels), labels])).values()];
    },
    async readStats(request) {
      const stats = await Promise.all(stores.map((store) => store.readStats(request)));
      return stats.reduce((sum, { streamCount, entryCount, sizeBytes }) => ({
        streamCount: sum.streamCount + streamCount,
        entryCount: sum.entryCount + entryCount,
        sizeBytes: sum.sizeBytes + sizeBytes,
      }));
    },
    ...(volumes.length < stores.length
      ? {}
      : {
          readVolume: async (request) =>
            (await Promise.all(volumes.map((readVolume) => readVolume(request)))).reduce(
              (sum, bytes) => sum + bytes,
              0
            ),
        }),
    ...(patterns.length < stores.length
      ? {}
      : {
          listPatterns: async (request) =>
            (await Promise.all(patterns.map((listPatterns) => listPatterns(request)))).flat(),
        }),
    ...(first.readFacts === undefined ? {} : { readFacts: first.readFacts.bind(first) }),
    ...(tails.length < stores.length ? {} : { tailEntries: (request) => joinTails(tails, request) }),
    push: (streams, signal) => first.push(streams, signal),
    async ping(signal) {
      await Promise.all(stores.map((store) => store.ping(signal)));
    },
  };
}

function inOrderOf({ direction }: FindEntriesRequest): (a: LogEntry, b: LogEntry) => number {
  const sign = direction === 'oldest-first' ? 1 : -1;
  return (a, b) => (a.timestampNs < b.timestampNs ? -sign : a.timestampNs > b.timestampNs ? sign : 0);
}

function addUp(counts: readonly StreamCount[]): readonly StreamCount[] {
  const sums = new Map<string, StreamCount>();
  for (const count of counts) {
    const key = `${count.startMs} ${streamKeyOf(count.labels)}`;
    sums.set(key, { ...count, lineCount: count.lineCount + (sums.get(key)?.lineCount ?? 0) });
  }
  return [...sums.values()];
}

type Tail = NonNullable<LogStore['tailEntries']>;

/** Batches of all tails as they come; when one ends, so do the others: whoever follows begins anew and reads what was missed. */
async function* joinTails(tails: readonly Tail[], request: Parameters<Tail>[0]): AsyncGenerator<TailBatch> {
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, stop.signal]);
  const iterators = tails.map((tail) => tail({ ...request, signal })[Symbol.asyncIterator]());
  const next = async (place: number) => ({ place, result: await iterators[place]?.next() });
  const pending = new Map(iterators.map((_, place) => [place, next(place)]));
  try {
    for (;;) {
      const { place, result } = await Promise.race(pending.values());
      if (result === undefined || result.done === true) {
        return;
      }
      pending.set(place, next(place));
      yield result.value;
    }
  } finally {
    stop.abort();
    await Promise.allSettled(pending.values());
  }
}

function union(lists: ReadonlyArray<readonly string[]>): readonly string[] {
  return [...new Set(lists.flat())].toSorted();
}
