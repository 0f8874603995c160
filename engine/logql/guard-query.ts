// The gate for every query that comes from outside: read into the tree, judged, bound to the policy's matchers and printed again.
import { isQueryableLabelName } from './label-names.ts';
import { faultsOf } from './check-expressions.ts';
import { printDuration } from './durations.ts';
import type { LabelCondition, LabelMatcher, LogQuery } from './log-query.ts';
import type { RangeAggregation } from './metric-query.ts';
import { parseQuery, selectorPositions } from './parse-query.ts';
import { printQuery } from './print-query.ts';
import { lengthRefusal, requireWritable } from './query-limits.ts';
import { logQueriesOf, mapLogQueries, rangeAggregationsOf } from './query.ts';
import type { Query } from './query.ts';

/** What a query that comes from outside may be, and what it is bound to. */
export interface QueryPolicy {
  /** Matchers that every selector gets in addition to its own: the tenant's, the namespace's. Empty for none. */
  readonly forced: readonly LabelMatcher[];
  /** Longest text in UTF-16 units; at most and when left out 8192, because the parser needs about 0.1 s for hostile texts of that length. */
  readonly maxLength?: number;
  /** Longest range in brackets, in milliseconds; unlimited when left out. */
  readonly maxRangeMs?: number;
  /** Farthest offset, back or forward, in milliseconds; unlimited when left out. */
  readonly maxOffsetMs?: number;
  /** Most selectors in one query, each of which Loki reads for itself; 20 when left out. */
  readonly maxSelectors?: number;
  /** Whether queries that answer with numbers are accepted; true when left out. */
  readonly allowsMetrics?: boolean;
  /**
   * Stages that the query may not have; none when left out. A policy for queries that nobody reads before they run should refuse
   * `line_format` and `label_format`: a template can make gigabytes of a line (by doubling a label again and again), and Loki has no limit.
   */
  readonly refusedStages?: ReadonlySet<LogQuery['stages'][number]['kind']>;
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
    | 'offset-too-far'
    | 'too-many-selectors'
    | 'refused-stage'
    | 'metric-query';
  /** One sentence for a person. */
  readonly message: string;
  /** Where in the text, in UTF-16 units from 0: the mistake, or the start of the selector in question; null for the whole query. */
  readonly position: number | null;
}

/** A query that may run, or all the reasons why it may not. */
export type GuardedQuery =
  | {
      readonly kind: 'allowed';
      /** What may be sent to Loki: printed from the tree, with the forced matchers in every selector. Never send the text that came in. */
      readonly text: string;
      readonly query: Query;
      /** What Loki reads for it: the selectors with the forced matchers; none for a query of numbers only. */
      readonly selectors: ReadonlyArray<readonly LabelMatcher[]>;
      /** How far before the first and after the last asked time it reads, in milliseconds, 0 or more. */
      readonly reachBackMs: number;
      readonly reachForwardMs: number;
    }
  | { readonly kind: 'refused'; readonly refusals: readonly QueryRefusal[] };

const defaultMaxSelectors = 20;

/**
 * Judges a query of people or of a language model. A forced matcher is added to what the query asks, never put in its place: all matchers of a
 * selector must hold, so one that contradicts a forced matcher gives nothing. The time is linear in the text's length, which is capped.
 * Loki's answer is bound to the forced matchers; the labels that it shows are not, because `label_format` can write any label.
 * Throws `LogqlInputError` for a policy whose forced matchers LogQL cannot hold.
 * Example: `guardQuery('{app="shop"}', { forced: [matcher('namespace', '=', 'team-a')] })` allows `{app="shop", namespace="team-a"}`.
 */
export function guardQuery(text: string, policy: QueryPolicy): GuardedQuery {
  requireWritable(policy.forced, 'LogQL', isQueryableLabelName);
  const tooLong = lengthRefusal(text, policy.maxLength);
  if (tooLong !== null) {
    return refuse([tooLong]);
  }
  const parsed = parseQuery(text);
  if (parsed.kind !== 'query') {
    const message = parsed.kind === 'invalid' ? parsed.message : `not supported here: ${parsed.construct}`;
    const isExpression = parsed.kind === 'invalid' && parsed.isExpression === true;
    const reason = isExpression ? 'invalid-expression' : parsed.kind;
    const place = ` (at character ${parsed.position + 1})`;
    return refuse([{ reason, message: `${message}${place}`, position: parsed.position }]);
  }
  const refusals = [...refusalsOfMetric(parsed.query, policy), ...refusalsOfParts(text, parsed.query, policy)];
  return refusals.length === 0 ? allow(parsed.query, policy.forced) : refuse(refusals);
}

function refuse(refusals: readonly QueryRefusal[]): GuardedQuery {
  return { kind: 'refused', refusals };
}

function allow(asked: Query, forced: readonly LabelMatcher[]): GuardedQuery {
  const query = mapLogQueries(asked, (log) => ({ ...log, matchers: [...log.matchers, ...forced] }));
  const text = printQuery(query);
  const again = parseQuery(text);
  // The printer is proven to keep trees; should it ever not, nothing may reach Loki.
  if (
    again.kind !== 'query' ||
    printQuery(again.query) !== text ||
    !logQueriesOf(again.query).every(holdsAll(forced))
  ) {
    return refuse([{ reason: 'not-supported', message: 'the query cannot be written again safely', position: null }]);
  }
  const reaches = query.kind === 'log' ? [] : rangeAggregationsOf(query).map(reachOf);
  return {
    kind: 'allowed',
    text,
    query,
    selectors: logQueriesOf(query).map(({ matchers }) => matchers),
    reachBackMs: Math.max(0, ...reaches.map(({ backMs }) => backMs)),
    reachForwardMs: Math.max(0, ...reaches.map(({ forwardMs }) => forwardMs)),
  };
}

function holdsAll(forced: readonly LabelMatcher[]): (query: LogQuery) => boolean {
  return ({ matchers }) =>
    forced.every(({ name, operator, value }) =>
      matchers.some((own) => own.name === name && own.operator === operator && own.value === value)
    );
}

function reachOf({ rangeNs, offsetNs }: RangeAggregation): { readonly backMs: number; readonly forwardMs: number } {
  return { backMs: Math.ceil(Number(rangeNs + offsetNs) / 1e6), forwardMs: Math.ceil(Number(-offsetNs) / 1e6) };
}

function refusalsOfMetric(query: Query, policy: QueryPolicy): readonly QueryRefusal[] {
  if (query.kind === 'log') {
    return [];
  }
  const refusals: QueryRefusal[] = [];
  if (policy.allowsMetrics === false) {
    refusals.push({ reason: 'metric-query', message: 'only a query for lines is allowed here', position: null });
  }
  const count = rangeAggregationsOf(query).length;
  const maxCount = policy.maxSelectors ?? defaultMaxSelectors;
  if (count > maxCount) {
    const message = `the query has ${count} selectors, ${maxCount} are allowed`;
    refusals.push({ reason: 'too-many-selectors', message, position: null });
  }
  return refusals;
}

interface QueryPart {
  readonly log: LogQuery;
  readonly conditions: readonly LabelCondition[];
  readonly rangeNs: bigint;
  readonly offsetNs: bigint;
}

function partsOf(query: Query): readonly QueryPart[] {
  if (query.kind === 'log') {
    return [{ log: query, conditions: [], rangeNs: 0n, offsetNs: 0n }];
  }
  return rangeAggregationsOf(query).map(({ query: log, unwrap, rangeNs, offsetNs }) => ({
    log,
    conditions: unwrap?.conditions ?? [],
    rangeNs,
    offsetNs: offsetNs < 0n ? -offsetNs : offsetNs,
  }));
}

function refusalsOfParts(text: string, query: Query, policy: QueryPolicy): readonly QueryRefusal[] {
  // The parts come in the order in which their selectors are written.
  const positions = selectorPositions(text);
  return partsOf(query).flatMap((part, index) => {
    const position = positions[index] ?? null;
    return [...limitsBrokenBy(part, policy), ...faultsOf(part.log, part.conditions)].map((fault) => ({
      ...fault,
      position,
    }));
  });
}

function limitsBrokenBy(
  { log, rangeNs, offsetNs }: QueryPart,
  policy: QueryPolicy
): ReadonlyArray<Omit<QueryRefusal, 'position'>> {
  const broken: Array<Omit<QueryRefusal, 'position'>> = [];
  if (isLonger(rangeNs, policy.maxRangeMs)) {
    const message = `the range is ${printDuration(rangeNs)}, ${policy.maxRangeMs} ms are allowed`;
    broken.push({ reason: 'range-too-long', message });
  }
  if (isLonger(offsetNs, policy.maxOffsetMs)) {
    const message = `the offset is ${printDuration(offsetNs)}, ${policy.maxOffsetMs} ms are allowed`;
    broken.push({ reason: 'offset-too-far', message });
  }
  for (const { kind } of log.stages) {
    if (policy.refusedStages?.has(kind) === true) {
      broken.push({ reason: 'refused-stage', message: `${kind} is not allowed here` });
    }
  }
  return broken;
}

function isLonger(durationNs: bigint, limitMs: number | undefined): boolean {
  return limitMs !== undefined && durationNs > BigInt(Math.floor(limitMs)) * 1_000_000n;
}
