import type { SyntaxNode } from '@lezer/common';

import { isWritableRange } from './durations.ts';
import type { RangeAggregation, RangeOperation, Unwrapping } from './metric-query.ts';
import { readNumber } from './numbers.ts';
import { NotSupported, WrittenWrongly } from './parse-failures.ts';
import { readGrouping } from './read-grouping.ts';
import { readLabelCondition } from './read-label-condition.ts';
import { readLogQuery } from './read-log-query.ts';
import { readLabelName } from './read-matcher.ts';
import { childOf, durationOf, textOf } from './syntax-nodes.ts';

interface OperationRule {
  readonly takesLines: boolean;
  readonly takesSamples: boolean;
  readonly takesGrouping: boolean;
}

const onLines: OperationRule = { takesLines: true, takesSamples: false, takesGrouping: false };
const onBoth: OperationRule = { takesLines: true, takesSamples: true, takesGrouping: false };
const onSamples: OperationRule = { takesLines: false, takesSamples: true, takesGrouping: false };
const groupedSamples: OperationRule = { takesLines: false, takesSamples: true, takesGrouping: true };

// What Loki 3.7 checks when it parses (`validate` of RangeAggregationExpr in pkg/logql/syntax/ast.go).
const operationRules: Readonly<Record<RangeOperation, OperationRule>> = {
  count_over_time: onLines,
  bytes_over_time: onLines,
  bytes_rate: onLines,
  rate: onBoth,
  absent_over_time: onBoth,
  rate_counter: onSamples,
  sum_over_time: onSamples,
  avg_over_time: groupedSamples,
  min_over_time: groupedSamples,
  max_over_time: groupedSamples,
  stdvar_over_time: groupedSamples,
  stddev_over_time: groupedSamples,
  quantile_over_time: groupedSamples,
  first_over_time: groupedSamples,
  last_over_time: groupedSamples,
};

function isRangeOperation(name: string): name is RangeOperation {
  return Object.hasOwn(operationRules, name);
}

/** Reads a `RangeAggregationExpr` node, with the rules that Loki applies when it parses. */
export function readRangeAggregation(text: string, node: SyntaxNode): RangeAggregation {
  const operation = textOf(text, childOf(node, 'RangeOp')).toLowerCase();
  if (!isRangeOperation(operation)) {
    throw new NotSupported(operation, node.from);
  }
  const log = innermostRange(childOf(node, 'LogRangeExpr'));
  const unwrapNode = log.getChild('UnwrapExpr');
  const unwrap = unwrapNode === null ? null : readUnwrapping(text, unwrapNode);
  const groupingNode = node.getChild('Grouping');
  const rule = operationRules[operation];
  if (unwrap === null ? !rule.takesLines : !rule.takesSamples) {
    throw new WrittenWrongly(`${operation} ${unwrap === null ? 'needs' : 'cannot have'} an unwrap`, node.from);
  }
  if (groupingNode !== null && !rule.takesGrouping) {
    throw new WrittenWrongly(`${operation} cannot be grouped`, groupingNode.from);
  }
  const offset = log.getChild('OffsetExpr');
  return {
    kind: 'range-aggregation',
    operation,
    parameter: readParameter(text, node, operation),
    query: readLogQuery(text, log),
    unwrap,
    rangeNs: readRange(text, childOf(childOf(log, 'Range'), 'Duration')),
    offsetNs: offset === null ? 0n : durationOf(text, childOf(offset, 'Duration')),
    grouping: groupingNode === null ? null : readGrouping(text, groupingNode),
  };
}

function innermostRange(node: SyntaxNode): SyntaxNode {
  let range = node;
  for (let nested = range.getChild('LogRangeExpr'); nested !== null; nested = range.getChild('LogRangeExpr')) {
    range = nested;
  }
  return range;
}

function readParameter(text: string, node: SyntaxNode, operation: RangeOperation): string | null {
  const parameter = node.getChild('Number');
  if ((parameter === null) === (operation === 'quantile_over_time')) {
    const message = parameter === null ? 'needs a quantile' : 'takes no number';
    throw new WrittenWrongly(`${operation} ${message}`, parameter?.from ?? node.from);
  }
  return parameter === null ? null : readNumber(text, parameter);
}

function readRange(text: string, node: SyntaxNode): bigint {
  const rangeNs = durationOf(text, node);
  if (!isWritableRange(rangeNs)) {
    throw new WrittenWrongly(
      `a range is a whole number of milliseconds above 0, not '${textOf(text, node)}'`,
      node.from
    );
  }
  return rangeNs;
}

const conversions = ['bytes', 'duration', 'duration_seconds'] as const;

function readUnwrapping(text: string, node: SyntaxNode): Unwrapping {
  const filters: SyntaxNode[] = [];
  let inner = node;
  // Filters nest: UnwrapExpr(UnwrapExpr(Pipe, Unwrap, Identifier), Pipe, LabelFilter).
  for (let next = inner.getChild('UnwrapExpr'); next !== null; next = inner.getChild('UnwrapExpr')) {
    filters.push(childOf(inner, 'LabelFilter'));
    inner = next;
  }
  const conversionNode = inner.getChild('ConvOp');
  const written = conversionNode === null ? null : textOf(text, conversionNode).toLowerCase();
  const conversion = conversions.find((candidate) => candidate === written) ?? null;
  if (written !== null && conversion === null) {
    throw new NotSupported(`unwrap ${written}()`, inner.from);
  }
  return {
    label: readLabelName(text, childOf(inner, 'Identifier')),
    conversion,
    conditions: filters.toReversed().map((filter) => readLabelCondition(text, filter)),
  };
}
