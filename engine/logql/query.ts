import type { LogQuery } from './log-query.ts';
import type { MetricQuery, RangeAggregation } from './metric-query.ts';

/** A LogQL query as LogHunter builds, checks and prints it. */
export type Query = LogQuery | MetricQuery;

/** The range aggregations inside a metric query, from left to right: the only parts that read lines. */
export function rangeAggregationsOf(query: MetricQuery): readonly RangeAggregation[] {
  switch (query.kind) {
    case 'range-aggregation':
      return [query];
    case 'vector-aggregation':
    case 'label_replace':
      return rangeAggregationsOf(query.of);
    case 'binary-operation':
      return [...rangeAggregationsOf(query.left), ...rangeAggregationsOf(query.right)];
    case 'number':
    case 'vector':
      return [];
  }
}

/** The log queries inside a query, from left to right; none for numbers. */
export function logQueriesOf(query: Query): readonly LogQuery[] {
  return query.kind === 'log' ? [query] : rangeAggregationsOf(query).map((aggregation) => aggregation.query);
}

/** The query with each of its log queries replaced. */
export function mapLogQueries(query: Query, replace: (query: LogQuery) => LogQuery): Query {
  return query.kind === 'log' ? replace(query) : mapMetricQuery(query, replace);
}

function mapMetricQuery(query: MetricQuery, replace: (query: LogQuery) => LogQuery): MetricQuery {
  switch (query.kind) {
    case 'range-aggregation':
      return { ...query, query: replace(query.query) };
    case 'vector-aggregation':
    case 'label_replace':
      return { ...query, of: mapMetricQuery(query.of, replace) };
    case 'binary-operation':
      return { ...query, left: mapMetricQuery(query.left, replace), right: mapMetricQuery(query.right, replace) };
    case 'number':
    case 'vector':
      return query;
  }
}
