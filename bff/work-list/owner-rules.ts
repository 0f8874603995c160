import type { OwnerRule, RequestOf, ResponseOf } from '@loghunter/contracts';
import { isPortError, type OwnerRuleRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { toTimestamp } from '../http/time-range.ts';
import type { WorkListFeature } from './work-list-feature.ts';

/** `GET /api/v1/owner-rules` */
export async function listOwnerRules({ tenantId, workList }: WorkListFeature): Promise<ResponseOf<'listOwnerRules'>> {
  return { ownerRules: (await workList.listOwnerRules(tenantId)).map(presentRule) };
}

/** `POST /api/v1/owner-rules` */
export async function createOwnerRule(
  { tenantId, workList, live }: WorkListFeature,
  { label, value, assignee }: RequestOf<'createOwnerRule'>,
  { principal }: CallContext
): Promise<OwnerRule> {
  try {
    const rule = { label, value, assignee, createdBy: principal.actor.name };
    const made = await workList.createOwnerRule(tenantId, rule);
    await live.announce(tenantId, 'owner-rule', [made.id]);
    return presentRule(made);
  } catch (error) {
    if (isPortError(error) && error.kind === 'conflict' && !error.isRetryable) {
      throw new ProblemError('conflict', `${label}=${value} has an owner already.`, { cause: error });
    }
    throw error;
  }
}

/** `DELETE /api/v1/owner-rules/{id}` */
export async function deleteOwnerRule(
  { tenantId, workList, live }: WorkListFeature,
  { id }: RequestOf<'deleteOwnerRule'>
): Promise<ResponseOf<'deleteOwnerRule'>> {
  if (!(await workList.hideOwnerRule(tenantId, id))) {
    throw new ProblemError('not-found', `There is no owner rule ${id}.`);
  }
  await live.announce(tenantId, 'owner-rule', [id]);
  return { id };
}

function presentRule({ createdAtMs, assignee, ...rule }: OwnerRuleRow): OwnerRule {
  return { ...rule, assignee: { ...assignee }, createdAt: toTimestamp(createdAtMs) };
}
