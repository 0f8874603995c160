import type { GetOverviewResponse, OverviewSource, OverviewTotals, RequestOf } from '@loghunter/contracts';
import { levelsBySeverity } from '@loghunter/engine/severity';
import { planTrend, type ClusterPage, type SourceCount } from '@loghunter/ports';
import type { ClusterFeature } from '../clusters/cluster-feature.ts';
import { trendPointsOf } from '../clusters/list-clusters.ts';
import { presentCluster, presentCoverage } from '../clusters/present-cluster.ts';
import { showCluster } from '../clusters/show-cluster.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { presentRange, readTimeRange } from '../http/time-range.ts';

const defaultPoints = 60;
/** More would not fit a screen; the rest is in the totals. */
const maxSources = 50;
const newestClusterCount = 10;
const statesByNeed = ['regressed', 'escalating', 'new', 'ongoing', 'ignored', 'resolved'] as const;

/** `GET /api/v1/overview` */
export async function getOverview(
  feature: ClusterFeature,
  request: RequestOf<'getOverview'>,
  { principal }: CallContext
): Promise<GetOverviewResponse> {
  const { tenantId, clusters } = feature;
  const range = readTimeRange(request, feature.clock.nowMs());
  const lengthMs = range.toMs - range.fromMs;
  // Round steps are sums of what is summed up already.
  const plan = planTrend(range, request.points ?? defaultPoints);
  const { stepMs, pointCount: stepCount } = plan;
  const names = { services: request.service ?? [], namespaces: request.namespace ?? [] };
  const filter = { range, ...names };
  const before = { fromMs: Math.max(0, range.fromMs - lengthMs), toMs: range.fromMs };
  await feature.identifier.rules.refresh();
  const page: ClusterPage = {
    ...{ sort: 'firstSeen', order: 'desc', limit: newestClusterCount, offset: 0, trendPoints: trendPointsOf(range) },
  };
  const [counts, countsBefore, states, newest, coverage, seenAtMs] = await Promise.all([
    clusters.countSources(tenantId, filter, plan),
    before.fromMs < before.toMs
      ? clusters.countSources(tenantId, { range: before, ...names }, { startMs: before.fromMs, stepMs: lengthMs })
      : [],
    clusters.countStates(tenantId, filter),
    clusters.listClusters(tenantId, { ...filter, levels: [], text: '' }, page),
    clusters.readCoverage(tenantId, range),
    feature.workList.readSeen(tenantId, principal.actor),
  ]);
  const sources = groupBySource(counts, stepCount);
  const view = { range, coverage, totalEventCount: newest.totalEventCount, seenAtMs };
  const { userRules } = feature.identifier.rules;
  return {
    range: presentRange(range),
    start: new Date(plan.startMs).toISOString(),
    stepMs,
    totals: sumTotals(counts),
    totalsBefore: sumTotals(countsBefore),
    levels: levelsBySeverity.flatMap((level) => {
      const own = counts.filter((count) => count.level === level && count.eventCount > 0);
      return own.length === 0 ? [] : [{ level, counts: sumSteps(own, stepCount) }];
    }),
    sources: sources.slice(0, maxSources),
    sourceCount: sources.length,
    newestClusters: newest.clusters.map((row) => presentCluster(showCluster(userRules, row), view)),
    states: statesByNeed.flatMap((state) => states.filter((row) => row.state === state)),
    coverage: presentCoverage(coverage),
  };
}

function groupBySource(counts: readonly SourceCount[], stepCount: number): OverviewSource[] {
  const groups = Map.groupBy(counts, ({ service, namespace }) => JSON.stringify([service, namespace]));
  return [...groups.values()]
    .flatMap((group) =>
      group.slice(0, 1).map(({ service, namespace }) => ({
        ...{ service, namespace, totals: sumTotals(group), counts: sumSteps(group, stepCount) },
        errorCounts: sumSteps(group.filter(isError), stepCount),
      }))
    )
    .sort((a, b) => b.totals.eventCount - a.totals.eventCount || (a.service < b.service ? -1 : 1));
}

function isError({ level }: SourceCount): boolean {
  return level === 'error' || level === 'fatal';
}

function sumTotals(counts: readonly SourceCount[]): OverviewTotals {
  return {
    eventCount: counts.reduce((total, { eventCount }) => total + eventCount, 0),
    errorCount: counts.filter(isError).reduce((total, { eventCount }) => total + eventCount, 0),
    lineCount: counts.reduce((total, { lineCount }) => total + lineCount, 0),
  };
}

function sumSteps(counts: readonly SourceCount[], stepCount: number): number[] {
  const steps = Array.from({ length: stepCount }, () => 0);
  for (const { step, eventCount } of counts) {
    steps[step] = (steps[step] ?? 0) + eventCount;
  }
  return steps;
}
