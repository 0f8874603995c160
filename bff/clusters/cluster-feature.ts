import type { Clock, ClusterStore, LogStore, MinuteRange, WorkListStore } from '@loghunter/ports';
import type { ServiceSettings } from '@loghunter/engine/records';
import type { EventIdentifier } from '../events/identify-event.ts';
import { ProblemError } from '../http/problem-error.ts';
import { showCluster, type ShownCluster } from './show-cluster.ts';

/** What the requests about clusters need. */
export interface ClusterFeature {
  readonly tenantId: string;
  readonly clusters: ClusterStore;
  readonly workList: WorkListStore;
  readonly logs: LogStore;
  readonly clock: Clock;
  readonly identifier: EventIdentifier;
  readonly services: ServiceSettings;
}

/** The cluster with its figures for the range; throws `ProblemError` `not-found`, the same for a foreign tenant's cluster as for none. */
export async function requireCluster(
  feature: ClusterFeature,
  id: string,
  range: MinuteRange,
  trendPoints: number
): Promise<ShownCluster> {
  await feature.identifier.rules.refresh();
  const cluster = await feature.clusters.getCluster(feature.tenantId, id, range, trendPoints);
  if (cluster === null) {
    throw new ProblemError('not-found', `There is no cluster ${id}.`);
  }
  return showCluster(feature.identifier.rules.userRules, cluster);
}
