import type { ListOverviewQueriesResponse, RequestOf } from '@loghunter/contracts';
import { isQueryableLabelName, matcher, selector, sum, withStages, type LogQuery } from '@loghunter/engine/logql';
import type { ClusterFeature } from '../clusters/cluster-feature.ts';
import { countOver, numbers, overTime, ratio } from '../clusters/figure-queries.ts';
import { matchStreams } from '../events/match-streams.ts';
import { readTimeRange } from '../http/time-range.ts';

const maxStreams = 2000;
const maxAlternatives = 20;
/** What Loki itself guesses of a line. */
const levelLabel = 'detected_level';
const errorLevels = 'error|fatal|critical';

/** `GET /api/v1/overview/queries`: what to ask Loki to see the numbers of the overview. */
export async function listOverviewQueries(
  { tenantId, clusters, clock, services }: ClusterFeature,
  request: RequestOf<'listOverviewQueries'>
): Promise<ListOverviewQueriesResponse> {
  const range = readTimeRange(request, clock.nowMs());
  const wanted = { range, services: request.service ?? [], namespaces: request.namespace ?? [] };
  const streams = await clusters.listSourceStreams(tenantId, wanted, maxStreams);
  const matchers = matchStreams(streams, maxAlternatives);
  if (matchers.length === 0) {
    return { figures: null };
  }
  const all = selector(...matchers);
  const lines = countOver(all, range);
  const errors = countOver(errorsOf(all), range);
  // The label that most streams have names the service of most.
  const naming = services.serviceLabels
    .filter((name) => isQueryableLabelName(name))
    .toSorted((a, b) => countOf(b) - countOf(a))
    .slice(0, 1);
  function countOf(name: string): number {
    return streams.filter((labels) => Object.hasOwn(labels, name)).length;
  }
  const bySource = { mode: 'by', labelNames: naming } as const;
  return {
    figures: {
      events: numbers(sum(lines, null), range),
      errorRate: numbers(ratio(sum(errors, null), sum(lines, null)), range),
      trend: overTime(all, range, [levelLabel]),
      sources: numbers(sum(lines, bySource), range),
      sourceErrors: numbers(sum(errors, bySource), range),
    },
  };
}

function errorsOf(query: LogQuery): LogQuery {
  const condition = { kind: 'match', matcher: matcher(levelLabel, '=~', errorLevels) } as const;
  return withStages(query, { kind: 'label-filter', condition });
}
