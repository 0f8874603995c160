import type { Cache, Clock, ClusterStore, LogStore } from '@loghunter/ports';

/** What the requests about labels and services need. */
export interface DiscoveryFeature {
  readonly tenantId: string;
  readonly clusters: ClusterStore;
  readonly logs: LogStore;
  readonly cache: Cache;
  readonly clock: Clock;
}
