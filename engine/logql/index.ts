export { lineFilter, matcher, rangeAggregation, selector, sum, withStages } from './build-query.ts';
export { checkQuery, logQueryOf } from './check-query.ts';
export type { CheckedQuery, QueryLimits, QueryRefusal } from './check-query.ts';
export { parseDuration, printDuration } from './durations.ts';
export { LogqlInputError } from './errors.ts';
export { isQueryableLabelName } from './label-names.ts';
export { compileLineFilter, compileMatcher, isExpression } from './match-text.ts';
export { parseQuery } from './parse-query.ts';
export type { ParsedQuery } from './parse-query.ts';
export { partitionSelectors } from './partition-selectors.ts';
export { printQuery } from './print-query.ts';
export { quoteText, unquoteText } from './quoted-text.ts';
export type {
  ComparisonOperator,
  ExpressionParserStage,
  Grouping,
  JsonParserStage,
  LabelComparison,
  LabelCondition,
  LabelExtraction,
  LabelFilterPair,
  LabelFilterStage,
  LabelMatch,
  LabelMatcher,
  LineFilter,
  LineFilterOperator,
  LogfmtParserStage,
  LogQuery,
  MatchOperator,
  MetricQuery,
  PipelineStage,
  Query,
  RangeAggregation,
  RangeOperation,
  UnpackParserStage,
  VectorAggregation,
  VectorOperation,
} from './query.ts';
