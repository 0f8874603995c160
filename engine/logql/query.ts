/** Operators of stream matchers and of string label filters. */
export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** A condition on one label. The value is the meaning, not its written form: no quotes, no escapes. */
export interface LabelMatcher {
  readonly name: string;
  readonly operator: MatchOperator;
  /** Text for `=` and `!=`; an RE2 expression that must match the whole label value for `=~` and `!~`. */
  readonly value: string;
}

/** Operators of line filters. */
export type LineFilterOperator = '|=' | '!=' | '|~' | '!~';

/** Keeps lines that contain (or, for `!=` and `!~`, contain none of) the given texts or RE2 expressions. */
export interface LineFilter {
  readonly kind: 'line-filter';
  readonly operator: LineFilterOperator;
  /** One at least; several are written with `or`. */
  readonly patterns: readonly string[];
}

/** A label that a `json` or `logfmt` stage takes out: its new name and the expression that finds it. */
export interface LabelExtraction {
  readonly name: string;
  readonly expression: string;
}

/** The `json` stage; without extractions it takes every member. */
export interface JsonParserStage {
  readonly kind: 'json';
  readonly extractions: readonly LabelExtraction[];
}

/** The `logfmt` stage; without extractions it takes every pair. */
export interface LogfmtParserStage {
  readonly kind: 'logfmt';
  readonly isStrict: boolean;
  readonly keepsEmpty: boolean;
  readonly extractions: readonly LabelExtraction[];
}

/** The `pattern` and `regexp` stages. */
export interface ExpressionParserStage {
  readonly kind: 'pattern' | 'regexp';
  readonly expression: string;
}

/** The `unpack` stage. */
export interface UnpackParserStage {
  readonly kind: 'unpack';
}

/** Operators of number, duration and size label filters. */
export type ComparisonOperator = '==' | '!=' | '>' | '>=' | '<' | '<=';

/** A label filter on a number (`5`, `1.5`), a duration (`10ms`) or a size (`20KB`), kept as written. */
export interface LabelComparison {
  readonly kind: 'comparison';
  readonly name: string;
  readonly operator: ComparisonOperator;
  readonly unit: 'number' | 'duration' | 'bytes';
  readonly operand: string;
}

/** A string label filter. */
export interface LabelMatch {
  readonly kind: 'match';
  readonly matcher: LabelMatcher;
}

/** Two label filters joined. */
export interface LabelFilterPair {
  readonly kind: 'and' | 'or';
  readonly left: LabelCondition;
  readonly right: LabelCondition;
}

/** What a label filter stage tests. */
export type LabelCondition = LabelMatch | LabelComparison | LabelFilterPair;

/** Keeps lines whose labels fulfil the condition. */
export interface LabelFilterStage {
  readonly kind: 'label-filter';
  readonly condition: LabelCondition;
}

/** One step of a log query after its stream selector. */
export type PipelineStage =
  LineFilter | JsonParserStage | LogfmtParserStage | ExpressionParserStage | UnpackParserStage | LabelFilterStage;

/** A query that answers with lines: a stream selector and the stages after it. */
export interface LogQuery {
  readonly kind: 'log';
  /** All must hold; one at least. */
  readonly matchers: readonly LabelMatcher[];
  readonly stages: readonly PipelineStage[];
}

/** Functions over a range of lines. */
export type RangeOperation = 'count_over_time' | 'rate' | 'bytes_over_time' | 'bytes_rate';

/** A number per stream from the lines of (t - range - offset, t - offset]. */
export interface RangeAggregation {
  readonly kind: 'range-aggregation';
  readonly operation: RangeOperation;
  readonly query: LogQuery;
  /** Nanoseconds, more than 0. */
  readonly rangeNs: bigint;
  /** Nanoseconds, 0 for none, negative looks forward. */
  readonly offsetNs: bigint;
}

/** Which labels the groups of a vector aggregation keep (`by`) or lose (`without`). */
export interface Grouping {
  readonly mode: 'by' | 'without';
  readonly labelNames: readonly string[];
}

/** Functions over series of the same time. */
export type VectorOperation = 'sum' | 'min' | 'max' | 'avg' | 'count';

/** Series joined into groups; without a grouping all become one. */
export interface VectorAggregation {
  readonly kind: 'vector-aggregation';
  readonly operation: VectorOperation;
  readonly grouping: Grouping | null;
  readonly of: MetricQuery;
}

/** A query that answers with numbers. */
export type MetricQuery = RangeAggregation | VectorAggregation;

/** A LogQL query of the subset that LogHunter builds, checks and prints. */
export type Query = LogQuery | MetricQuery;
