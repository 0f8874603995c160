import type { ClusterRule, HistoryEntry, NewClusterRule, RequestOf, ResponseOf } from '@loghunter/contracts';
import type { CommentRow, WrittenWorkChange } from '@loghunter/ports';
import { presentRule } from '../cluster-rules/present-rule.ts';
import type { Principal } from '../http/principal.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { toTimestamp } from '../http/time-range.ts';
import { isMine, requireKnownCluster } from './comments.ts';
import { presentPutAway } from './present-work.ts';
import type { WorkListFeature } from './work-list-feature.ts';

/** Things of each kind: more than a person reads. */
const maxEntries = 500;
/** A tenant has no more rules in force; undone ones beyond these are old. */
const maxRules = 2000;
const ruleKinds = ['merge', 'mask', 'split', 'rename'] as const;

/** `GET /api/v1/clusters/{id}/history` */
export async function listClusterHistory(
  feature: WorkListFeature,
  { id }: RequestOf<'listClusterHistory'>,
  { principal }: CallContext
): Promise<ResponseOf<'listClusterHistory'>> {
  await requireKnownCluster(feature, id);
  const { tenantId, workList } = feature;
  const [changes, comments, rules] = await Promise.all([
    workList.listChanges(tenantId, id, maxEntries),
    workList.listComments(tenantId, id, maxEntries),
    listRules(feature, id),
  ]);
  const entries = [
    ...changes.flatMap(presentChange),
    ...comments.map((row) => presentComment(row, principal)),
    ...rules.flatMap(presentRuleEntries),
  ];
  return { entries: entries.toSorted((a, b) => (a.at === b.at ? compareIds(b.id, a.id) : a.at < b.at ? 1 : -1)) };
}

// Of one moment, what was written later comes first; ids of changes are numbers.
function compareIds(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function presentChange({ id, atMs, actor, reason, before, after }: WrittenWorkChange): HistoryEntry[] {
  const entry = { at: toTimestamp(atMs), by: actor?.name ?? '', reason };
  const states: HistoryEntry[] = isSame(before.work, after.work)
    ? []
    : [
        {
          ...{ ...entry, id: `${id}-state`, kind: 'state', from: before.work?.state ?? null, to: after.work.state },
          ...presentPutAway(after.work),
        },
      ];
  // What was taken over from other clusters is a decision of people, not of a rule.
  const isByRule = before.work === null && before.memberIds === undefined;
  const assignments: HistoryEntry[] = isSame(before.assignee, after.assignee)
    ? []
    : [
        {
          ...{ ...entry, id: `${id}-assignment`, kind: 'assignment', from: before.assignee, to: after.assignee },
          reason: isByRule ? 'owner-rule' : reason,
        },
      ];
  return [...assignments, ...states];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function presentComment(row: CommentRow, principal: Principal): HistoryEntry {
  const { id, atMs, actor, text } = row;
  return { id, kind: 'comment', at: toTimestamp(atMs), by: actor.name, text, isMine: isMine(row, principal) };
}

async function listRules(feature: WorkListFeature, clusterId: string): Promise<readonly ClusterRule[]> {
  await feature.identifier.rules.refresh();
  const { rules } = await feature.clusterRules.listRules(feature.tenantId, {
    ...{ origin: 'user', kinds: ruleKinds, includeUndone: true, limit: maxRules, offset: 0 },
  });
  return rules
    .flatMap((stored) => presentRule(feature, stored) ?? [])
    .filter(({ rule }) => clustersOf(rule).includes(clusterId));
}

function clustersOf(rule: NewClusterRule): readonly string[] {
  return rule.kind === 'merge' ? [...rule.clusterIds, rule.intoId] : [rule.clusterId];
}

function presentRuleEntries({ id, rule, createdAt, createdBy, undone }: ClusterRule): HistoryEntry[] {
  const facts = { ruleId: id, ruleKind: rule.kind, ...(rule.kind === 'rename' ? { title: rule.title } : {}) };
  const made: HistoryEntry = { id, kind: 'rule', at: createdAt, by: createdBy, ...facts };
  return undone === null
    ? [made]
    : [made, { ...facts, id: `${id}-undone`, kind: 'rule-undone', at: undone.at, by: undone.by }];
}
