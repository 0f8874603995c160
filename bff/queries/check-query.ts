import type { CheckQueryResponse, RequestOf } from '@loghunter/contracts';
import { guardQuery } from '@loghunter/engine/logql';
import { guardPromql } from '@loghunter/engine/promql';
import type { CallContext } from '../http/route-handlers.ts';
import { readTimeRange, toNanosecondRange } from '../http/time-range.ts';
import type { QueryFeature } from './query-feature.ts';
import { forcedMatchersOf, queryLimits } from './query-policy.ts';

/** Answers whether a query may run, what would be sent and what it would cost; sends nothing but questions to the index. */
export async function checkQuery(
  feature: QueryFeature,
  request: RequestOf<'checkQuery'>,
  context: CallContext
): Promise<CheckQueryResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const forced = forcedMatchersOf(feature, request.namespace ?? []);
  if (request.language === 'promql') {
    const atTimes = { fromMs: range.fromMs, toMs: range.toMs };
    const guarded = guardPromql(request.query, { ...queryLimits, forced, atTimes });
    return guarded.kind === 'allowed'
      ? { isAllowed: true, query: guarded.text, refusals: [], cost: null }
      : { isAllowed: false, query: null, refusals: [...guarded.refusals], cost: null };
  }
  const guarded = guardQuery(request.query, { ...queryLimits, forced });
  if (guarded.kind === 'refused') {
    return { isAllowed: false, query: null, refusals: [...guarded.refusals], cost: null };
  }
  const reached = {
    fromMs: Math.max(0, range.fromMs - guarded.reachBackMs),
    toMs: range.toMs + guarded.reachForwardMs,
  };
  const cost = await feature.priceQuery(guarded.text, toNanosecondRange(reached), context.signal);
  return { isAllowed: true, query: guarded.text, refusals: [], cost };
}
