import type { ChangeMatchingWorkResponse, RequestOf } from '@loghunter/contracts';
import type { ClusterFilter, ListedWork } from '@loghunter/ports';
import { readListRequest } from '../clusters/list-clusters.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { changeClusters } from './change-work.ts';
import type { WorkListFeature } from './work-list-feature.ts';

/** All are locked and written in one transaction: it has to end while people wait, and others wait for its locks. */
const maxClusters = 10_000;
/** Releases are looked for cluster by cluster. */
const maxInRelease = 500;

/** `POST /api/v1/cluster-changes/matching`: every cluster that matches in this moment, or none. */
export async function changeMatchingWork(
  feature: WorkListFeature,
  { filter, action }: RequestOf<'changeMatchingWork'>,
  { principal }: CallContext
): Promise<ChangeMatchingWorkResponse> {
  const most = action.kind === 'resolve' && action.release !== undefined ? maxInRelease : maxClusters;
  const wanted = await readListRequest(feature, { ...filter, sort: 'firstSeen' }, principal.actor);
  const page = { ...wanted.page, limit: most, trendPoints: 1 };
  const { clusters, totalClusterCount } = await feature.clusters.listClusters(feature.tenantId, wanted.filter, page);
  if (totalClusterCount > most) {
    const message = `matches ${totalClusterCount} clusters; at most ${most} can be changed like this at once`;
    throw new ProblemError('invalid-request', `body.filter: ${message}`, {
      errors: [{ path: 'body.filter', message }],
    });
  }
  const ids = clusters.map(({ id }) => id);
  const change = { action, isMeant: (row: ListedWork) => matches(row, wanted.filter) };
  const { id, changes, unchangedIds } = await changeClusters(feature, ids, change, principal.actor);
  return { id, changedCount: changes.length, unchangedCount: unchangedIds.length };
}

/** Whether a locked cluster stands where the filter wants it: others may have changed it since the list was read, and theirs stays. */
function matches({ current }: ListedWork, { states = [], assigneeIds = [], freshAfterMs }: ClusterFilter): boolean {
  const state = current?.work.state ?? 'new';
  const isFresh = state === 'new' || state === 'regressed' || state === 'escalating';
  return (
    (states.length === 0 || states.includes(state)) &&
    (assigneeIds.length === 0 || assigneeIds.includes(current?.assignee?.id ?? null)) &&
    (freshAfterMs === undefined || isFresh)
  );
}
