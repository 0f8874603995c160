import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RuledKey, UserRules } from '@loghunter/engine/cluster-rules';
import { algorithmVersion } from '@loghunter/engine/fingerprints';
import { renderTemplate } from '@loghunter/engine/templates';
import type { ClusterIdentity, ClusterRuleChange, RuledCluster } from '@loghunter/ports';

const rowsPerTurn = 500;

/** Stored clusters whose canonical one changes, and the canonical ones that are not stored yet. */
export async function movesOf(
  rules: UserRules,
  stored: readonly RuledCluster[]
): Promise<Pick<ClusterRuleChange, 'clusters' | 'canonicalIds'>> {
  const canonicalIds: Array<ClusterRuleChange['canonicalIds'][number]> = [];
  const clusters = new Map<string, ClusterIdentity>();
  for (const [at, cluster] of stored.entries()) {
    if (at % rowsPerTurn === rowsPerTurn - 1) {
      await nextTurn();
    }
    const canonical = rules.canonicalOf(cluster);
    const { id, key } = canonical;
    const canonicalId = id === cluster.id ? null : id;
    if (canonicalId !== cluster.canonicalId) {
      canonicalIds.push({ clusterId: cluster.id, canonicalId });
      if (canonicalId !== null && key.signature !== '') {
        clusters.set(id, identityOf(canonical));
      }
    }
  }
  return { canonicalIds, clusters: [...clusters.values()] };
}

/** A canonical cluster as it is stored when it is not yet. */
export function identityOf({ id, key, template }: RuledKey): ClusterIdentity {
  const { service, namespace, fingerprint, signature } = key;
  const templateText = renderTemplate(template);
  return { id, service, namespace, fingerprint, signature, algorithmVersion, template, templateText };
}
