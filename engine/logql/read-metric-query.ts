import type { SyntaxNode } from '@lezer/common';

import { isWritableRange } from './durations.ts';
import { NotSupported, WrittenWrongly } from './parse-failures.ts';
import type { Grouping, MetricQuery, RangeAggregation, RangeOperation, VectorOperation } from './query.ts';
import { readLogQuery } from './read-log-query.ts';
import { readLabelName } from './read-matcher.ts';
import { childOf, durationOf, textOf, unchain } from './syntax-nodes.ts';

const rangeOperations: ReadonlySet<string> = new Set<RangeOperation>([
  'count_over_time',
  'rate',
  'bytes_over_time',
  'bytes_rate',
]);
const vectorOperations: ReadonlySet<string> = new Set<VectorOperation>(['sum', 'min', 'max', 'avg', 'count']);

function isRangeOperation(name: string): name is RangeOperation {
  return rangeOperations.has(name);
}

function isVectorOperation(name: string): name is VectorOperation {
  return vectorOperations.has(name);
}

/** Reads a `MetricExpr` node. */
export function readMetricQuery(text: string, node: SyntaxNode): MetricQuery {
  const content = node.firstChild ?? node;
  switch (content.name) {
    case 'MetricExpr':
      return readMetricQuery(text, content);
    case 'RangeAggregationExpr':
      return readRangeAggregation(text, content);
    case 'VectorAggregationExpr':
      return readVectorAggregation(text, content);
    case 'BinOpExpr':
      throw new NotSupported('arithmetic and comparison between queries', content.from);
    default:
      throw new NotSupported(textOf(text, content).split(/[\s(]/, 1).join(''), content.from);
  }
}

function readRangeAggregation(text: string, node: SyntaxNode): RangeAggregation {
  const operation = textOf(text, childOf(node, 'RangeOp')).toLowerCase();
  if (!isRangeOperation(operation)) {
    throw new NotSupported(operation, node.from);
  }
  if (node.getChild('Grouping') !== null) {
    throw new NotSupported(`grouping of ${operation}`, node.from);
  }
  const log = childOf(node, 'LogRangeExpr');
  const rangeNode = childOf(childOf(log, 'Range'), 'Duration');
  const rangeNs = durationOf(text, rangeNode);
  if (!isWritableRange(rangeNs)) {
    throw new WrittenWrongly(
      `a range is a whole number of milliseconds above 0, not '${textOf(text, rangeNode)}'`,
      rangeNode.from
    );
  }
  const offset = log.getChild('OffsetExpr');
  const offsetNs = offset === null ? 0n : durationOf(text, childOf(offset, 'Duration'));
  return { kind: 'range-aggregation', operation, query: readLogQuery(text, log), rangeNs, offsetNs };
}

function readVectorAggregation(text: string, node: SyntaxNode): MetricQuery {
  const operation = textOf(text, childOf(node, 'VectorOp')).toLowerCase();
  if (!isVectorOperation(operation)) {
    throw new NotSupported(operation, node.from);
  }
  const grouping = node.getChild('Grouping');
  return {
    kind: 'vector-aggregation',
    operation,
    grouping: grouping === null ? null : readGrouping(text, grouping),
    of: readMetricQuery(text, childOf(node, 'MetricExpr')),
  };
}

function readGrouping(text: string, node: SyntaxNode): Grouping {
  const labels = node.getChild('Labels');
  return {
    mode: node.getChild('By') === null ? 'without' : 'by',
    labelNames: (labels === null ? [] : unchain(labels)).map((label) => readLabelName(text, label)),
  };
}
