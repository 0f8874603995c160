import { printDuration } from './durations.ts';
import type { LabelCondition, LogQuery } from './log-query.ts';
import type {
  BinaryOperation,
  Grouping,
  MetricQuery,
  RangeAggregation,
  Unwrapping,
  VectorMatching,
} from './metric-query.ts';
import { quoteText } from './quoted-text.ts';

/** How the parts inside a metric query are written. */
export interface PartPrinters {
  readonly printLogQuery: (query: LogQuery) => string;
  readonly printCondition: (condition: LabelCondition) => string;
}

/** Writes a metric query. Every operation inside an operation stands in parentheses, so that no precedence decides its meaning. */
export function printMetricQuery(query: MetricQuery, parts: PartPrinters): string {
  switch (query.kind) {
    case 'range-aggregation':
      return printRangeAggregation(query, parts);
    case 'vector-aggregation': {
      const count = query.seriesCount === null ? '' : `${query.seriesCount}, `;
      return `${query.operation}${printGrouping(query.grouping)}(${count}${printMetricQuery(query.of, parts)})`;
    }
    case 'binary-operation':
      return [printLeg(query.left, parts), printOperator(query), printLeg(query.right, parts)].join(' ');
    case 'number':
      return query.value;
    case 'vector':
      return `vector(${query.value})`;
    case 'label_replace': {
      const texts = [query.destination, query.replacement, query.source, query.expression].map(quoteText);
      return `label_replace(${[printMetricQuery(query.of, parts), ...texts].join(', ')})`;
    }
  }
}

function printRangeAggregation(query: RangeAggregation, parts: PartPrinters): string {
  const range = `[${printDuration(query.rangeNs)}]`;
  const unwrap = query.unwrap === null ? [] : printUnwrapping(query.unwrap, parts);
  const pieces = [parts.printLogQuery(query.query), ...unwrap, range];
  if (query.offsetNs !== 0n) {
    const offset = `offset ${printDuration(query.offsetNs)}`;
    if (query.unwrap === null) {
      pieces.push(offset);
    } else {
      // Of the orders that Loki reads alike, the grammar used here knows this one only for stages, unwrap and offset together.
      const selector = parts.printLogQuery({ ...query.query, stages: [] });
      const stages = parts.printLogQuery(query.query).slice(selector.length).trim();
      pieces.splice(0, pieces.length, selector, range, offset, ...(stages === '' ? [] : [stages]), ...unwrap);
    }
  }
  const parameter = query.parameter === null ? '' : `${query.parameter}, `;
  return `${query.operation}(${parameter}${pieces.join(' ')})${printGrouping(query.grouping).trimEnd()}`;
}

function printUnwrapping({ label, conversion, conditions }: Unwrapping, parts: PartPrinters): readonly string[] {
  const source = conversion === null ? label : `${conversion}(${label})`;
  return [`| unwrap ${source}`, ...conditions.map((condition) => `| ${parts.printCondition(condition)}`)];
}

function printGrouping(grouping: Grouping | null): string {
  return grouping === null ? '' : ` ${grouping.mode} (${grouping.labelNames.join(', ')}) `;
}

function printOperator({ operator, returnsBool, matching }: BinaryOperation): string {
  return [operator, ...(returnsBool ? ['bool'] : []), ...(matching === null ? [] : printMatching(matching))].join(' ');
}

function printMatching({ mode, labelNames, group }: VectorMatching): readonly string[] {
  const matched = `${mode} (${labelNames.join(', ')})`;
  // The parentheses stay when they are empty: without them the other side's own would be read as the group's labels.
  return group === null ? [matched] : [matched, `group_${group.many} (${group.labelNames.join(', ')})`];
}

function printLeg(query: MetricQuery, parts: PartPrinters): string {
  const text = printMetricQuery(query, parts);
  return query.kind === 'binary-operation' ? `(${text})` : text;
}
