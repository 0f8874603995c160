import type { ClusterKey } from './cluster-key.ts';
import type { StoredUserRule } from './user-rule.ts';

/**
 * Titles by id of canonical cluster: the newest rule of the cluster itself, else the newest of one that was merged into it.
 * @param rules oldest first
 */
export function titlesOf(
  rules: readonly StoredUserRule[],
  canonicalIdOf: (cluster: ClusterKey) => string,
  unmergedIdOf: (cluster: ClusterKey) => string
): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  const inherited = new Map<string, string>();
  for (const { rule } of rules) {
    if (rule.kind === 'rename') {
      const id = canonicalIdOf(rule.cluster);
      (id === unmergedIdOf(rule.cluster) ? own : inherited).set(id, rule.title);
    }
  }
  return new Map([...inherited, ...own].filter(([, title]) => title !== ''));
}
