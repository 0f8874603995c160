import type { ListPatternsResponse, RequestOf } from '@loghunter/contracts';
import { printQuery, selector } from '@loghunter/engine/logql';
import { PortError } from '@loghunter/ports';
import { presentRange, readTimeRange, toNanosecondRange, toTimestamp } from '../http/time-range.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { findMatchers, guard } from '../search/search-query.ts';
import type { SearchFeature } from '../search/search-feature.ts';
import { placePattern } from './place-pattern.ts';

/** `GET /api/v1/log-store/patterns`: what Loki found itself, and the cluster that each pattern's lines are counted in. */
export async function listPatterns(
  feature: SearchFeature,
  request: RequestOf<'listPatterns'>,
  { signal }: CallContext
): Promise<ListPatternsResponse> {
  const { tenantId, clusters, clock, logs, identifier, clusterRules } = feature;
  const range = readTimeRange(request, clock.nowMs());
  const { matchers } = await findMatchers(feature, request, range);
  if (logs.listPatterns === undefined) {
    throw new PortError({
      system: 'embedded-logs',
      kind: 'not-supported',
      message: 'This log store finds no patterns itself',
    });
  }
  await identifier.rules.refresh();
  const query = guard(feature, printQuery(selector(...matchers)));
  const found = await logs.listPatterns({ selector: query, ...toNanosecondRange(range), signal });
  const filter = { range, services: request.service ?? [], namespaces: request.namespace ?? [] };
  const [labels] = await clusters.listSourceStreams(tenantId, filter, 1);
  const placed = found.map((pattern) => ({
    pattern,
    clusterId: labels === undefined ? null : placePattern(identifier, pattern, labels),
  }));
  const ids = placed.flatMap(({ clusterId }) => clusterId ?? []);
  const known = new Set((await clusterRules.readClustersById(tenantId, ids)).map(({ id }) => id));
  return {
    range: presentRange(range),
    query,
    patterns: placed
      .map(({ pattern: { text, lineCount, firstMs, lastMs }, clusterId }) => ({
        ...{ text, lineCount, firstSeen: toTimestamp(firstMs), lastSeen: toTimestamp(lastMs), origin: 'loki' as const },
        clusterId: clusterId !== null && known.has(clusterId) ? clusterId : null,
      }))
      .sort((a, b) => b.lineCount - a.lineCount || (a.text < b.text ? -1 : 1)),
  };
}
