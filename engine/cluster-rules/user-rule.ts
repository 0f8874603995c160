import type { ClusterKey } from './cluster-key.ts';

/** Most rules of one tenant that are in force at a time; a thousand take some milliseconds to prepare. */
export const maxUserRuleCount = 1000;
/** Most clusters that one rule merges. */
export const maxMergedCount = 100;
/** Longest title, in UTF-16 units. */
export const maxTitleLength = 200;

/** Where a mask or a split holds: for the service of its cluster, or for the same lines of every service. */
export interface RuleReach {
  readonly isEverywhere: boolean;
}

/**
 * What a person decided about clusters, as it is stored. Clusters are held as they were when the rule was made.
 *
 * - `merge`: all of `clusters` are part of `into`.
 * - `mask`: in the lines of `cluster` the `occurrence`-th (from 0) constant word `word` varies: clusters that differ from it
 *   there only are part of it.
 * - `split`: in the lines of `cluster` the value at the `variable`-th place (from 0) decides: each value is a cluster.
 * - `rename`: `cluster` is shown with a title; an empty one takes titles away.
 */
export type UserRule =
  | { readonly kind: 'merge'; readonly clusters: readonly ClusterKey[]; readonly into: ClusterKey }
  | ({
      readonly kind: 'mask';
      readonly cluster: ClusterKey;
      readonly word: string;
      readonly occurrence: number;
    } & RuleReach)
  | ({ readonly kind: 'split'; readonly cluster: ClusterKey; readonly variable: number } & RuleReach)
  | { readonly kind: 'rename'; readonly cluster: ClusterKey; readonly title: string };

/** A rule of a kind. */
export type UserRuleOf<Kind extends UserRule['kind']> = Extract<UserRule, { readonly kind: Kind }>;

/** A rule that is in force, with its id. */
export interface StoredUserRule {
  readonly id: string;
  readonly rule: UserRule;
}

/** A rule out of a store; null when it is none that is known here, such as one of a newer version. */
export function toUserRule(kind: string, body: Readonly<Record<string, unknown>>): UserRule | null {
  const { clusters, into, cluster, word, occurrence, variable, isEverywhere, title } = body;
  if (kind === 'merge') {
    return Array.isArray(clusters) && clusters.every(isKey) && isKey(into) ? { kind, clusters, into } : null;
  }
  if (!isKey(cluster)) {
    return null;
  }
  if (kind === 'rename') {
    return typeof title === 'string' ? { kind, cluster, title } : null;
  }
  if (typeof isEverywhere !== 'boolean') {
    return null;
  }
  if (kind === 'mask') {
    return typeof word === 'string' && isPlace(occurrence) ? { kind, cluster, word, occurrence, isEverywhere } : null;
  }
  return kind === 'split' && isPlace(variable) ? { kind, cluster, variable, isEverywhere } : null;
}

function isKey(value: unknown): value is ClusterKey {
  const key = value as Partial<Record<keyof ClusterKey, unknown>> | null | undefined;
  return (
    typeof key === 'object' &&
    [key?.service, key?.namespace, key?.fingerprint, key?.signature].every((text) => typeof text === 'string')
  );
}

function isPlace(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
