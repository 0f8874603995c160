// Turns LogQL text into the typed tree. The grammar is @grafana/lezer-logql, which is error-tolerant: any error node makes the query invalid.
import { parser } from '@grafana/lezer-logql';
import type { SyntaxNode, Tree } from '@lezer/common';

import { NotSupported, WrittenWrongly } from './parse-failures.ts';
import { readLogQuery } from './read-log-query.ts';
import { readMetricQuery } from './read-metric-query.ts';
import type { Query } from './query.ts';

/** What became of a text: a tree, an error in the writing, or a part of LogQL outside LogHunter's subset. Positions count UTF-16 units. */
export type ParsedQuery =
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'invalid'; readonly message: string; readonly position: number }
  | { readonly kind: 'not-supported'; readonly construct: string; readonly position: number };

/**
 * Parses LogQL. Time grows with the text's length, so cap the length first ({@link checkQuery} does).
 * Example: `parseQuery('{app="shop"} |= "error"')`.
 */
export function parseQuery(text: string): ParsedQuery {
  const tree = parser.parse(text);
  const errorPosition = firstErrorPosition(tree);
  if (errorPosition !== null) {
    return { kind: 'invalid', message: describeError(text, errorPosition), position: errorPosition };
  }
  try {
    return { kind: 'query', query: readTop({ text, node: tree.topNode }) };
  } catch (error) {
    if (error instanceof NotSupported) {
      return { kind: 'not-supported', construct: error.construct, position: error.position };
    }
    if (error instanceof WrittenWrongly) {
      return { kind: 'invalid', message: error.message, position: error.position };
    }
    throw error;
  }
}

function readTop(source: { readonly text: string; readonly node: SyntaxNode }): Query {
  const expression = source.node.getChild('Expr')?.firstChild ?? null;
  if (expression?.name === 'LogExpr') {
    return readLogQuery(source.text, expression);
  }
  if (expression?.name === 'MetricExpr') {
    return readMetricQuery(source.text, expression);
  }
  throw new WrittenWrongly('the query is empty', 0);
}

function firstErrorPosition(tree: Tree): number | null {
  let position: number | null = null;
  tree.iterate({
    enter(node) {
      if (position === null && node.type.isError) {
        position = node.from;
      }
      return position === null;
    },
  });
  return position;
}

function describeError(text: string, position: number): string {
  const rest = text.slice(position).trimStart();
  return rest === '' ? 'the query ends too early' : `cannot read the query from '${rest.slice(0, 20)}' on`;
}
