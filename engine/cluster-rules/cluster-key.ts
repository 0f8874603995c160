import { clusterIdOf } from '../fingerprints/index.ts';

/** What a cluster is known by inside its tenant. */
export interface ClusterKey {
  readonly service: string;
  readonly namespace: string;
  readonly fingerprint: string;
  /** Packed signature that rules of lines are applied to; empty when none applies, as for stack traces. */
  readonly signature: string;
}

/** Id of the cluster with this key. */
export function idOfKey(tenantId: string, { service, namespace, fingerprint }: ClusterKey): string {
  return clusterIdOf({ tenantId, service, namespace, fingerprint });
}

/** Text that is equal for keys of one cluster. */
export function textOfKey({ service, namespace, fingerprint }: ClusterKey): string {
  return `${namespace}\0${service}\0${fingerprint}`;
}
