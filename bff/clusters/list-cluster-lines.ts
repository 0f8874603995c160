import type { ClusterLine, ListClusterLinesResponse, RequestOf } from '@loghunter/contracts';
import type { LogEvent } from '@loghunter/engine/multiline';
import type { Level } from '@loghunter/engine/severity';
import { lineSpansOf } from '@loghunter/engine/fingerprints';
import type { CallContext } from '../http/route-handlers.ts';
import { requireCluster, type ClusterFeature } from './cluster-feature.ts';
import { buildClusterQuery, presentQuery } from './cluster-query.ts';
import { findClusterEvents } from './find-cluster-events.ts';
import { readTimeRange, toNanosecondRange } from '../http/time-range.ts';

const defaultLimit = 50;

/**
 * Answers a cluster's newest events as the log store holds them. They are not redacted: whoever may open this page may
 * ask the same Loki through Grafana. What LogHunter stores itself is redacted before it is written.
 */
export async function listClusterLines(
  feature: ClusterFeature,
  request: RequestOf<'listClusterLines'>,
  context: CallContext
): Promise<ListClusterLinesResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const cluster = await requireCluster(feature, request.id, range, 1);
  const query = await buildClusterQuery(feature, cluster, range);
  const presented = presentQuery(query, range);
  if (query === null || cluster.lineCount === 0) {
    return { lines: [], scannedLineCount: 0, isComplete: cluster.lineCount === 0, query: presented };
  }
  const found = await findClusterEvents(feature, {
    clusterId: cluster.id,
    query,
    ...toNanosecondRange(range),
    limit: request.limit ?? defaultLimit,
    // The ledger knows whether events of this cluster take several lines: only then are their neighbours read as well.
    isJoined: cluster.lineCount > cluster.eventCount,
    signal: context.signal,
  });
  return {
    lines: found.events.map(({ event, level }) => presentLine(event, level)),
    scannedLineCount: found.scannedLineCount,
    isComplete: found.isComplete,
    query: presented,
  };
}

/** An event as answers write it. */
export function presentLine(event: LogEvent, level: Level): ClusterLine {
  const [first] = event.entries;
  return {
    timestampNs: String(first.timestampNs),
    text: event.text,
    level,
    labels: { ...first.labels },
    metadata: { ...first.metadata },
    spans: lineSpansOf(event.text).map((span) => ({ ...span })),
  };
}
