import type { SyntaxNodeRef, Tree } from '@lezer/common';

import type { LabelMatcher } from '../logql/log-query.ts';
import { quoteText } from '../logql/quoted-text.ts';
import type { WrittenSelector } from './read-selectors.ts';
import { readText } from './read-text.ts';
import { Refused } from './refused.ts';

/**
 * Writes a query again, token by token and without comments: selectors from what was read of them, with the forced matchers; strings
 * in double quotes; all else as it stands, so that the precedence of operators stays Prometheus' own.
 */
export function printBound(
  text: string,
  tree: Tree,
  selectors: readonly WrittenSelector[],
  forced: readonly LabelMatcher[]
): string {
  const selectorAt = new Map(selectors.map((selector) => [selector.from, selector]));
  const tokens: string[] = [];
  let reached = 0;
  function takeToken(from: number, to: number, token: string | null): void {
    tokens.push(...punctuationOf(text.slice(reached, from), reached), ...(token === null ? [] : [token]));
    reached = to;
  }
  tree.iterate({
    enter(node) {
      const selector = node.name === 'VectorSelector' ? selectorAt.get(node.from) : undefined;
      if (selector !== undefined) {
        takeToken(node.from, node.to, printSelector(selector, forced));
        return false;
      }
      if (node.name === 'LineComment') {
        takeToken(node.from, node.to, null);
      } else if (isToken(node)) {
        takeToken(node.from, node.to, printToken(text, node));
      }
      return true;
    },
  });
  takeToken(text.length, text.length, null);
  return joinTokens(tokens);
}

/** Empty nodes, such as a modifier that is not there, are no tokens. */
function isToken({ node, from, to }: SyntaxNodeRef): boolean {
  return node.firstChild === null && to > from && node.name !== 'FunctionCallBody' && node.name !== 'GroupingLabels';
}

function printSelector({ metricName, matchers }: WrittenSelector, forced: readonly LabelMatcher[]): string {
  const all = [...matchers, ...forced];
  const written = all.map(({ name, operator, value }) => `${name}${operator}${quoteText(value)}`);
  return `${metricName ?? ''}${all.length === 0 ? '' : `{${written.join(', ')}}`}`;
}

const plainToken = /^[A-Za-z0-9_:.+\-*/%^=!<>@]+$/;

function printToken(text: string, { name, from, to }: SyntaxNodeRef): string {
  const written = text.slice(from, to);
  if (name === 'StringLiteral') {
    return quoteText(readText(written, from));
  }
  // A number may stand apart from its sign.
  const token = written.replaceAll(/\s/g, '');
  if (!plainToken.test(token)) {
    throw new Refused('not-supported', `'${written}'`, from);
  }
  return token;
}

/** What stands between the tokens that the grammar names: brackets, commas, colons and signs. */
function punctuationOf(between: string, position: number): readonly string[] {
  const written = between.replaceAll(/\s/g, '');
  if (!/^[()[\]{},:+-]*$/.test(written) || written.includes('::')) {
    throw new Refused('not-supported', `'${between.trim()}'`, position);
  }
  return written.split('');
}

function joinTokens(tokens: readonly string[]): string {
  return tokens
    .join(' ')
    .replaceAll(/([([]) /g, '$1')
    .replaceAll(/ ([)\],[])/g, '$1');
}
