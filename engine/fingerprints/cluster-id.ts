import { bytesToHex } from '@noble/hashes/utils.js';
import { digestOf } from './hash.ts';

/** What makes a cluster one cluster. */
export interface ClusterIdentity {
  readonly tenantId: string;
  readonly service: string;
  readonly namespace: string;
  /** 32 hex digits of {@link EventIdentity}. */
  readonly fingerprint: string;
}

/**
 * Returns the id of a cluster: a UUID of version 8 (RFC 9562) made of a SHA-256 of its identity, so that every replica
 * and every restart gives the same id without asking anybody.
 */
export function clusterIdOf(identity: ClusterIdentity): string {
  const { tenantId, service, namespace, fingerprint } = identity;
  const bytes = digestOf(['cluster', tenantId, namespace, service, fingerprint]).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
