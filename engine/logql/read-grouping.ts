import type { SyntaxNode } from '@lezer/common';

import type { Grouping } from './metric-query.ts';
import { readLabelName } from './read-matcher.ts';
import { unchain } from './syntax-nodes.ts';

/** Reads a `Grouping` node. */
export function readGrouping(text: string, node: SyntaxNode): Grouping {
  const labels = node.getChild('Labels');
  return {
    mode: node.getChild('By') === null ? 'without' : 'by',
    labelNames: (labels === null ? [] : unchain(labels)).map((label) => readLabelName(text, label)),
  };
}
