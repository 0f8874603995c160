export { anyOf, lineFilter, matcher, rangeAggregation, selector, sum, withStages } from './build-query.ts';
export { compileExpression } from './compile-expression.ts';
export { parseDuration, printDuration } from './durations.ts';
export { LogqlInputError } from './errors.ts';
export { guardQuery } from './guard-query.ts';
export type { GuardedQuery, QueryPolicy, QueryRefusal } from './guard-query.ts';
export { isQueryableLabelName } from './label-names.ts';
export { compileLineFilter, compileMatcher, isExpression } from './match-text.ts';
export { parseQuery } from './parse-query.ts';
export type { ParsedQuery } from './parse-query.ts';
export { partitionSelectors } from './partition-selectors.ts';
export { shardSelectors } from './shard-selectors.ts';
export { printQuery } from './print-query.ts';
export { quoteText, unquoteText } from './quoted-text.ts';
export { logQueriesOf } from './query.ts';
export type { Query } from './query.ts';
export type {
  AddressFilter,
  ComparisonOperator,
  ExpressionParserStage,
  JsonParserStage,
  LabelAddress,
  LabelAssignment,
  LabelChoice,
  LabelChoiceStage,
  LabelComparison,
  LabelCondition,
  LabelExtraction,
  LabelFilterPair,
  LabelFilterStage,
  LabelFormatStage,
  LabelMatch,
  LabelMatcher,
  LineFilter,
  LineFilterOperator,
  LineFormatStage,
  LogfmtParserStage,
  LogQuery,
  MatchOperator,
  PatternFilter,
  PipelineStage,
  PlainStage,
} from './log-query.ts';
export type {
  BinaryOperation,
  BinaryOperator,
  Grouping,
  LabelReplacement,
  LineOperation,
  MetricQuery,
  NumberQuery,
  RangeAggregation,
  RangeOperation,
  SampleOperation,
  Unwrapping,
  VectorAggregation,
  VectorMatching,
  VectorOperation,
} from './metric-query.ts';
