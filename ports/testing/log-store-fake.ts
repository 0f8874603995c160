// A log store in a list, for tests of what uses the port: selectors and line filters, no parsers. Its pages are small on request.
import { compileLineFilter, compileMatcher, guardQuery } from '@loghunter/engine/logql';
import { labelOf, type Labels, type LogEntry } from '@loghunter/engine/records';

import { PortError } from '../errors.ts';
import type { DiscoveryRequest, EntryPage, LogStore, NanosecondRange, PushStream } from '../log-store.ts';

/** A fake log store with the means to disturb it. */
export interface FakeLogStore extends LogStore {
  /** Lets every following call fail with this error; null ends it. */
  failWith(error: PortError | null): void;
  /** Names of the methods called so far, in order. */
  readonly calls: readonly string[];
}

/** Creates an empty fake; `pageSize` entries come per page of `readEntries`. */
export function createFakeLogStore(settings: { readonly pageSize?: number } = {}): FakeLogStore {
  const entriesByIdentity = new Map<string, LogEntry>();
  let entries: readonly LogEntry[] = [];
  const calls: string[] = [];
  let failure: PortError | null = null;

  function enter(method: string): void {
    calls.push(method);
    if (failure !== null) {
      throw failure;
    }
  }

  async function* readEntries(request: Parameters<LogStore['readEntries']>[0]): AsyncGenerator<EntryPage> {
    enter('readEntries');
    yield* paginate(select(entries, request.query, request), request.toNs, settings.pageSize ?? 5000);
  }

  return {
    calls,
    failWith(error) {
      failure = error;
    },
    readEntries,
    async findEntries(request) {
      enter('findEntries');
      const found = select(entries, request.query, request);
      return (request.direction === 'newest-first' ? found.reverse() : found).slice(0, request.limit);
    },
    listPatterns() {
      enter('listPatterns');
      return Promise.resolve([]);
    },
    async countEntries(request) {
      enter('countEntries');
      const stepNs = BigInt(request.stepMs) * 1_000_000n;
      const groups = Map.groupBy(
        select(entries, request.selector, request),
        ({ labels, timestampNs }) => `${JSON.stringify(labels)} ${timestampNs / stepNs}`
      );
      return [...groups.values()].flatMap((members) =>
        members.slice(0, 1).map(({ labels, timestampNs }) => ({
          labels,
          startMs: Number(timestampNs / stepNs) * request.stepMs,
          lineCount: members.length,
        }))
      );
    },
    async countByLabels(request) {
      enter('countByLabels');
      const stepNs = BigInt(request.stepMs) * 1_000_000n;
      const counts = new Map<string, { labels: Labels; startMs: number; lineCount: number }>();
      for (const { labels: own, metadata, timestampNs } of select(entries, request.selector, request)) {
        const all: Labels = { ...metadata, ...own };
        const labels = Object.fromEntries(request.labelNames.flatMap((name) => (all[name] ? [[name, all[name]]] : [])));
        const startMs = Number(timestampNs / stepNs) * request.stepMs;
        const key = JSON.stringify([labels, startMs]);
        const count = counts.get(key) ?? { labels, startMs, lineCount: 0 };
        counts.set(key, { ...count, lineCount: count.lineCount + 1 });
      }
      return [...counts.values()];
    },
    async listLabelNames(request) {
      enter('listLabelNames');
      return [...new Set(labelSets(entries, request).flatMap(Object.keys))].sort();
    },
    async listLabelValues(name, request) {
      enter('listLabelValues');
      return [...new Set(labelSets(entries, request).flatMap((labels) => labelOf(labels, name) ?? []))].sort();
    },
    async listStreams(request) {
      enter('listStreams');
      return labelSets(entries, request);
    },
    async readStats(request) {
      enter('readStats');
      const found = select(entries, request.selector, request);
      const sizeBytes = found.reduce((total, { line }) => total + line.length, 0);
      return { streamCount: labelSets(entries, request).length, entryCount: found.length, sizeBytes };
    },
    async push(streams) {
      enter('push');
      for (const entry of streams.flatMap(entriesOf)) {
        entriesByIdentity.set(identityOf(entry), entry);
      }
      entries = [...entriesByIdentity.values()].sort(byTime);
    },
    async ping() {
      enter('ping');
    },
  };
}

function entriesOf({ labels, entries }: PushStream): readonly LogEntry[] {
  return entries.map((entry) => ({ ...entry, labels }));
}

function identityOf({ labels, timestampNs, line, metadata }: LogEntry): string {
  return JSON.stringify([labels, String(timestampNs), line, metadata]);
}

function byTime(a: LogEntry, b: LogEntry): number {
  return a.timestampNs < b.timestampNs ? -1 : a.timestampNs > b.timestampNs ? 1 : 0;
}

function select(entries: readonly LogEntry[], text: string, range: NanosecondRange): LogEntry[] {
  const checked = guardQuery(text, { forced: [], allowsMetrics: false });
  if (checked.kind === 'refused' || checked.query.kind !== 'log') {
    const refusals = checked.kind === 'refused' ? checked.refusals : [];
    const message = refusals.map((refusal) => refusal.message).join('; ');
    throw new PortError({ system: 'loki', kind: 'rejected', message });
  }
  const { matchers: conditions, stages } = checked.query;
  const matchers = conditions.map((matcher) => ({ name: matcher.name, matches: compileMatcher(matcher) }));
  const filters = stages.map((stage) => {
    if (stage.kind !== 'line-filter') {
      throw new PortError({ system: 'loki', kind: 'not-supported', message: `the fake has no ${stage.kind}` });
    }
    return compileLineFilter(stage);
  });
  return entries.filter(
    ({ timestampNs, labels, line }) =>
      timestampNs >= range.fromNs &&
      timestampNs < range.toNs &&
      matchers.every(({ name, matches }) => matches(labelOf(labels, name) ?? '')) &&
      filters.every((keeps) => keeps(line))
  );
}

function* paginate(found: readonly LogEntry[], toNs: bigint, pageSize: number): Generator<EntryPage> {
  let start = 0;
  for (; start + pageSize < found.length; start += pageSize) {
    const completeBeforeNs = found[start + pageSize]?.timestampNs ?? toNs;
    yield { entries: found.slice(start, start + pageSize), completeBeforeNs, unreadableEntryCount: 0 };
  }
  yield { entries: found.slice(start), completeBeforeNs: toNs, unreadableEntryCount: 0 };
}

function labelSets(entries: readonly LogEntry[], request: DiscoveryRequest): readonly Labels[] {
  const inRange =
    request.selector === undefined
      ? entries.filter(({ timestampNs }) => timestampNs >= request.fromNs && timestampNs < request.toNs)
      : select(entries, request.selector, request);
  return [...new Map(inRange.map(({ labels }) => [JSON.stringify(labels), labels])).values()];
}
