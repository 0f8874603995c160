import type { FigureQuery, ListClusterQueriesResponse, RequestOf } from '@loghunter/contracts';
import {
  isQueryableLabelName,
  printQuery,
  selector,
  sum,
  type LogQuery,
  type MetricQuery,
} from '@loghunter/engine/logql';
import type { MinuteRange } from '@loghunter/ports';
import { matchStreams } from '../events/match-streams.ts';
import { presentRange, readTimeRange } from '../http/time-range.ts';
import { requireCluster, type ClusterFeature } from './cluster-feature.ts';
import { buildClusterQuery } from './cluster-query.ts';
import { countOver, numbers, overTime, ratio } from './figure-queries.ts';

const minuteMs = 60_000;
const maxStreams = 2000;
const maxAlternatives = 20;
const maxLabels = 30;

/** `GET /api/v1/clusters/{id}/queries`: what to ask Loki to see the same numbers. */
export async function listClusterQueries(
  feature: ClusterFeature,
  request: RequestOf<'listClusterQueries'>
): Promise<ListClusterQueriesResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const cluster = await requireCluster(feature, request.id, range, 1);
  const query = await buildClusterQuery(feature, cluster, range);
  if (query === null) {
    return { figures: null, labels: [] };
  }
  const streams = await feature.clusters.listStreams(feature.tenantId, cluster.id, range, maxStreams);
  const names = new Set(streams.flatMap(({ labels }) => Object.keys(labels)).filter(isQueryableLabelName));
  const lines = countOver(query, range);
  return {
    figures: {
      lines: numbers(sum(lines, null), range),
      trend: overTime(query, range),
      share: numbers(await shareOf(feature, lines, range), range),
      firstSeen: linesAt(query, cluster.firstSeenMs),
      lastSeen: linesAt(query, cluster.lastSeenMs),
    },
    labels: [...names]
      .toSorted()
      .slice(0, maxLabels)
      .map((name) => ({ name, query: numbers(sum(lines, { mode: 'by', labelNames: [name] }), range) })),
  };
}

async function shareOf(
  { clusters, tenantId }: ClusterFeature,
  lines: MetricQuery,
  range: MinuteRange
): Promise<MetricQuery> {
  const streams = await clusters.listSourceStreams(tenantId, { range, services: [], namespaces: [] }, maxStreams);
  const matchers = matchStreams(streams, maxAlternatives);
  const left = sum(lines, null);
  return matchers.length === 0 ? left : ratio(left, sum(countOver(selector(...matchers), range), null));
}

function linesAt(query: LogQuery, ms: number): FigureQuery {
  const fromMs = Math.floor(ms / minuteMs) * minuteMs;
  const range = presentRange({ fromMs, toMs: fromMs + minuteMs });
  return { expression: printQuery(query), range, isExact: false, type: 'lines' };
}
