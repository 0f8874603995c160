import type { SyntaxNode } from '@lezer/common';

import { foldOperators } from './fold-operators.ts';
import type { ComparisonOperator, LabelComparison, LabelCondition } from './log-query.ts';
import { readSignedNumber } from './numbers.ts';
import { NotSupported, WrittenWrongly } from './parse-failures.ts';
import { readLabelName, readMatcher } from './read-matcher.ts';
import { childOf, childrenOf, contentOf, stringOf, textOf } from './syntax-nodes.ts';

type Joint = 'and' | 'or' | ',';

/**
 * Reads a `LabelFilter` node. What belongs together is decided as Loki's grammar does it (pkg/logql/syntax/syntax.y of 3.7), where
 * `and` binds before `or` but a comma, which means `and`, takes everything after it: `a, b or c` is `a and (b or c)`.
 * The grammar used here would read `(a and b) or c`, so its tree is taken for the parts only.
 */
export function readLabelCondition(text: string, node: SyntaxNode): LabelCondition {
  const parts = flatten(node);
  const condition = foldOperators(
    parts.operands.map((operand) => readOperand(text, operand)),
    parts.joints,
    (earlier, later) => earlier !== ',' && later !== ',' && (earlier === 'and' || later === 'or'),
    (joint, left, right): LabelCondition => ({ kind: joint === 'or' ? 'or' : 'and', left, right })
  );
  if (condition === null) {
    throw new WrittenWrongly('a label filter is incomplete', node.from);
  }
  return condition;
}

function flatten(node: SyntaxNode): {
  readonly operands: readonly SyntaxNode[];
  readonly joints: readonly Joint[];
} {
  const operands: SyntaxNode[] = [];
  const joints: Joint[] = [];
  const waiting: Array<SyntaxNode | Joint> = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') {
      joints.push(next);
      continue;
    }
    const [left, right] = next.getChildren('LabelFilter');
    if (left === undefined || right === undefined) {
      operands.push(next);
    } else {
      waiting.push(right, jointOf(next), left);
    }
  }
  return { operands, joints };
}

function jointOf(node: SyntaxNode): Joint {
  if (node.getChild('Or') !== null) {
    return 'or';
  }
  return node.getChild('And') === null ? ',' : 'and';
}

function readOperand(text: string, node: SyntaxNode): LabelCondition {
  const nested = node.getChild('LabelFilter');
  if (nested !== null) {
    return readLabelCondition(text, nested);
  }
  const content = contentOf(node);
  switch (content.name) {
    case 'Matcher':
      return { kind: 'match', matcher: readMatcher(text, content) };
    case 'NumberFilter':
      return readComparison(text, content, 'number');
    case 'UnitFilter': {
      const filter = contentOf(content);
      return readComparison(text, filter, filter.name === 'DurationFilter' ? 'duration' : 'bytes');
    }
    case 'IpLabelFilter':
      return {
        kind: 'address',
        name: readLabelName(text, childOf(content, 'Identifier')),
        operator: content.getChild('Neq') === null ? '=' : '!=',
        range: stringOf(text, childOf(content, 'String')),
      };
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
    operand: unit === 'number' ? readSignedNumber(text, operandNode) : textOf(text, operandNode),
  };
}
