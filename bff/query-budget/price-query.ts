import type { NanosecondRange } from '@loghunter/ports';
import type { QueryPrice } from '../queries/query-feature.ts';
import { describeFit } from './describe-fit.ts';
import type { QueryBudget } from './query-budget.ts';

/** What a person's query would have the log store read, without running it. Without a budget everything fits. */
export async function priceQuery(
  { settings, estimator, clock }: QueryBudget,
  query: string,
  range: NanosecondRange,
  signal: AbortSignal
): Promise<QueryPrice> {
  const { queryBytes, minuteBytes } = settings.limits.people;
  const limitBytes = Math.min(queryBytes, minuteBytes);
  const estimatedBytes = await estimator.estimate(query, range, signal);
  const fits = settings.mode === 'off' || estimatedBytes === null || estimatedBytes <= limitBytes;
  const advice = fits ? null : await describeFit(estimator, clock, { ...range, query, limitBytes, signal });
  return { estimatedBytes, limitBytes, fits, advice };
}
