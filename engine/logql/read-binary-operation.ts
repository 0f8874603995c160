import type { SyntaxNode } from '@lezer/common';

import { foldOperators } from './fold-operators.ts';
import type { BinaryOperator, MetricQuery, VectorMatching } from './metric-query.ts';
import { WrittenWrongly } from './parse-failures.ts';
import { readLabelName } from './read-matcher.ts';
import { childOf, childrenOf, textOf, unchain } from './syntax-nodes.ts';

/** An operator with its modifiers. */
export interface WrittenOperator {
  readonly operator: BinaryOperator;
  readonly returnsBool: boolean;
  readonly matching: VectorMatching | null;
}

// Loki's own (pkg/logql/syntax/syntax.y of 3.7); the grammar used here puts `+` before `*`, so its tree is taken for the parts only.
const precedence: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '^': 6,
};

function isBinaryOperator(text: string): text is BinaryOperator {
  return Object.hasOwn(precedence, text);
}

/** Takes a chain of operations apart: the `MetricExpr` nodes and what stands between them. What is in parentheses stays whole. */
export function splitBinaryOperation(
  text: string,
  node: SyntaxNode
): { readonly operands: readonly SyntaxNode[]; readonly operators: readonly WrittenOperator[] } {
  const operands: SyntaxNode[] = [];
  const operators: WrittenOperator[] = [];
  const waiting: Array<{ readonly node: SyntaxNode } | WrittenOperator> = [{ node }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('operator' in next) {
      operators.push(next);
      continue;
    }
    const chain = next.node.name === 'BinOpExpr' ? next.node : next.node.getChild('BinOpExpr');
    if (chain === null) {
      operands.push(next.node);
      continue;
    }
    const [left, right] = chain.getChildren('Expr');
    if (left === undefined || right === undefined) {
      throw new WrittenWrongly('an operation lacks a side', chain.from);
    }
    waiting.push({ node: metricOf(right) }, readOperator(text, chain), { node: metricOf(left) });
  }
  return { operands, operators };
}

function metricOf(node: SyntaxNode): SyntaxNode {
  const metric = node.getChild('MetricExpr');
  if (metric === null) {
    throw new WrittenWrongly('operators join queries for numbers, not for lines', node.from);
  }
  return metric;
}

/** Joins the parts as Loki does. `node` says where the operation stands. */
export function joinOperands(
  operands: readonly MetricQuery[],
  operators: readonly WrittenOperator[],
  node: SyntaxNode
): MetricQuery {
  const query = foldOperators(
    operands,
    operators,
    (earlier, later) =>
      precedence[earlier.operator] > precedence[later.operator] ||
      (precedence[earlier.operator] === precedence[later.operator] && later.operator !== '^'),
    (operator, left, right): MetricQuery => {
      if (['and', 'or', 'unless'].includes(operator.operator) && (isNumber(left) || isNumber(right))) {
        throw new WrittenWrongly(`'${operator.operator}' joins series, not numbers`, node.from);
      }
      return { kind: 'binary-operation', ...operator, left, right };
    }
  );
  if (query === null) {
    throw new WrittenWrongly('an operation lacks a side', node.from);
  }
  return query;
}

/** Loki computes an operation on two numbers when it parses: what comes out is a number again. */
function isNumber(query: MetricQuery): boolean {
  return (
    query.kind === 'number' || (query.kind === 'binary-operation' && isNumber(query.left) && isNumber(query.right))
  );
}

function readOperator(text: string, node: SyntaxNode): WrittenOperator {
  const operatorNode = childrenOf(node)[1] ?? node;
  const operator = textOf(text, operatorNode).toLowerCase();
  if (!isBinaryOperator(operator)) {
    throw new WrittenWrongly(`'${operator}' is no operator`, operatorNode.from);
  }
  const modifier = node.getChild('BinOpModifier');
  return {
    operator,
    returnsBool: modifier?.getChild('Bool') != null,
    matching: modifier === null ? null : readMatching(text, modifier),
  };
}

function readMatching(text: string, modifier: SyntaxNode): VectorMatching | null {
  const matching = modifier.getChild('OnOrIgnoringModifier');
  if (matching === null) {
    return null;
  }
  const side =
    modifier.getChild('GroupLeft') !== null ? 'left' : modifier.getChild('GroupRight') !== null ? 'right' : null;
  const groupLabels = modifier.getChild('GroupingLabels');
  return {
    mode: matching.getChild('On') === null ? 'ignoring' : 'on',
    labelNames: readLabels(text, childOf(matching, 'GroupingLabels')),
    group: side === null ? null : { many: side, labelNames: groupLabels === null ? [] : readLabels(text, groupLabels) },
  };
}

function readLabels(text: string, node: SyntaxNode): readonly string[] {
  const list = node.getChild('GroupingLabelList');
  return (list === null ? [] : unchain(list)).map((label) => readLabelName(text, label));
}
