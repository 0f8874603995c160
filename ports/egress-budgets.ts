import type { EgressUse, NewEgressEntry, PassedBudget } from './egress-ledger.ts';
import type { ModelBudgetRow } from './model-settings-store.ts';

/** What a call may cost at the most. */
export type PricedCall = Pick<NewEgressEntry, 'inputTokens' | 'outputTokens' | 'costMicrodollars' | 'leftInstallation'>;

/** The budget that a call would pass, given what has been spent; null: none. What costs nothing passes no budget of money. */
export function passedBudget(call: PricedCall, budgets: ModelBudgetRow, use: EgressUse): PassedBudget | null {
  if (use.callsThisMinute + 1 > budgets.callsPerMinute) {
    return 'calls-per-minute';
  }
  if (use.tokensToday + call.inputTokens + call.outputTokens > budgets.tokensPerDay) {
    return 'tokens-per-day';
  }
  if (call.costMicrodollars === null) {
    return call.leftInstallation ? 'money-unknown' : null;
  }
  const total = use.microdollarsThisMonth + call.costMicrodollars;
  return call.costMicrodollars > 0 && total > budgets.microdollarsPerMonth ? 'money-per-month' : null;
}
