import type {
  CreateRedactionRuleResponse,
  DeleteRedactionRuleResponse,
  ListRedactionRulesResponse,
  RedactionRule,
  RequestOf,
} from '@loghunter/contracts';
import { checkTenantRule, maxTenantRuleCount, type TenantRule } from '@loghunter/engine/redaction';
import { isPortError, type RedactionCount, type RedactionRuleRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { toTimestamp } from '../http/time-range.ts';
import type { RedactionFeature } from './redaction-feature.ts';
import { createTextRedactor } from './stored-text-redaction.ts';

/** Answers the tenant's own rules and what each rule took out. */
export async function listRedactionRules(feature: RedactionFeature): Promise<ListRedactionRulesResponse> {
  const { redactionStore, tenantId } = feature;
  const [rules, counts] = await Promise.all([redactionStore.listRules(tenantId), redactionStore.readCounts(tenantId)]);
  const builtIn = [...counts].filter(([name]) => !name.startsWith('own-'));
  return {
    rules: rules.map((rule) => presentRule(rule, counts.get(`own-${rule.name}`))),
    builtIn: builtIn
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => ({ name, ...presentCount(count) })),
    maxRuleCount: maxTenantRuleCount,
  };
}

/** Makes a rule, and takes what it finds out of the texts that are stored already. */
export async function createRedactionRule(
  feature: RedactionFeature,
  request: RequestOf<'createRedactionRule'>,
  context: CallContext
): Promise<CreateRedactionRuleResponse> {
  requireUsable(request, 'body');
  const { redactionStore, tenantId } = feature;
  const known = await redactionStore.listRules(tenantId);
  if (known.length >= maxTenantRuleCount) {
    throw new ProblemError('conflict', `A tenant may have ${maxTenantRuleCount} rules; delete one first.`);
  }
  const createdBy = context.principal.actor.name;
  const rule = await redactionStore.createRule(tenantId, { ...request, createdBy }).catch((error: unknown) => {
    throw isPortError(error) && error.kind === 'conflict' && !error.isRetryable
      ? new ProblemError('conflict', `Another rule is named ${request.name}.`, { cause: error })
      : error;
  });
  const redactor = createTextRedactor([...known, rule]);
  const rewrittenTextCount =
    (await redactionStore.rewriteTexts(tenantId, redactor)) +
    (await feature.analyses.rewriteTexts(tenantId, redactor)) +
    (await feature.investigations.rewriteTexts(tenantId, redactor));
  await redactionStore.addCounts(tenantId, redactor.counts);
  const counts = await redactionStore.readCounts(tenantId);
  return { rule: presentRule(rule, counts.get(`own-${rule.name}`)), rewrittenTextCount };
}

/** Ends a rule: texts that are stored from now on are not searched by it. */
export async function deleteRedactionRule(
  feature: RedactionFeature,
  request: RequestOf<'deleteRedactionRule'>
): Promise<DeleteRedactionRuleResponse> {
  if (!(await feature.redactionStore.deleteRule(feature.tenantId, request.id))) {
    throw new ProblemError('not-found', 'There is no such rule.');
  }
  return { id: request.id };
}

/** Throws `ProblemError` `invalid-request` for a rule that cannot be used, with the reason for its author. */
export function requireUsable(rule: TenantRule, place: string): void {
  const check = checkTenantRule(rule);
  if (check.kind === 'refused') {
    const errors = [{ path: `${place}.pattern`, message: check.reason }];
    throw new ProblemError('invalid-request', check.reason, { errors });
  }
}

function presentRule(rule: RedactionRuleRow, count: RedactionCount | undefined): RedactionRule {
  const { id, name, form, pattern, ignoresCase, createdBy, createdAtMs } = rule;
  const facts = { id, name, form, pattern, ignoresCase, createdBy, createdAt: toTimestamp(createdAtMs) };
  return { ...facts, ...presentCount(count) };
}

function presentCount(count: RedactionCount | undefined): Pick<RedactionRule, 'matchCount' | 'lastMatchedAt'> {
  return count === undefined
    ? { matchCount: 0, lastMatchedAt: null }
    : { matchCount: count.matchCount, lastMatchedAt: toTimestamp(count.lastMatchedAtMs) };
}
