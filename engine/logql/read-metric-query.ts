import type { SyntaxNode } from '@lezer/common';

import type { LabelReplacement, MetricQuery, VectorAggregation, VectorOperation } from './metric-query.ts';
import { readNumber, readSignedNumber } from './numbers.ts';
import { NotSupported, WrittenWrongly } from './parse-failures.ts';
import { isExpression } from './match-text.ts';
import { joinOperands, splitBinaryOperation } from './read-binary-operation.ts';
import { readGrouping } from './read-grouping.ts';
import { readRangeAggregation } from './read-range-aggregation.ts';
import { childOf, contentOf, stringOf, textOf } from './syntax-nodes.ts';

/** Reads a `MetricExpr` node. */
export function readMetricQuery(text: string, node: SyntaxNode): MetricQuery {
  const content = contentOf(node);
  switch (content.name) {
    case 'MetricExpr':
      return readMetricQuery(text, content);
    case 'RangeAggregationExpr':
      return readRangeAggregation(text, content);
    case 'VectorAggregationExpr':
      return readVectorAggregation(text, content);
    case 'BinOpExpr': {
      const { operands, operators } = splitBinaryOperation(text, content);
      const legs = operands.map((operand) => readMetricQuery(text, operand));
      return joinOperands(legs, operators, content);
    }
    case 'LiteralExpr':
      return { kind: 'number', value: readSignedNumber(text, content) };
    case 'VectorExpr':
      return { kind: 'vector', value: readNumber(text, childOf(content, 'Number')) };
    case 'LabelReplaceExpr':
      return readLabelReplacement(text, content);
    default:
      throw new NotSupported(textOf(text, content).split(/[\s(]/, 1).join(''), content.from);
  }
}

type Argument = 'none' | 'series count';

const vectorOperations: Readonly<Record<VectorOperation, Argument>> = {
  sum: 'none',
  min: 'none',
  max: 'none',
  avg: 'none',
  count: 'none',
  stddev: 'none',
  stdvar: 'none',
  sort: 'none',
  sort_desc: 'none',
  topk: 'series count',
  bottomk: 'series count',
  approx_topk: 'series count',
};
const neverGrouped: ReadonlySet<VectorOperation> = new Set<VectorOperation>(['approx_topk']);
const groupedByNothing: ReadonlySet<VectorOperation> = new Set<VectorOperation>(['sort', 'sort_desc']);

function isVectorOperation(name: string): name is VectorOperation {
  return Object.hasOwn(vectorOperations, name);
}

function readVectorAggregation(text: string, node: SyntaxNode): VectorAggregation {
  const operation = textOf(text, childOf(node, 'VectorOp')).toLowerCase();
  if (!isVectorOperation(operation)) {
    throw new NotSupported(operation, node.from);
  }
  const groupingNode = node.getChild('Grouping');
  const grouping = groupingNode === null ? null : readGrouping(text, groupingNode);
  const isGrouped = grouping !== null && (neverGrouped.has(operation) || grouping.labelNames.length > 0);
  if (isGrouped && (neverGrouped.has(operation) || groupedByNothing.has(operation))) {
    throw new WrittenWrongly(`${operation} cannot be grouped`, node.from);
  }
  return {
    kind: 'vector-aggregation',
    operation,
    seriesCount: readSeriesCount(text, node, operation),
    grouping,
    of: readMetricQuery(text, childOf(node, 'MetricExpr')),
  };
}

function readSeriesCount(text: string, node: SyntaxNode, operation: VectorOperation): number | null {
  const number = node.getChild('Number');
  if (number === null && vectorOperations[operation] === 'none') {
    return null;
  }
  const written = number === null ? '' : textOf(text, number);
  const count = /^\d{1,9}$/.test(written) ? Number(written) : 0;
  if (vectorOperations[operation] === 'none' || count === 0) {
    const message = number === null ? 'needs a number of series' : `cannot have the number '${written}'`;
    throw new WrittenWrongly(`${operation} ${message}`, number?.from ?? node.from);
  }
  return count;
}

function readLabelReplacement(text: string, node: SyntaxNode): LabelReplacement {
  const [destination, replacement, source, expression] = node.getChildren('String').map((part) => stringOf(text, part));
  if (
    destination === undefined ||
    replacement === undefined ||
    source === undefined ||
    expression === undefined ||
    !isExpression(expression)
  ) {
    throw new WrittenWrongly('label_replace needs four texts, of which the last is an RE2 expression', node.from);
  }
  const of = readMetricQuery(text, childOf(node, 'MetricExpr'));
  return { kind: 'label_replace', of, destination, replacement, source, expression };
}
