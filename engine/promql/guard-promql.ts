// The gate for every PromQL query that comes from outside: judged node by node, bound to the policy's matchers and written again.
import { parser } from '@prometheus-io/lezer-promql';

import { LogqlInputError } from '../logql/errors.ts';
import type { LabelMatcher } from '../logql/log-query.ts';
import { compileMatcher } from '../logql/match-text.ts';
import { lengthRefusal, requireWritable } from '../logql/query-limits.ts';
import { requireAllowedNodes } from './allowed-nodes.ts';
import { printBound } from './print-bound.ts';
import { readSelectors } from './read-selectors.ts';
import type { WrittenSelector } from './read-selectors.ts';
import { readTimes } from './read-times.ts';
import type { ReadTime } from './read-times.ts';
import { Refused } from './refused.ts';

/** What a PromQL query that comes from outside may be, and what it is bound to. */
export interface PromqlPolicy {
  /** Matchers that every selector gets in addition to its own. Empty for none. */
  readonly forced: readonly LabelMatcher[];
  /** Longest text in UTF-16 units; at most and when left out 8192. */
  readonly maxLength?: number;
  /** Longest range in brackets, of a subquery too, in milliseconds; unlimited when left out. */
  readonly maxRangeMs?: number;
  /** Farthest offset, back or forward, in milliseconds; unlimited when left out. */
  readonly maxOffsetMs?: number;
  /** Most evaluations that subqueries may cause for one value, those inside each other multiplied; 11,000 when left out, as Prometheus has it for points of a series. */
  readonly maxEvaluations?: number;
  /** Times that `@` may name, in milliseconds since 1970, both included; none when left out. `@ start()` and `@ end()` are always allowed. */
  readonly atTimes?: { readonly fromMs: number; readonly toMs: number };
  /** Most selectors in one query; 20 when left out. */
  readonly maxSelectors?: number;
}

/** Why a query is refused. */
export interface PromqlRefusal {
  readonly reason:
    | 'too-long'
    | 'invalid'
    | 'not-supported'
    | 'matches-everything'
    | 'invalid-expression'
    | 'range-too-long'
    | 'offset-too-far'
    | 'too-many-evaluations'
    | 'time-out-of-bounds'
    | 'too-many-selectors';
  /** One sentence for a person. */
  readonly message: string;
  /** Where in the text, in UTF-16 units from 0; null when it is about the whole query. */
  readonly position: number | null;
}

/** A query that may run, or all the reasons why it may not. */
export type GuardedPromql =
  | {
      readonly kind: 'allowed';
      /** What may be sent to Prometheus. Never send the text that came in. */
      readonly text: string;
      /** What Prometheus reads: the matchers of each selector, metric name first, forced ones last. */
      readonly selectors: ReadonlyArray<readonly LabelMatcher[]>;
      /** How far before the asked times it reads, in milliseconds. */
      readonly reachBackMs: number;
    }
  | { readonly kind: 'refused'; readonly refusals: readonly PromqlRefusal[] };

const defaultMaxSelectors = 20;
const defaultMaxEvaluations = 11_000;

/**
 * Judges a PromQL query as `guardQuery` judges LogQL: an error in the text or a node that is not on the list refuses it, every selector
 * needs a metric name or a matcher that does not match an absent label, and gets the forced matchers in addition.
 * Throws `LogqlInputError` for a policy whose forced matchers cannot be written.
 */
export function guardPromql(text: string, policy: PromqlPolicy): GuardedPromql {
  requireWritable(policy.forced, 'PromQL', (name) => /^[A-Za-z_]\w*$/.test(name));
  const tooLong = lengthRefusal(text, policy.maxLength);
  if (tooLong !== null) {
    return { kind: 'refused', refusals: [tooLong] };
  }
  try {
    return judge(text, policy);
  } catch (error) {
    if (error instanceof Refused) {
      const { reason, message, position } = error;
      const prefix = reason === 'not-supported' ? 'not supported here: ' : '';
      return { kind: 'refused', refusals: [{ reason, message: `${prefix}${message}`, position }] };
    }
    throw error;
  }
}

function judge(text: string, policy: PromqlPolicy): GuardedPromql {
  const tree = parser.parse(text);
  requireAllowedNodes(text, tree);
  const selectors = readSelectors(text, tree);
  const { times, reachBackMs } = readTimes(text, tree);
  const maxSelectors = policy.maxSelectors ?? defaultMaxSelectors;
  const refusals = [...selectors.flatMap(refusalsOfSelector), ...times.flatMap((time) => refusalsOfTime(time, policy))];
  if (selectors.length > maxSelectors) {
    const message = `the query has ${selectors.length} selectors, ${maxSelectors} are allowed`;
    refusals.push({ reason: 'too-many-selectors', message, position: null });
  }
  if (refusals.length > 0) {
    return { kind: 'refused', refusals };
  }
  const bound = printBound(text, tree, selectors, policy.forced);
  requireBound(bound, selectors, policy.forced);
  const touched = selectors.map((selector) => [...matchersOf(selector), ...policy.forced]);
  return { kind: 'allowed', text: bound, selectors: touched, reachBackMs };
}

/** Reads what was written: should the writing ever lose a matcher, nothing may be sent. */
function requireBound(bound: string, selectors: readonly WrittenSelector[], forced: readonly LabelMatcher[]): void {
  const tree = parser.parse(bound);
  requireAllowedNodes(bound, tree);
  const again = readSelectors(bound, tree);
  const isBound = again.every(({ metricName, matchers }, index) => {
    const asked = selectors[index];
    const expected = [...(asked?.matchers ?? []), ...forced];
    return metricName === asked?.metricName && JSON.stringify(matchers) === JSON.stringify(expected);
  });
  if (!isBound || again.length !== selectors.length) {
    throw new Refused('not-supported', 'a query that cannot be written again safely', 0);
  }
}

function matchersOf({ metricName, matchers }: WrittenSelector): readonly LabelMatcher[] {
  return metricName === null ? matchers : [{ name: '__name__', operator: '=', value: metricName }, ...matchers];
}

function refusalsOfSelector(selector: WrittenSelector): readonly PromqlRefusal[] {
  const position = selector.from;
  try {
    const isSelective = matchersOf(selector)
      .map(compileMatcher)
      .some((matches) => !matches(''));
    const message = 'a selector needs a metric name or a matcher that does not match an absent label';
    return isSelective ? [] : [{ reason: 'matches-everything', message, position }];
  } catch (error) {
    if (error instanceof LogqlInputError) {
      return [{ reason: 'invalid-expression', message: error.message, position }];
    }
    throw error;
  }
}

function refusalsOfTime(time: ReadTime, policy: PromqlPolicy): readonly PromqlRefusal[] {
  const { kind, timeMs, evaluationCount, position } = time;
  const maxEvaluations = policy.maxEvaluations ?? defaultMaxEvaluations;
  const refusals: PromqlRefusal[] = [];
  if ((kind === 'range' || kind === 'subquery') && timeMs > (policy.maxRangeMs ?? Infinity)) {
    const message = `the range is ${timeMs} ms, ${policy.maxRangeMs} are allowed`;
    refusals.push({ reason: 'range-too-long', message, position });
  }
  // Written so that a count that is no number is too many.
  if (kind === 'subquery' && !(evaluationCount <= maxEvaluations)) {
    const message = `the subquery is evaluated ${evaluationCount} times for one value, ${maxEvaluations} are allowed`;
    refusals.push({ reason: 'too-many-evaluations', message, position });
  }
  if (kind === 'offset' && timeMs > (policy.maxOffsetMs ?? Infinity)) {
    const message = `the offset is ${timeMs} ms, ${policy.maxOffsetMs} are allowed`;
    refusals.push({ reason: 'offset-too-far', message, position });
  }
  const { atTimes } = policy;
  if (kind === 'at' && (atTimes === undefined || timeMs < atTimes.fromMs || timeMs > atTimes.toMs)) {
    refusals.push({ reason: 'time-out-of-bounds', message: `the time ${timeMs} after @ is not allowed`, position });
  }
  return refusals;
}
