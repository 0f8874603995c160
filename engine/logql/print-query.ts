import type {
  LabelAssignment,
  LabelChoice,
  LabelCondition,
  LabelExtraction,
  LabelMatcher,
  LogfmtParserStage,
  LogQuery,
  PipelineStage,
} from './log-query.ts';
import { LogqlInputError } from './errors.ts';
import { printMetricQuery } from './print-metric-query.ts';
import type { Query } from './query.ts';
import { quoteText } from './quoted-text.ts';

/**
 * Writes a query as LogQL text. Parsing the text gives the same tree again: no value of a matcher, filter or expression can end
 * its string. (Proven by property tests in `logql.props.test.ts`.) Throws `LogqlInputError` for a tree that no text has: a line filter
 * `!=` or `!~` right after `drop` or `keep` with a plain name at its end.
 */
export function printQuery(query: Query): string {
  return query.kind === 'log' ? printLogQuery(query) : printMetricQuery(query, { printLogQuery, printCondition });
}

function printLogQuery(query: LogQuery): string {
  const selector = `{${query.matchers.map(printMatcher).join(', ')}}`;
  refuseAmbiguity(query.stages);
  return [selector, ...query.stages.map(printStage)].join(' ');
}

/** `| drop a != "x"` is a `drop` with a matcher; no text means a `drop a` and then a line filter `!= "x"`. */
function refuseAmbiguity(stages: readonly PipelineStage[]): void {
  for (const [index, stage] of stages.entries()) {
    const next = stages[index + 1];
    const endsInName = (stage.kind === 'drop' || stage.kind === 'keep') && stage.labels.at(-1)?.kind === 'name';
    if (endsInName && next !== undefined && 'operator' in next && (next.operator === '!=' || next.operator === '!~')) {
      throw new LogqlInputError(`LogQL cannot write a line filter ${next.operator} right after ${stage.kind}`);
    }
  }
}

function printMatcher(matcher: LabelMatcher): string {
  return `${matcher.name}${matcher.operator}${quoteText(matcher.value)}`;
}

function printStage(stage: PipelineStage): string {
  switch (stage.kind) {
    case 'line-filter':
    case 'pattern-filter':
      return `${stage.operator} ${stage.patterns.map(quoteText).join(' or ')}`;
    case 'address-filter':
      return `${stage.operator} ip(${quoteText(stage.range)})`;
    case 'json':
      return ['| json', printExtractions(stage.extractions)].join(' ').trimEnd();
    case 'logfmt':
      return printLogfmt(stage);
    case 'pattern':
    case 'regexp':
      return `| ${stage.kind} ${quoteText(stage.expression)}`;
    case 'unpack':
    case 'decolorize':
      return `| ${stage.kind}`;
    case 'line_format':
      return `| line_format ${quoteText(stage.template)}`;
    case 'label_format':
      return `| label_format ${stage.assignments.map(printAssignment).join(', ')}`;
    case 'drop':
    case 'keep':
      return `| ${stage.kind} ${stage.labels.map(printChoice).join(', ')}`;
    case 'label-filter':
      return `| ${printCondition(stage.condition)}`;
  }
}

function printLogfmt(stage: LogfmtParserStage): string {
  const flags = `${stage.isStrict ? ' --strict' : ''}${stage.keepsEmpty ? ' --keep-empty' : ''}`;
  return [`| logfmt${flags}`, printExtractions(stage.extractions)].join(' ').trimEnd();
}

function printExtractions(extractions: readonly LabelExtraction[]): string {
  return extractions.map(({ name, expression }) => `${name}=${quoteText(expression)}`).join(', ');
}

function printAssignment(assignment: LabelAssignment): string {
  return assignment.kind === 'rename'
    ? `${assignment.name}=${assignment.from}`
    : `${assignment.name}=${quoteText(assignment.template)}`;
}

function printChoice(choice: LabelChoice): string {
  return choice.kind === 'name' ? choice.name : printMatcher(choice.matcher);
}

function printCondition(condition: LabelCondition): string {
  switch (condition.kind) {
    case 'match':
      return printMatcher(condition.matcher);
    case 'comparison':
      return `${condition.name} ${condition.operator} ${condition.operand}`;
    case 'address':
      return `${condition.name} ${condition.operator} ip(${quoteText(condition.range)})`;
    case 'and':
    case 'or':
      return `${printOperand(condition.left)} ${condition.kind} ${printOperand(condition.right)}`;
  }
}

function printOperand(condition: LabelCondition): string {
  const isPair = condition.kind === 'and' || condition.kind === 'or';
  return isPair ? `(${printCondition(condition)})` : printCondition(condition);
}
