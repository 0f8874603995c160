import { printDuration } from './durations.ts';
import { quoteText } from './quoted-text.ts';
import type {
  LabelCondition,
  LabelExtraction,
  LabelMatcher,
  LogfmtParserStage,
  LogQuery,
  MetricQuery,
  PipelineStage,
  Query,
} from './query.ts';

/**
 * Writes a query as LogQL text. Parsing the text gives the same tree again: no value of a matcher, filter or expression can end
 * its string. (Proven by property tests in `logql.props.test.ts`.)
 */
export function printQuery(query: Query): string {
  return query.kind === 'log' ? printLogQuery(query) : printMetricQuery(query);
}

function printLogQuery(query: LogQuery): string {
  const selector = `{${query.matchers.map(printMatcher).join(', ')}}`;
  return [selector, ...query.stages.map(printStage)].join(' ');
}

function printMatcher(matcher: LabelMatcher): string {
  return `${matcher.name}${matcher.operator}${quoteText(matcher.value)}`;
}

function printStage(stage: PipelineStage): string {
  switch (stage.kind) {
    case 'line-filter':
      return `${stage.operator} ${stage.patterns.map(quoteText).join(' or ')}`;
    case 'json':
      return ['| json', printExtractions(stage.extractions)].join(' ').trimEnd();
    case 'logfmt':
      return printLogfmt(stage);
    case 'pattern':
    case 'regexp':
      return `| ${stage.kind} ${quoteText(stage.expression)}`;
    case 'unpack':
      return '| unpack';
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

function printCondition(condition: LabelCondition): string {
  switch (condition.kind) {
    case 'match':
      return printMatcher(condition.matcher);
    case 'comparison':
      return `${condition.name} ${condition.operator} ${condition.operand}`;
    case 'and':
    case 'or':
      return `${printOperand(condition.left)} ${condition.kind} ${printOperand(condition.right)}`;
  }
}

function printOperand(condition: LabelCondition): string {
  const isPair = condition.kind === 'and' || condition.kind === 'or';
  return isPair ? `(${printCondition(condition)})` : printCondition(condition);
}

function printMetricQuery(query: MetricQuery): string {
  if (query.kind === 'range-aggregation') {
    const offset = query.offsetNs === 0n ? '' : ` offset ${printDuration(query.offsetNs)}`;
    return `${query.operation}(${printLogQuery(query.query)} [${printDuration(query.rangeNs)}]${offset})`;
  }
  const { grouping } = query;
  const groups = grouping === null ? '' : ` ${grouping.mode} (${grouping.labelNames.join(', ')}) `;
  return `${query.operation}${groups}(${printMetricQuery(query.of)})`;
}
