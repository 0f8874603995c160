import type { CompareClustersResponse, RequestOf } from '@loghunter/contracts';
import { compareCounts, dispersionOf, type ClusterChange } from '@loghunter/engine/comparison';
import type { ClusterList, ClusterRow, CoverageRow, MinuteRange } from '@loghunter/ports';
import { presentRange, readTimeRange, toTimestamp } from '../http/time-range.ts';
import type { ClusterFeature } from './cluster-feature.ts';
import { presentCoverage } from './present-cluster.ts';
import { showCluster } from './show-cluster.ts';

/** Clusters of a side that are compared, the most frequent first; more would take longer than people wait. */
const maxComparedClusters = 5000;
/** Steps in which a cluster's bursts are measured. */
const burstSteps = 24;
const defaultLimit = 100;
const defaultKinds: readonly string[] = ['new', 'gone', 'up', 'down'];

interface Side {
  readonly range: MinuteRange;
  readonly list: ClusterList;
  readonly coverage: CoverageRow;
  readonly readMs: number;
  readonly rows: ReadonlyMap<string, ClusterRow>;
}

/** Answers which clusters came more or less often in a range than in one before it, by what has been read of both. */
export async function compareClusters(
  feature: ClusterFeature,
  request: RequestOf<'compareClusters'>
): Promise<CompareClustersResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  await feature.identifier.rules.refresh();
  const beforeRange = readBefore(request, range);
  const [before, after] = await Promise.all([
    readSide(feature, request, beforeRange, request.beforeService ?? request.service),
    readSide(feature, request, range, request.service),
  ]);
  const { changes, leftOutCount } = compare(before, after);
  const kinds = request.kind ?? defaultKinds;
  const wanted = changes.filter(({ kind }) => kinds.includes(kind));
  return {
    before: presentSide(before),
    after: presentSide(after),
    changes: wanted
      .slice(0, request.limit ?? defaultLimit)
      .map((change) => presentChange(feature, change, before, after)),
    totalChangeCount: wanted.length,
    leftOutClusterCount: leftOutCount,
  };
}

function readBefore(request: RequestOf<'compareClusters'>, range: MinuteRange): MinuteRange {
  const { beforeService, beforeFrom: from, beforeTo } = request;
  if (beforeService !== undefined && from === undefined && beforeTo === undefined) {
    return range;
  }
  const to = beforeTo ?? toTimestamp(range.fromMs);
  if (from !== undefined) {
    return readTimeRange({ from, to }, range.fromMs);
  }
  const { toMs } = readTimeRange({ to }, range.fromMs);
  const fromMs = Math.max(0, toMs - (range.toMs - range.fromMs));
  return readTimeRange({ from: String(fromMs), to: String(toMs) }, range.fromMs);
}

async function readSide(
  { clusters, tenantId }: ClusterFeature,
  request: RequestOf<'compareClusters'>,
  range: MinuteRange,
  service: readonly string[] | undefined
): Promise<Side> {
  const { namespace, level, beforeService } = request;
  const filter = { range, services: service ?? [], namespaces: namespace ?? [], levels: level ?? [], text: '' };
  const trendPoints = Math.min(burstSteps, (range.toMs - range.fromMs) / 60_000);
  const page = { sort: 'count', order: 'desc', limit: maxComparedClusters, offset: 0, trendPoints } as const;
  const [list, coverage] = await Promise.all([
    clusters.listClusters(tenantId, filter, page),
    clusters.readCoverage(tenantId, range),
  ]);
  const { readFromMs, readUpToMs } = coverage;
  const readMs =
    readFromMs === null || readUpToMs === null
      ? 0
      : Math.max(0, Math.min(range.toMs, readUpToMs) - Math.max(range.fromMs, readFromMs));
  // A cluster is of one service: what two services have in common is their words.
  const rows =
    beforeService === undefined ? list.clusters.map((row) => [row.id, row] as const) : byTemplate(list.clusters);
  return { range, list, coverage, readMs, rows: new Map(rows) };
}

/** Rows by template; those that have the same are one, with their events together. */
function byTemplate(rows: readonly ClusterRow[]): ReadonlyArray<readonly [string, ClusterRow]> {
  return [...Map.groupBy(rows, ({ templateText }) => templateText)].flatMap(([template, [first, ...others]]) =>
    first === undefined
      ? []
      : [
          [
            template,
            { ...first, eventCount: others.reduce((sum, { eventCount }) => sum + eventCount, first.eventCount) },
          ] as const,
        ]
  );
}

function compare(
  before: Side,
  after: Side
): { readonly changes: readonly ClusterChange[]; readonly leftOutCount: number } {
  const ids = [...new Set([...before.rows.keys(), ...after.rows.keys()])];
  // Of a cluster that is missing in a list that was cut, nobody knows the count.
  const known = new Set(ids.filter((id) => isKnown(before, id) && isKnown(after, id)));
  const cut = Math.max(cutCount(before), cutCount(after));
  const comparison = compareCounts(
    { counts: countsOf(before, known), exposure: before.readMs },
    { counts: countsOf(after, known), exposure: after.readMs },
    { dispersions: dispersionsOf(before, after, known) }
  );
  return {
    changes: comparison.kind === 'compared' ? comparison.changes : [],
    leftOutCount: ids.length - known.size + cut,
  };
}

function isKnown(side: Side, id: string): boolean {
  return side.rows.has(id) || cutCount(side) === 0;
}

function cutCount({ list }: Side): number {
  return list.totalClusterCount - list.clusters.length;
}

function countsOf(side: Side, known: ReadonlySet<string>): ReadonlyMap<string, number> {
  return new Map([...side.rows].filter(([id]) => known.has(id)).map(([id, row]) => [id, row.eventCount]));
}

// The burstier side counts: what came in bursts once may do so again.
function dispersionsOf(before: Side, after: Side, known: ReadonlySet<string>): ReadonlyMap<string, number> {
  return new Map(
    [...known].map((id) => {
      const sides = [before.rows.get(id), after.rows.get(id)];
      return [id, Math.max(...sides.map((row) => (row === undefined ? 1 : dispersionOf(row.trend.counts))))];
    })
  );
}

function presentSide({ range, readMs, list, coverage }: Side): CompareClustersResponse['before'] {
  return {
    range: presentRange(range),
    readMs,
    eventCount: list.totalEventCount,
    clusterCount: list.totalClusterCount,
    coverage: presentCoverage(coverage),
  };
}

function presentChange(
  feature: ClusterFeature,
  change: ClusterChange,
  before: Side,
  after: Side
): CompareClustersResponse['changes'][number] {
  const { key, ratio, ratioLow, ratioHigh, ...facts } = change;
  const row = after.rows.get(key) ?? before.rows.get(key);
  const shown = row && showCluster(feature.identifier.rules.userRules, row);
  return {
    id: row?.id ?? key,
    service: row?.service ?? '',
    namespace: row?.namespace ?? '',
    level: row?.level ?? 'unknown',
    templateText: shown?.templateText ?? '',
    ...(shown === undefined || shown.title === null ? {} : { title: shown.title }),
    ...facts,
    ratio: Number.isFinite(ratio) ? ratio : null,
    ratioLow,
    ratioHigh: Number.isFinite(ratioHigh) ? ratioHigh : null,
  };
}
