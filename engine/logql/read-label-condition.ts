import type { SyntaxNode } from '@lezer/common';

import { NotSupported } from './parse-failures.ts';
import type { ComparisonOperator, LabelComparison, LabelCondition } from './query.ts';
import { readLabelName, readMatcher } from './read-matcher.ts';
import { childOf, childrenOf, textOf } from './syntax-nodes.ts';

/** Reads a `LabelFilter` node. */
export function readLabelCondition(text: string, node: SyntaxNode): LabelCondition {
  const operands = node.getChildren('LabelFilter');
  const [left, right] = operands;
  if (left !== undefined && right !== undefined) {
    // A comma and a blank mean `and`.
    const kind = node.getChild('Or') === null ? 'and' : 'or';
    return { kind, left: readLabelCondition(text, left), right: readLabelCondition(text, right) };
  }
  if (left !== undefined) {
    return readLabelCondition(text, left);
  }
  const content = node.firstChild ?? node;
  switch (content.name) {
    case 'Matcher':
      return { kind: 'match', matcher: readMatcher(text, content) };
    case 'NumberFilter':
      return readComparison(text, content, 'number');
    case 'UnitFilter': {
      const filter = content.firstChild ?? content;
      return readComparison(text, filter, filter.name === 'DurationFilter' ? 'duration' : 'bytes');
    }
    default:
      throw new NotSupported(`label filter '${textOf(text, content)}'`, content.from);
  }
}

const comparisonOperators: Readonly<Record<string, ComparisonOperator>> = {
  Eq: '==',
  Eql: '==',
  Neq: '!=',
  Gtr: '>',
  Gte: '>=',
  Lss: '<',
  Lte: '<=',
};

function readComparison(text: string, node: SyntaxNode, unit: LabelComparison['unit']): LabelComparison {
  const [, operatorNode, operandNode] = childrenOf(node);
  const operator = comparisonOperators[operatorNode?.name ?? ''];
  if (operator === undefined || operandNode === undefined) {
    throw new NotSupported(`label filter '${textOf(text, node)}'`, node.from);
  }
  return {
    kind: 'comparison',
    name: readLabelName(text, childOf(node, 'Identifier')),
    operator,
    unit,
    operand: textOf(text, operandNode),
  };
}
