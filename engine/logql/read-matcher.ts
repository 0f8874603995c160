import type { SyntaxNode } from '@lezer/common';

import { isQueryableLabelName } from './label-names.ts';
import { NotSupported, WrittenWrongly } from './parse-failures.ts';
import type { LabelMatcher } from './log-query.ts';
import { childOf, childrenOf, stringOf, textOf } from './syntax-nodes.ts';

/** Reads an `Identifier` node; words that Loki's lexer keeps for itself are refused as Loki does. */
export function readLabelName(text: string, node: SyntaxNode): string {
  const name = textOf(text, node);
  if (!isQueryableLabelName(name)) {
    throw new WrittenWrongly(`'${name}' cannot be a label name here`, node.from);
  }
  return name;
}

const matchOperators = { Eq: '=', Neq: '!=', Re: '=~', Nre: '!~' } as const;

function isMatchOperator(name: string): name is keyof typeof matchOperators {
  return Object.hasOwn(matchOperators, name);
}

/** Reads a `Matcher` node of a selector or a label filter. */
export function readMatcher(text: string, node: SyntaxNode): LabelMatcher {
  const operator = childrenOf(node)[1]?.name ?? '';
  if (!isMatchOperator(operator)) {
    throw new NotSupported(`matcher '${textOf(text, node)}'`, node.from);
  }
  return {
    name: readLabelName(text, childOf(node, 'Identifier')),
    operator: matchOperators[operator],
    value: stringOf(text, childOf(node, 'String')),
  };
}
