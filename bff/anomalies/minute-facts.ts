import type { MinuteFacts } from '@loghunter/engine/detection';
import type { ClusterMinute, MinuteRange, SeriesStore, ServiceMinute } from '@loghunter/ports';
import { clusterKey, serviceKey } from './series-key.ts';

const minuteMs = 60_000;

/** Counts of services from before the ledger begins, to learn from; such as those of a demo. */
export interface CountHistory {
  /** Its first minute, milliseconds since 1970. */
  readonly fromMs: number;
  readonly read: (range: MinuteRange) => Promise<readonly ServiceMinute[]>;
}

/** What reading facts needs. */
export interface FactParts {
  readonly series: SeriesStore;
  readonly offsetAt: (ms: number) => number;
  readonly countHistory: CountHistory | null;
}

/** Every minute of the range, also those without a line. Minutes before `ledgerFromMs` are history that the ledger does not have. */
export async function readFacts(
  { series, offsetAt, countHistory }: FactParts,
  tenantId: string,
  range: MinuteRange,
  ledgerFromMs: number
): Promise<readonly MinuteFacts[]> {
  const before = { fromMs: range.fromMs, toMs: Math.min(range.toMs, ledgerFromMs) };
  const counted = { fromMs: Math.max(range.fromMs, ledgerFromMs), toMs: range.toMs };
  const services: ServiceMinute[] = [];
  const clusters: ClusterMinute[] = [];
  if (before.fromMs < before.toMs && countHistory !== null) {
    services.push(...(await countHistory.read(before)));
  }
  if (counted.fromMs < counted.toMs) {
    services.push(...(await series.readServiceMinutes(tenantId, counted)));
    clusters.push(...(await series.readClusterMinutes(tenantId, counted)));
  }
  return toFacts(range, services, clusters, offsetAt);
}

function toFacts(
  range: MinuteRange,
  services: readonly ServiceMinute[],
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

function toServiceFacts(minute: ServiceMinute): MinuteFacts['services'][number] {
  const { service, namespace, lineCount, errorCount, unreadLineCount } = minute;
  return {
    subject: { key: serviceKey(minute), service, namespace, clusterId: null },
    ...{ lineCount, errorCount, isComplete: unreadLineCount === 0 },
  };
}

function toClusterFacts(minute: ClusterMinute): MinuteFacts['clusters'][number] {
  const { clusterId, service, namespace, eventCount, level, streamCount, firstSeenMs } = minute;
  return {
    subject: { key: clusterKey(clusterId), service, namespace, clusterId },
    ...{ eventCount, level, streamCount, firstMinute: Math.floor(firstSeenMs / minuteMs) },
  };
}
