import { LogqlInputError } from './errors.ts';
import { compileLineFilter, compileMatcher } from './match-text.ts';
import { parseQuery } from './parse-query.ts';
import type { LabelCondition, LogQuery, Query } from './query.ts';

/** What a query that comes from outside may be. */
export interface QueryLimits {
  /** Longest text in UTF-16 units; 8192 when left out, because the parser needs about 0.1 s for hostile texts of that length. */
  readonly maxLength?: number;
  /** Longest range of a metric query in milliseconds; unlimited when left out. */
  readonly maxRangeMs?: number;
  /** Whether queries that answer with numbers are accepted; true when left out. */
  readonly allowsMetrics?: boolean;
}

/** Why a query is refused. */
export interface QueryRefusal {
  readonly reason:
    | 'too-long'
    | 'invalid'
    | 'not-supported'
    | 'matches-everything'
    | 'invalid-expression'
    | 'range-too-long'
    | 'metric-query';
  /** One sentence for a person. */
  readonly message: string;
}

/** A query that may run, or all the reasons why it may not. */
export type CheckedQuery =
  | { readonly kind: 'accepted'; readonly query: Query }
  | { readonly kind: 'refused'; readonly refusals: readonly QueryRefusal[] };

/** Accepts what the tree can hold, with at least one matcher per selector that cannot match an absent label, within the limits. */
export function checkQuery(text: string, limits: QueryLimits): CheckedQuery {
  const maxLength = limits.maxLength ?? 8192;
  if (text.length > maxLength) {
    return refuse({ reason: 'too-long', message: `the query has ${text.length} characters, ${maxLength} are allowed` });
  }
  const parsed = parseQuery(text);
  if (parsed.kind === 'invalid') {
    return refuse({ reason: 'invalid', message: `${parsed.message} (at character ${parsed.position + 1})` });
  }
  if (parsed.kind === 'not-supported') {
    return refuse({
      reason: 'not-supported',
      message: `not supported here: ${parsed.construct} (at character ${parsed.position + 1})`,
    });
  }
  const refusals = [...refusalsOfMetric(parsed.query, limits), ...refusalsOfLog(logQueryOf(parsed.query))];
  return refusals.length === 0 ? { kind: 'accepted', query: parsed.query } : { kind: 'refused', refusals };
}

function refuse(refusal: QueryRefusal): CheckedQuery {
  return { kind: 'refused', refusals: [refusal] };
}

/** The log query inside a metric query, or the query itself. */
export function logQueryOf(query: Query): LogQuery {
  if (query.kind === 'log') {
    return query;
  }
  return query.kind === 'range-aggregation' ? query.query : logQueryOf(query.of);
}

function refusalsOfMetric(query: Query, limits: QueryLimits): readonly QueryRefusal[] {
  if (query.kind === 'log') {
    return [];
  }
  const refusals: QueryRefusal[] = [];
  if (limits.allowsMetrics === false) {
    refusals.push({ reason: 'metric-query', message: 'only a query for lines is allowed here' });
  }
  const rangeMs = Number(rangeOf(query) / 1_000_000n);
  if (limits.maxRangeMs !== undefined && rangeMs > limits.maxRangeMs) {
    refusals.push({
      reason: 'range-too-long',
      message: `the range has ${rangeMs} ms, ${limits.maxRangeMs} are allowed`,
    });
  }
  return refusals;
}

function rangeOf(query: Exclude<Query, LogQuery>): bigint {
  return query.kind === 'range-aggregation' ? query.rangeNs : rangeOf(query.of);
}

function refusalsOfLog(query: LogQuery): readonly QueryRefusal[] {
  try {
    // Compiling all expressions finds the invalid ones before Loki does.
    for (const stage of query.stages) {
      if (stage.kind === 'line-filter') {
        compileLineFilter(stage);
      } else if (stage.kind === 'label-filter') {
        compileCondition(stage.condition);
      }
    }
    const isSelective = query.matchers.map(compileMatcher).some((matches) => !matches(''));
    return isSelective
      ? []
      : [{ reason: 'matches-everything', message: 'the selector needs a matcher that does not match an absent label' }];
  } catch (error) {
    if (error instanceof LogqlInputError) {
      return [{ reason: 'invalid-expression', message: error.message }];
    }
    throw error;
  }
}

function compileCondition(condition: LabelCondition): void {
  if (condition.kind === 'match') {
    compileMatcher(condition.matcher);
  } else if (condition.kind !== 'comparison') {
    compileCondition(condition.left);
    compileCondition(condition.right);
  }
}
