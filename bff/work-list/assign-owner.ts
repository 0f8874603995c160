import { labelOf, type Labels } from '@loghunter/engine/records';
import type { Assignee, ListedWork, OwnerRuleRow } from '@loghunter/ports';
import type { ClusterFeature } from '../clusters/cluster-feature.ts';

const minuteMs = 60_000;
/** A cluster's busiest streams say whose it is. */
const maxStreams = 20;

/** Who gets a cluster by the first rule that holds; null: nobody. */
export async function assignOwner(
  feature: Pick<ClusterFeature, 'tenantId' | 'clusters'>,
  row: ListedWork,
  rules: readonly OwnerRuleRow[]
): Promise<Assignee | null> {
  if (rules.length === 0) {
    return null;
  }
  const range = {
    fromMs: Math.floor(row.firstSeenMs / minuteMs) * minuteMs,
    toMs: Math.floor(row.lastSeenMs / minuteMs) * minuteMs + minuteMs,
  };
  const streams = await feature.clusters.listStreams(feature.tenantId, row.clusterId, range, maxStreams);
  const { service, namespace } = row;
  const holders: readonly Labels[] = [...streams.map(({ labels }) => labels), { service, namespace }];
  return findOwner(rules, holders);
}

/** Whose something is that has these sets of labels, by the first rule that holds for one of them; null: nobody's. */
export function findOwner(rules: readonly OwnerRuleRow[], holders: readonly Labels[]): Assignee | null {
  const rule = rules.find(({ label, value }) => holders.some((labels) => labelOf(labels, label) === value));
  return rule?.assignee ?? null;
}
