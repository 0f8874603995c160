import type { SyntaxNode } from '@lezer/common';

import { NotSupported, WrittenWrongly } from './parse-failures.ts';
import type { LogQuery, PipelineStage } from './query.ts';
import { readMatcher } from './read-matcher.ts';
import { readStage } from './read-stage.ts';
import { childOf, unchain } from './syntax-nodes.ts';

/** Reads a `LogExpr` or `LogRangeExpr` node: a selector with stages. */
export function readLogQuery(text: string, node: SyntaxNode): LogQuery {
  const nested = node.getChild('LogExpr') ?? node.getChild('LogRangeExpr');
  if (nested !== null) {
    return readLogQuery(text, nested);
  }
  const unwrap = node.getChild('UnwrapExpr');
  if (unwrap !== null) {
    throw new NotSupported('unwrap', unwrap.from);
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
