import { hashOf } from './hash.ts';

// Part of every fingerprint and never raised: an event whose key a new version of the algorithm leaves as it was keeps its cluster.
const keySpace = 'loghunter-1';

/** Fingerprint of what identifies an event: 32 hex digits. */
export function fingerprintOf(key: readonly string[]): string {
  return hashOf([keySpace, ...key]);
}

/** Fingerprint of lines with a signature. */
export function fingerprintOfSignature(signature: string): string {
  return fingerprintOf(['template', signature]);
}

/** Fingerprint of what is counted without a cluster of its own, because a tenant has too many clusters. */
export const unclusteredFingerprint = fingerprintOf(['unclustered']);
