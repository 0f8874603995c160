import type { SyntaxNode } from '@lezer/common';

import type { LogQuery, PipelineStage } from './log-query.ts';
import { NotSupported, WrittenWrongly } from './parse-failures.ts';
import { readMatcher } from './read-matcher.ts';
import { readStage } from './read-stage.ts';
import { childOf, unchain } from './syntax-nodes.ts';

/** Reads a `LogExpr` or `LogRangeExpr` node: a selector with stages. What else a `LogRangeExpr` holds is left to its own reader. */
export function readLogQuery(text: string, node: SyntaxNode): LogQuery {
  const nested = node.getChild('LogExpr');
  if (nested !== null) {
    return readLogQuery(text, nested);
  }
  const list = childOf(node, 'Selector').getChild('Matchers');
  if (list === null) {
    throw new WrittenWrongly('a stream selector needs a matcher', node.from);
  }
  const matchers = unchain(list).map((matcher) => readMatcher(text, matcher));
  const pipeline = node.getChild('PipelineExpr');
  const stages = pipeline === null ? [] : unchain(pipeline).flatMap((stage) => readPipelineStage(text, stage));
  return { kind: 'log', matchers, stages };
}

function readPipelineStage(text: string, node: SyntaxNode): readonly PipelineStage[] {
  if (node.name !== 'PipelineStage') {
    throw new NotSupported(node.name, node.from);
  }
  return readStage(text, node);
}
