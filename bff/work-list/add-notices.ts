import { printQuery } from '@loghunter/engine/logql';
import type { Level } from '@loghunter/engine/severity';
import type { NewNotice, WorkChange } from '@loghunter/ports';
import { buildClusterQuery } from '../clusters/cluster-query.ts';
import { showCluster } from '../clusters/show-cluster.ts';
import { floorMinute, minuteMs } from '../scanner/minutes.ts';
import type { FollowFacts, FollowParts } from './follow-parts.ts';

/** What a link in a notice shows: the hour up to the change. */
const shownMs = 60 * minuteMs;

type ToldState = 'new' | 'regressed' | 'escalating';

const words: Readonly<Record<ToldState, string>> = {
  new: 'New',
  regressed: 'Back after it was resolved',
  escalating: 'Escalating',
};

/** Tells of clusters that became new, regressed or escalating, in the transaction in which they do. */
export async function addNotices(
  parts: FollowParts,
  changes: readonly WorkChange[],
  facts: FollowFacts
): Promise<void> {
  for (const { clusterId, after } of changes) {
    const { state, sinceMs } = after.work;
    if (state === 'new' || state === 'regressed' || state === 'escalating') {
      const notice = await describe(parts, clusterId, state, facts);
      if (notice !== null) {
        // A cluster is new once; the others may happen again.
        const dedupKey = `cluster-${state}:${clusterId}${state === 'new' ? '' : `:${sinceMs}`}`;
        await parts.notices.add(parts.tenantId, { ...notice, dedupKey });
      }
    }
  }
}

async function describe(
  parts: FollowParts,
  clusterId: string,
  state: ToldState,
  { nowMs, beganAtMs }: FollowFacts
): Promise<Omit<NewNotice, 'dedupKey'> | null> {
  const { tenantId, clusters, identifier } = parts;
  const range = { fromMs: floorMinute(nowMs - shownMs), toMs: floorMinute(nowMs) + minuteMs };
  const row = await clusters.getCluster(tenantId, clusterId, range, 1);
  if (row === null || (state === 'new' && row.firstSeenMs < beganAtMs)) {
    return null;
  }
  const cluster = showCluster(identifier.rules.userRules, row);
  const query = await buildClusterQuery(parts, cluster, range);
  const samples = await clusters.listSamples(tenantId, clusterId);
  return {
    kind: `cluster-${state}`,
    severity: severityOf(cluster.level, state),
    ...{ service: cluster.service, namespace: cluster.namespace, clusterId, incidentId: null },
    title: `${words[state]}: ${cluster.title ?? cluster.templateText}`,
    lines: samples.map(({ text }) => text).toReversed(),
    count: cluster.eventCount,
    firstSeenAtMs: cluster.firstSeenMs,
    range,
    query: query === null ? null : printQuery(query),
    ...{ suspectDeploy: null, verdict: null, createdAtMs: nowMs },
  };
}

// A new warning waits until morning; an error that comes ten times as often, or back, does not.
function severityOf(level: Level, state: ToldState): NewNotice['severity'] {
  const isUrgent = state !== 'new';
  switch (level) {
    case 'fatal':
      return isUrgent ? 'CRITICAL' : 'HIGH';
    case 'error':
      return isUrgent ? 'HIGH' : 'MEDIUM';
    case 'warn':
      return isUrgent ? 'MEDIUM' : 'LOW';
    default:
      return 'LOW';
  }
}
