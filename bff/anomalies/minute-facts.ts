import type { MinuteFacts } from '@loghunter/engine/detection';
import type { ClusterMinute, HistoryMinute, MinuteRange, SeriesStore, ServiceMinute } from '@loghunter/ports';
import { clusterKey, serviceKey } from './series-key.ts';

const minuteMs = 60_000;

/** Counts of services from before the ledger begins, to learn from. */
export interface CountHistory {
  /** First minutes of watches whose history is there, milliseconds since 1970; `watchId` null: of all of them. */
  listStarts(): Promise<ReadonlyArray<{ readonly watchId: string | null; readonly fromMs: number }>>;
  /** Minutes of the range that the ledger does not have. */
  read(range: MinuteRange): Promise<readonly HistoryMinute[]>;
}

/** Where the ledger of a tenant begins and how far it is; milliseconds since 1970. */
export interface LedgerMarks {
  /** Its oldest minute. */
  readonly fromMs: number;
  /** From here on every watch has been read. */
  readonly allFromMs: number;
  /** Up to here all have that are not far behind the others. */
  readonly toMs: number;
}

/** What reading facts needs. */
export interface FactParts {
  readonly series: SeriesStore;
  readonly offsetAt: (ms: number) => number;
  readonly countHistory: CountHistory | null;
}

/** Every minute of the range, also those without a line: from the ledger, and what it does not have from the history. */
export async function readFacts(
  { series, offsetAt, countHistory }: FactParts,
  tenantId: string,
  range: MinuteRange,
  { fromMs, allFromMs }: Pick<LedgerMarks, 'fromMs' | 'allFromMs'>
): Promise<readonly MinuteFacts[]> {
  const before = { fromMs: range.fromMs, toMs: Math.min(range.toMs, allFromMs) };
  const counted = { fromMs: Math.max(range.fromMs, fromMs), toMs: range.toMs };
  const services = new Map<string, HistoryMinute>();
  let clusters: readonly ClusterMinute[] = [];
  if (before.fromMs < before.toMs && countHistory !== null) {
    (await countHistory.read(before)).forEach((minute) => services.set(keyOf(minute), minute));
    // Of a service that is in several watches, some may be read by then and others only counted.
    const read = { fromMs: Math.max(before.fromMs, fromMs), toMs: before.toMs };
    const minutes = read.fromMs < read.toMs ? await series.readMinutesOfWatchesInUse(tenantId, read) : [];
    minutes.forEach((minute) => services.set(keyOf(minute), sumOf(toKnown(minute), services.get(keyOf(minute)))));
  }
  if (counted.fromMs < counted.toMs) {
    const minutes = await series.readServiceMinutes(tenantId, counted);
    minutes.forEach((minute) => services.set(keyOf(minute), larger(toKnown(minute), services.get(keyOf(minute)))));
    clusters = await series.readClusterMinutes(tenantId, counted);
  }
  return toFacts(range, [...services.values()], clusters, offsetAt);
}

/**
 * Lines that somebody chose not to read tell how many there were; whoever read none of a minute knows nothing of its errors. Lines that were
 * lost beside read ones make a minute unknown.
 */
function toKnown({ unreadLineCount, skippedLineCount, ...minute }: ServiceMinute): HistoryMinute {
  return minute.lineCount === 0
    ? { ...minute, lineCount: unreadLineCount + skippedLineCount, errorCount: null, isKnown: true }
    : { ...minute, lineCount: minute.lineCount + skippedLineCount, isKnown: unreadLineCount === 0 };
}

/** What some watches of a service have read, and what those had that had not begun. */
function sumOf(counted: HistoryMinute, before: HistoryMinute | undefined): HistoryMinute {
  if (before === undefined) {
    return counted;
  }
  const areErrorsKnown = counted.errorCount !== null && before.errorCount !== null;
  return {
    ...counted,
    lineCount: counted.lineCount + before.lineCount,
    errorCount: areErrorsKnown ? (counted.errorCount ?? 0) + (before.errorCount ?? 0) : null,
    isKnown: counted.isKnown && before.isKnown,
  };
}

/**
 * All that the ledger has, or the sum of what watches in use read and counted where that is more. These are not added up: when a watch is
 * replaced by others, the ledger keeps its lines, and the counts of the others hold the same ones.
 */
function larger(counted: HistoryMinute, before: HistoryMinute | undefined): HistoryMinute {
  if (before === undefined) {
    return counted;
  }
  const minute = before.lineCount > counted.lineCount ? before : counted;
  return { ...minute, isKnown: counted.isKnown && before.isKnown };
}

function keyOf(minute: Pick<HistoryMinute, 'minuteMs' | 'service' | 'namespace'>): string {
  return `${minute.minuteMs} ${serviceKey(minute)}`;
}

function toFacts(
  range: MinuteRange,
  services: readonly HistoryMinute[],
  clusters: readonly ClusterMinute[],
  offsetAt: (ms: number) => number
): readonly MinuteFacts[] {
  const servicesByMinute = Map.groupBy(services, ({ minuteMs: ms }) => ms);
  const clustersByMinute = Map.groupBy(clusters, ({ minuteMs: ms }) => ms);
  return Array.from({ length: Math.max(0, (range.toMs - range.fromMs) / minuteMs) }, (_, index) => {
    const ms = range.fromMs + index * minuteMs;
    return {
      minute: ms / minuteMs,
      offset: offsetAt(ms),
      services: (servicesByMinute.get(ms) ?? []).map(toServiceFacts),
      clusters: (clustersByMinute.get(ms) ?? []).map(toClusterFacts),
    };
  });
}

function toServiceFacts(minute: HistoryMinute): MinuteFacts['services'][number] {
  const { service, namespace, lineCount, errorCount, isKnown } = minute;
  return {
    subject: { key: serviceKey(minute), service, namespace, clusterId: null },
    ...{ lineCount, errorCount, isComplete: isKnown },
  };
}

function toClusterFacts(minute: ClusterMinute): MinuteFacts['clusters'][number] {
  const { clusterId, service, namespace, eventCount, level, streamCount, firstSeenMs } = minute;
  return {
    subject: { key: clusterKey(clusterId), service, namespace, clusterId },
    ...{ eventCount, level, streamCount, firstMinute: Math.floor(firstSeenMs / minuteMs) },
  };
}
