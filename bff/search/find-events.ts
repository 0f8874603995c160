import type { RequestOf } from '@loghunter/contracts';
import { joinEvents, type LogEvent } from '@loghunter/engine/multiline';
import type { LogEntry } from '@loghunter/engine/records';
import type { NanosecondRange } from '@loghunter/ports';
import { joinAround } from '../clusters/join-around.ts';
import { streamKeyOf } from '../events/stream-key.ts';
import type { IdentifiedEvent } from '../events/identify-event.ts';
import type { SearchFeature } from './search-feature.ts';

type Request = RequestOf<'searchLogs'>;

const defaultLimit = 1000;
/** Lines in the middle of a stack trace: what goes on is indented, or says so. */
const continuation = /^(\s|at |Caused by|\.\.\. \d+ more|During handling of)/;

/** An event that was found, and the cluster that it is shown as. */
export interface FoundEvent {
  readonly event: LogEvent;
  readonly known: IdentifiedEvent;
  readonly clusterId: string;
}

/** What one search read. */
export interface FoundEvents {
  readonly events: readonly FoundEvent[];
  readonly lineCount: number;
  readonly scannedBytes: number;
  /** Time of the oldest line that was read; null when the range was read to its end. */
  readonly oldestNs: bigint | null;
}

/** Reads the newest lines of a query and says which clusters they belong to; keeps those that the request asks for. */
export async function findEvents(
  feature: SearchFeature,
  request: Request,
  query: string,
  range: NanosecondRange,
  signal: AbortSignal
): Promise<FoundEvents> {
  const limit = request.limit ?? defaultLimit;
  let scannedBytes = 0;
  await feature.identifier.rules.refresh();
  const entries = await feature.logs.findEntries({
    ...{ query, ...range, direction: 'newest-first', limit, signal },
    observeProcessed(sizeBytes) {
      scannedBytes += sizeBytes;
    },
  });
  const events = (await join(feature, entries, signal)).map((event): FoundEvent => {
    const known = feature.identifier.identify(event);
    return { event, known, clusterId: feature.identifier.canonicalIdOf(known) };
  });
  return {
    events: events.filter(({ known }) => isWanted(request, known)).toSorted(newestFirst),
    lineCount: entries.length,
    scannedBytes,
    oldestNs: entries.length < limit ? null : (entries.at(-1)?.timestampNs ?? null),
  };
}

// A line filter may have found a line of a stack trace without its head: those are read again with their neighbours.
async function join(
  { logs }: SearchFeature,
  entries: readonly LogEntry[],
  signal: AbortSignal
): Promise<readonly LogEvent[]> {
  const byStream = Map.groupBy(entries, (entry) => streamKeyOf(entry.labels));
  const events = [...byStream.values()].flatMap((own) => joinEvents(own.toReversed()));
  const torn = events.filter(({ entries: [first] }) => continuation.test(first.line));
  if (torn.length === 0) {
    return events;
  }
  const tornEntries = torn.flatMap((event) => event.entries).toSorted((a, b) => Number(b.timestampNs - a.timestampNs));
  const { events: whole } = await joinAround(logs, tornEntries, signal);
  const found = new Set(whole.flatMap((event) => event.entries.map(keyOf)));
  return [...events.filter((event) => !event.entries.some((entry) => found.has(keyOf(entry)))), ...whole];
}

function keyOf(entry: LogEntry): string {
  return `${entry.timestampNs} ${streamKeyOf(entry.labels)} ${entry.line}`;
}

function isWanted({ service, namespace, level }: Request, known: IdentifiedEvent): boolean {
  return isAnyOf(service, known.service) && isAnyOf(namespace, known.namespace) && isAnyOf(level, known.level);
}

function isAnyOf<T>(wanted: readonly T[] | undefined, value: T): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.includes(value);
}

function newestFirst(a: FoundEvent, b: FoundEvent): number {
  return Number(b.event.entries[0].timestampNs - a.event.entries[0].timestampNs);
}
