// Turns LogQL text into the typed tree. The grammar is @grafana/lezer-logql, which is error-tolerant: any error node makes the query invalid.
import { parser } from '@grafana/lezer-logql';
import type { SyntaxNode, Tree } from '@lezer/common';

import { maxExpressionSize, tooLargeMessage } from './compile-expression.ts';
import { expandedSizeOf } from './expression-size.ts';
import { NotSupported, WrittenWrongly } from './parse-failures.ts';
import { readLogQuery } from './read-log-query.ts';
import { readMetricQuery } from './read-metric-query.ts';
import type { Query } from './query.ts';
import { unquoteText } from './quoted-text.ts';
import { contentOf } from './syntax-nodes.ts';

/** What became of a text: a tree, an error in the writing, or a part of LogQL outside LogHunter's subset. Positions count UTF-16 units. */
export type ParsedQuery =
  | { readonly kind: 'query'; readonly query: Query }
  | {
      readonly kind: 'invalid';
      readonly message: string;
      readonly position: number;
      /** Whether it is the expression that stands there, and the text around it is right. Default: false. */
      readonly isExpression?: boolean;
    }
  | { readonly kind: 'not-supported'; readonly construct: string; readonly position: number };

/**
 * Parses LogQL. Time grows with the text's length, so cap the length first ({@link guardQuery} does).
 * Example: `parseQuery('{app="shop"} |= "error"')`.
 */
export function parseQuery(text: string): ParsedQuery {
  const tree = parser.parse(text);
  const errorPosition = firstErrorPosition(tree);
  if (errorPosition !== null) {
    return { kind: 'invalid', message: describeError(text, errorPosition), position: errorPosition };
  }
  try {
    refuseDeepNesting(tree);
    refuseLargeExpressions(text, tree);
    return { kind: 'query', query: readTop({ text, node: tree.topNode }) };
  } catch (error) {
    if (error instanceof NotSupported) {
      return { kind: 'not-supported', construct: error.construct, position: error.position };
    }
    if (error instanceof WrittenWrongly) {
      const { message, position, isExpression } = error;
      return { kind: 'invalid', message, position, isExpression };
    }
    throw error;
  }
}

/** Where the stream selectors of a query start, in the order of the text. */
export function selectorPositions(text: string): readonly number[] {
  const positions: number[] = [];
  parser.parse(text).iterate({
    enter({ name, from }) {
      if (name === 'Selector') {
        positions.push(from);
      }
    },
  });
  return positions;
}

function readTop(source: { readonly text: string; readonly node: SyntaxNode }): Query {
  const whole = source.node.getChild('Expr');
  const expression = whole === null ? null : contentOf(whole);
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

// Queries of people nest less than ten deep. A bound keeps the reading of the tree, here and in Loki, from exhausting the stack.
const maxDepth = 100;
const nestingNodes: ReadonlySet<string> = new Set([
  'MetricExpr',
  'LogExpr',
  'LogRangeExpr',
  'LabelFilter',
  'UnwrapExpr',
]);

function refuseDeepNesting(tree: Tree): void {
  let depth = 0;
  tree.iterate({
    enter({ name, from }) {
      depth += nestingNodes.has(name) ? 1 : 0;
      if (depth > maxDepth) {
        throw new NotSupported(`nesting deeper than ${maxDepth} levels`, from);
      }
    },
    leave({ name }) {
      depth -= nestingNodes.has(name) ? 1 : 0;
    },
  });
}

/** Before any is compiled, because many that are small together take as long as a large one. */
function refuseLargeExpressions(text: string, tree: Tree): void {
  let size = 0;
  tree.iterate({
    enter({ name, from, to, node }) {
      const isExpression = name === 'String' && !isLiteral(text, node);
      size += isExpression ? expandedSizeOf(unquoteText(text.slice(from, to)) ?? '') : 0;
      if (size > maxExpressionSize + text.length) {
        throw new WrittenWrongly(`an expression ${tooLargeMessage}`, from, true);
      }
    },
  });
}

const literalOperators: ReadonlySet<string> = new Set(['=', '!=', '|=', '|>', '!>']);

/** Whether a quoted text is taken as it stands, by the operator before it or before the first of several with `or`. */
function isLiteral(text: string, node: SyntaxNode): boolean {
  let holder = node.parent;
  while (holder?.name === 'OrFilter') {
    holder = holder.parent;
  }
  const operator = node.prevSibling ?? holder?.getChild('Filter');
  return operator !== null && operator !== undefined && literalOperators.has(text.slice(operator.from, operator.to));
}
