import type { ListPatternsResponse, RequestOf } from '@loghunter/contracts';
import { printQuery, selector } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';
import { PortError, type LogPattern } from '@loghunter/ports';
import { presentRange, readTimeRange, toNanosecondRange, toTimestamp } from '../http/time-range.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { findMatchers, guard } from '../search/search-query.ts';
import type { SearchFeature } from '../search/search-feature.ts';

/** A place that any value stood in; a number reads as a value in every format. */
const anyValue = /<_>/g;
const standIn = '42';

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
    clusterId: labels === undefined ? null : clusterOf(feature, pattern, labels),
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

function clusterOf({ identifier }: SearchFeature, { text, firstMs }: LogPattern, labels: Labels): string {
  const line = text.replace(anyValue, standIn);
  const entry = { labels, timestampNs: BigInt(firstMs) * 1_000_000n, line, metadata: {} };
  return identifier.canonicalIdOf(identifier.identify({ entries: [entry], text: line }));
}
