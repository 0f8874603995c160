import type { WorkState } from '@loghunter/engine/work-list';
import type { ClusterFilter, ClusterList, ClusterPage, SourceFilter, SqlSession } from '@loghunter/ports';
import { planTrend } from '@loghunter/ports';
import { presentCluster } from './cluster-row.ts';
import type { StoredCluster } from './cluster-row.ts';
import { levelToNumber } from './levels.ts';
import type { ClusterFacts } from './list-order.ts';
import { listStatement, stateStatement } from './list-text.ts';
import { readClusterTrends } from './trends.ts';

interface ListedCluster extends StoredCluster {
  readonly total_cluster_count: number;
  readonly total_event_count: number;
  readonly total_line_count: number;
  readonly sort_key: readonly string[];
}

/** One page of the clusters that have counts in the range, and the totals of all pages. */
export async function listClusters(
  session: SqlSession,
  tenantId: string,
  filter: ClusterFilter,
  page: ClusterPage
): Promise<ClusterList> {
  const { range } = filter;
  const facts = await readFacts(session, tenantId);
  const { text, parameters } = listStatement(tenantId, filter, page, facts);
  const rows = await session.query<ListedCluster>(text, parameters);
  const [totals] = rows;
  // One row more than the page says whether there is another one.
  const found = rows.filter((row) => row.id !== null);
  const listed = found.slice(0, page.limit);
  const plan = planTrend(range, page.trendPoints);
  const trends = await readClusterTrends(
    session,
    tenantId,
    listed.map((row) => row.id),
    range,
    plan,
    filter.levels.map(levelToNumber)
  );
  return {
    clusters: listed.map((row) => presentCluster(row, plan, trends.get(row.id))),
    totalClusterCount: totals?.total_cluster_count ?? 0,
    totalEventCount: totals?.total_event_count ?? 0,
    totalLineCount: totals?.total_line_count ?? 0,
    nextKey: found.length > listed.length ? (listed.at(-1)?.sort_key ?? null) : null,
  };
}

/** Canonical clusters with counts in the range, by state. */
export async function countStates(
  session: SqlSession,
  tenantId: string,
  filter: SourceFilter
): Promise<ReadonlyArray<{ readonly state: WorkState; readonly clusterCount: number }>> {
  const facts = await readFacts(session, tenantId);
  const { text, parameters } = stateStatement(tenantId, { ...filter, levels: [], text: '' }, facts);
  const rows = await session.query<{ state: WorkState; cluster_count: number }>(text, parameters);
  return rows.map((row) => ({ state: row.state, clusterCount: row.cluster_count }));
}

/** Facts for the statement that follows in this transaction, which gets more memory. */
async function readFacts(session: SqlSession, tenantId: string): Promise<ClusterFacts> {
  // Sums of 100,000 clusters are some 20 MB; with Postgres's own 4 MB they go through files.
  const [facts] = await session.query<{ cluster_count: number; has_members: boolean }>(
    `select set_config('work_mem', '64MB', true), reltuples::float8 as cluster_count,
       exists (select from error_clusters where tenant_id = $1 and canonical_id is not null) as has_members
     from pg_class where oid = 'error_clusters'::regclass`,
    [tenantId]
  );
  return { clusterCount: facts?.cluster_count ?? 0, hasMembers: facts?.has_members ?? true };
}
