import type { ClusterRuleResponse, ListClusterRulesResponse, NewClusterRule, RequestOf } from '@loghunter/contracts';
import { maxUserRuleCount, type UserRule } from '@loghunter/engine/cluster-rules';
import { isPortError, type ClusterRule, type ClusterRuleChange, type ClusterRuleContent } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import type { ClusterRuleFeature, LiveClusterRuleFeature } from './cluster-rule-feature.ts';
import { presentRule } from './present-rule.ts';
import { readRule } from './read-rule.ts';

const defaultPageSize = 50;
const userKinds = ['merge', 'mask', 'split', 'rename'] as const;

/** Answers the rules that people made. */
export async function listClusterRules(
  feature: ClusterRuleFeature,
  request: RequestOf<'listClusterRules'>
): Promise<ListClusterRulesResponse> {
  await feature.identifier.rules.refresh();
  const { rules, totalCount } = await feature.clusterRules.listRules(feature.tenantId, {
    origin: 'user',
    kinds: request.kind ?? userKinds,
    includeUndone: request.includeUndone === 'true',
    limit: request.limit ?? defaultPageSize,
    offset: request.offset ?? 0,
  });
  const presented = rules.flatMap((rule) => presentRule(feature, rule) ?? []);
  return { rules: presented, totalCount, maxRuleCount: maxUserRuleCount };
}

/** Makes a rule; stored clusters follow in the same transaction, future lines within seconds on every replica. */
export async function createClusterRule(
  feature: LiveClusterRuleFeature,
  request: RequestOf<'createClusterRule'>,
  context: CallContext
): Promise<ClusterRuleResponse> {
  const rule = await readRule(feature, request.rule);
  const changed = await changeRules(feature, context, { added: [toContent(feature, rule)], undoneIds: [] });
  return respond(feature, changed, 'Somebody else made the same rule at the same time.');
}

/** Undoes a rule: whatever it moved is where it was, also what was counted in between. */
export async function undoClusterRule(
  feature: LiveClusterRuleFeature,
  request: RequestOf<'undoClusterRule'>,
  context: CallContext
): Promise<ClusterRuleResponse> {
  const stored = await feature.clusterRules.getRule(feature.tenantId, request.id);
  if (stored?.origin !== 'user') {
    throw new ProblemError('not-found', `There is no rule ${request.id}.`);
  }
  const changed =
    stored.undone === null ? await changeRules(feature, context, { added: [], undoneIds: [stored.id] }) : [];
  return respond(feature, changed, 'This rule is undone already.');
}

// Titles may go back to an earlier one, whose rule may still be in force: the rule that it follows sets it apart.
function toContent({ identifier }: ClusterRuleFeature, rule: UserRule): ClusterRuleContent {
  const { kind, ...body } = rule;
  const last = identifier.rules.userRules.rules.findLast((known) => known.rule.kind === 'rename');
  return { origin: 'user', kind, body: kind === 'rename' ? { ...body, follows: last?.id ?? null } : body };
}

async function changeRules(
  { identifier }: ClusterRuleFeature,
  { principal }: CallContext,
  change: Pick<ClusterRuleChange, 'added' | 'undoneIds'>
): Promise<readonly ClusterRule[]> {
  try {
    return await identifier.rules.changeUserRules({ actor: principal.actor.name, ...change });
  } catch (error) {
    if (isPortError(error) && error.kind === 'conflict') {
      throw new ProblemError('conflict', 'Somebody else changed rules at the same time. Try again.', { cause: error });
    }
    throw error;
  }
}

async function respond(
  feature: LiveClusterRuleFeature,
  changed: readonly ClusterRule[],
  textWithoutChange: string
): Promise<ClusterRuleResponse> {
  const own = changed.find(({ origin }) => origin === 'user');
  const rule = own === undefined ? null : presentRule(feature, own);
  if (rule === null) {
    throw new ProblemError('conflict', textWithoutChange);
  }
  await feature.live.announce(feature.tenantId, 'cluster-rule', [rule.id, ...clustersOf(rule.rule)]);
  return { rule };
}

function clustersOf(rule: NewClusterRule): readonly string[] {
  return rule.kind === 'merge' ? [rule.intoId, ...rule.clusterIds] : [rule.clusterId];
}
