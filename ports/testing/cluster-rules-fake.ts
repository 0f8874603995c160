import type { ClusterRule, ClusterRuleChange, ClusterRules, RuledCluster } from '../cluster-rules.ts';
import { PortError } from '../errors.ts';
import type { ClusterIdentity } from '../ledger.ts';
import type { FakeState, FakeTenant } from './ledger-fake-state.ts';

/** The rules of `createFakeStores`. Clusters have no moment of creation here: all count as new. */
export function createFakeClusterRules(state: FakeState, nowMs: () => number): ClusterRules {
  const rulesOf = (tenantId: string) =>
    [...(state.tenants.get(tenantId)?.rules ?? [])].sort((a, b) => a.sequence - b.sequence);
  const clustersOf = (tenantId: string) =>
    [...(state.tenants.get(tenantId)?.clusters.values() ?? [])]
      .map(presentCluster)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    readSequence: (tenantId) => Promise.resolve(rulesOf(tenantId).at(-1)?.sequence ?? 0),
    readChanges: (tenantId, after) => Promise.resolve(rulesOf(tenantId).filter(({ sequence }) => sequence > after)),
    listRules(tenantId, { origin, kinds = [], includeUndone, limit, offset }) {
      const rules = rulesOf(tenantId)
        .filter((rule) => origin === undefined || rule.origin === origin)
        .filter((rule) => kinds.length === 0 || kinds.includes(rule.kind))
        .filter((rule) => includeUndone || rule.undone === null)
        .reverse();
      return Promise.resolve({ rules: rules.slice(offset, offset + limit), totalCount: rules.length });
    },
    getRule: (tenantId, id) => Promise.resolve(rulesOf(tenantId).find((rule) => rule.id === id) ?? null),
    readClusters: (tenantId) => Promise.resolve(clustersOf(tenantId)),
    readSamplesBefore(tenantId, algorithmVersion) {
      const tenant = state.tenants.get(tenantId);
      const old = [...(tenant?.clusters.values() ?? [])].filter(
        (cluster) => cluster.algorithmVersion < algorithmVersion && (cluster.canonicalId ?? null) === null
      );
      const samples = old.flatMap(({ id }): Array<[string, string[]]> => {
        const lines = (tenant?.samples.get(id) ?? []).map(({ text }) => text);
        return lines.length === 0 ? [] : [[id, lines]];
      });
      return Promise.resolve(new Map(samples));
    },
    readClustersById: (tenantId, ids) => Promise.resolve(clustersOf(tenantId).filter(({ id }) => ids.includes(id))),
    change(tenantId, change) {
      const tenant = state.tenants.get(tenantId);
      const sequence = rulesOf(tenantId).at(-1)?.sequence ?? 0;
      if (tenant === undefined || sequence !== change.expectedSequence) {
        const message = 'The rules of clusters were changed by another at the same time';
        return Promise.reject(new PortError({ system: 'pglite', kind: 'conflict', message }));
      }
      applyChange(tenant, change, sequence, nowMs());
      return Promise.resolve(rulesOf(tenantId).filter((rule) => rule.sequence > sequence));
    },
  };
}

function applyChange(tenant: FakeTenant, change: ClusterRuleChange, sequence: number, atMs: number): void {
  let next = sequence;
  const undo = { atMs, by: change.actor };
  tenant.rules = tenant.rules.map((rule) =>
    change.undoneIds.includes(rule.id) && rule.undone === null ? { ...rule, sequence: ++next, undone: undo } : rule
  );
  for (const { origin, kind, body } of change.added) {
    const isKnown = tenant.rules.some(
      (rule) => rule.undone === null && contentOf(rule) === contentOf({ origin, kind, body })
    );
    if (!isKnown) {
      const facts = { id: crypto.randomUUID(), sequence: ++next, createdAtMs: atMs, createdBy: change.actor };
      tenant.rules.push({ origin, kind, body, ...facts, undone: null });
    }
  }
  for (const cluster of change.clusters) {
    if (!tenant.clusters.has(cluster.id)) {
      tenant.clusters.set(cluster.id, cluster);
    }
  }
  for (const { clusterId, canonicalId } of change.canonicalIds) {
    const cluster = tenant.clusters.get(clusterId);
    if (cluster !== undefined) {
      tenant.clusters.set(clusterId, { ...cluster, canonicalId: canonicalId === clusterId ? null : canonicalId });
    }
  }
}

function contentOf({ origin, kind, body }: Pick<ClusterRule, 'origin' | 'kind' | 'body'>): string {
  return JSON.stringify([origin, kind, body]);
}

function presentCluster(cluster: ClusterIdentity): RuledCluster {
  const { id, service, namespace, fingerprint, algorithmVersion, templateText, signature, canonicalId } = cluster;
  const identity = { id, service, namespace, fingerprint, algorithmVersion, templateText };
  return { ...identity, signature: signature ?? '', canonicalId: canonicalId ?? null };
}
