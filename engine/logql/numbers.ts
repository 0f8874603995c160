import type { SyntaxNode } from '@lezer/common';

import { WrittenWrongly } from './parse-failures.ts';
import { childOf, textOf } from './syntax-nodes.ts';

// The grammar also takes hexadecimal integers, which Loki's reader of floating-point numbers refuses.
const decimal = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The text of a `Number` node: decimal and finite, as Loki reads it. */
export function readNumber(text: string, node: SyntaxNode): string {
  const written = textOf(text, node);
  if (!decimal.test(written) || !Number.isFinite(Number(written))) {
    throw new WrittenWrongly(`'${written}' is no decimal number`, node.from);
  }
  return written;
}

/** The text of a `LiteralExpr` node: a number that may have a sign. */
export function readSignedNumber(text: string, node: SyntaxNode): string {
  const number = readNumber(text, childOf(node, 'Number'));
  // Loki takes `-0` for a duration.
  return node.getChild('Sub') === null || Number(number) === 0 ? number : `-${number}`;
}
