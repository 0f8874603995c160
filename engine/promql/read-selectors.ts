import type { SyntaxNode, Tree } from '@lezer/common';

import type { LabelMatcher, MatchOperator } from '../logql/log-query.ts';
import { readText } from './read-text.ts';
import { Refused } from './refused.ts';

/** A vector selector as it is written. */
export interface WrittenSelector {
  /** The metric's name before the braces; null when it has none. */
  readonly metricName: string | null;
  readonly matchers: readonly LabelMatcher[];
  /** Where it stands, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

/** All vector selectors of a query, in the order of the text. Range selectors and subqueries hold vector selectors. */
export function readSelectors(text: string, tree: Tree): readonly WrittenSelector[] {
  const selectors: WrittenSelector[] = [];
  tree.iterate({
    enter({ name, node }) {
      if (name !== 'VectorSelector') {
        return true;
      }
      selectors.push(readSelector(text, node));
      return false;
    },
  });
  return selectors;
}

function readSelector(text: string, node: SyntaxNode): WrittenSelector {
  const name = node.getChild('Identifier');
  const list = node.getChild('LabelMatchers');
  const matchers = (list?.getChildren('UnquotedLabelMatcher') ?? []).map((matcher) => readMatcher(text, matcher));
  return { metricName: name === null ? null : text.slice(name.from, name.to), matchers, from: node.from, to: node.to };
}

const operators: readonly MatchOperator[] = ['=', '!=', '=~', '!~'];

function readMatcher(text: string, node: SyntaxNode): LabelMatcher {
  const [name, operatorNode, value] = ['LabelName', 'MatchOp', 'StringLiteral'].map((part) => node.getChild(part));
  const written = operatorNode == null ? '' : text.slice(operatorNode.from, operatorNode.to);
  const operator = operators.find((candidate) => candidate === written);
  if (name == null || operator === undefined || value == null) {
    throw new Refused('invalid', `cannot read the matcher '${text.slice(node.from, node.to)}'`, node.from);
  }
  return {
    name: text.slice(name.from, name.to),
    operator,
    value: readText(text.slice(value.from, value.to), value.from),
  };
}
