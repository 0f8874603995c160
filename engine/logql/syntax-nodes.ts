import type { SyntaxNode } from '@lezer/common';

import { parseDuration } from './durations.ts';
import { WrittenWrongly } from './parse-failures.ts';
import { unquoteText } from './quoted-text.ts';

/** The text that a node covers. */
export function textOf(text: string, node: SyntaxNode): string {
  return text.slice(node.from, node.to);
}

/** All children but comments, in order. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') {
      children.push(child);
    }
  }
  return children;
}

/** The first child that is no comment; the node itself when it has none. */
export function contentOf(node: SyntaxNode): SyntaxNode {
  return childrenOf(node)[0] ?? node;
}

/** The child of this name; its absence is an error in the query. */
export function childOf(node: SyntaxNode, name: string): SyntaxNode {
  const child = node.getChild(name);
  if (child === null) {
    throw new WrittenWrongly(`${name} is missing`, node.from);
  }
  return child;
}

/**
 * The items of a list that the grammar writes as a chain, `List(List(Item), Item)`, in order. A loop, because recursion
 * would overflow on thousands of items.
 */
export function unchain(list: SyntaxNode): readonly SyntaxNode[] {
  const items: SyntaxNode[] = [];
  let rest: SyntaxNode | null = list;
  while (rest !== null) {
    const current: SyntaxNode = rest;
    const own = childrenOf(current).filter((child) => child.name !== current.name);
    items.push(...own.toReversed());
    rest = current.getChild(current.name);
  }
  return items.reverse();
}

/** The meaning of a string node. */
export function stringOf(text: string, node: SyntaxNode): string {
  const value = unquoteText(textOf(text, node));
  if (value === null) {
    throw new WrittenWrongly('a string holds an escape that LogQL does not know', node.from);
  }
  return value;
}

// Go's time.Duration: 292 years.
const longestNs = 2n ** 63n - 1n;

/** The nanoseconds of a duration node. */
export function durationOf(text: string, node: SyntaxNode): bigint {
  const durationNs = parseDuration(textOf(text, node));
  if (durationNs === null || durationNs > longestNs || durationNs < -longestNs) {
    throw new WrittenWrongly(`'${textOf(text, node)}' is no duration that Loki can hold`, node.from);
  }
  return durationNs;
}
