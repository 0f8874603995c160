// The typed tree of queries that answer with lines. Values are meanings, not their written form: no quotes, no escapes.

/** Operators of stream matchers and of string label filters. */
export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** A condition on one label. The value is the meaning, not its written form: no quotes, no escapes. */
export interface LabelMatcher {
  readonly name: string;
  readonly operator: MatchOperator;
  /** Text for `=` and `!=`; an RE2 expression that must match the whole label value for `=~` and `!~`. */
  readonly value: string;
}

/** Operators of line filters on texts and RE2 expressions. */
export type LineFilterOperator = '|=' | '!=' | '|~' | '!~';

/** Keeps lines that contain (or, for `!=` and `!~`, contain none of) the given texts or RE2 expressions. */
export interface LineFilter {
  readonly kind: 'line-filter';
  readonly operator: LineFilterOperator;
  /** One at least; several are written with `or`. */
  readonly patterns: readonly string[];
}

/** Keeps lines that fit (or, for `!>`, fit none of) patterns such as `<_> took <_>`. */
export interface PatternFilter {
  readonly kind: 'pattern-filter';
  readonly operator: '|>' | '!>';
  /** One at least; several are written with `or`. */
  readonly patterns: readonly string[];
}

/** Keeps lines that hold (or, for `!=`, do not hold) an IP address of a range: `|= ip("10.0.0.0/8")`. */
export interface AddressFilter {
  readonly kind: 'address-filter';
  readonly operator: '|=' | '!=';
  /** An address, a CIDR block or two addresses joined by a hyphen. */
  readonly range: string;
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

/** Stages without arguments. */
export interface PlainStage {
  readonly kind: 'unpack' | 'decolorize';
}

/** The `line_format` stage: a Go template that writes a new line. */
export interface LineFormatStage {
  readonly kind: 'line_format';
  readonly template: string;
}

/** One label that `label_format` sets: to what another label holds (which then goes away), or to what a Go template writes. */
export type LabelAssignment =
  | { readonly kind: 'rename'; readonly name: string; readonly from: string }
  | { readonly kind: 'template'; readonly name: string; readonly template: string };

/** The `label_format` stage. */
export interface LabelFormatStage {
  readonly kind: 'label_format';
  /** One at least. */
  readonly assignments: readonly LabelAssignment[];
}

/** A label that `drop` or `keep` names; with a matcher only where its value fits. */
export type LabelChoice = { readonly kind: 'name'; readonly name: string } | LabelMatch;

/** The `drop` and `keep` stages, which take labels away or leave only them. */
export interface LabelChoiceStage {
  readonly kind: 'drop' | 'keep';
  /** One at least. */
  readonly labels: readonly LabelChoice[];
}

/** Operators of number, duration and size label filters. */
export type ComparisonOperator = '==' | '!=' | '>' | '>=' | '<' | '<=';

/** A label filter on a number (`5`, `-1.5`), a duration (`10ms`) or a size (`20KB`), kept as written. */
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

/** A label filter on a range of IP addresses: `addr = ip("10.0.0.0/8")`. */
export interface LabelAddress {
  readonly kind: 'address';
  readonly name: string;
  readonly operator: '=' | '!=';
  readonly range: string;
}

/** Two label filters joined. */
export interface LabelFilterPair {
  readonly kind: 'and' | 'or';
  readonly left: LabelCondition;
  readonly right: LabelCondition;
}

/** What a label filter stage tests. */
export type LabelCondition = LabelMatch | LabelComparison | LabelAddress | LabelFilterPair;

/** Keeps lines whose labels fulfil the condition. */
export interface LabelFilterStage {
  readonly kind: 'label-filter';
  readonly condition: LabelCondition;
}

/** One step of a log query after its stream selector. */
export type PipelineStage =
  | LineFilter
  | PatternFilter
  | AddressFilter
  | JsonParserStage
  | LogfmtParserStage
  | ExpressionParserStage
  | PlainStage
  | LineFormatStage
  | LabelFormatStage
  | LabelChoiceStage
  | LabelFilterStage;

/** A query that answers with lines: a stream selector and the stages after it. */
export interface LogQuery {
  readonly kind: 'log';
  /** All must hold; one at least. */
  readonly matchers: readonly LabelMatcher[];
  readonly stages: readonly PipelineStage[];
}
