import type { SyntaxNode } from '@lezer/common';

import { readLabelName } from './read-matcher.ts';
import { NotSupported } from './parse-failures.ts';
import type { LabelExtraction, LineFilter, LineFilterOperator, PipelineStage } from './query.ts';
import { readLabelCondition } from './read-label-condition.ts';
import { childOf, childrenOf, stringOf, textOf, unchain } from './syntax-nodes.ts';

/** Reads a `PipelineStage` node; a run of line filters is one node and gives several stages. */
export function readStage(text: string, node: SyntaxNode): readonly PipelineStage[] {
  const content = childrenOf(node).find((child) => child.name !== 'Pipe') ?? node;
  switch (content.name) {
    case 'LineFilters':
      return unchain(content).map((filter) => readLineFilter(text, filter));
    case 'LabelFilter':
      return [{ kind: 'label-filter', condition: readLabelCondition(text, content) }];
    case 'LabelParser':
      return [readLabelParser(text, content)];
    case 'JsonExpressionParser':
      return [{ kind: 'json', extractions: readExtractions(text, content) }];
    case 'LogfmtParser':
    case 'LogfmtExpressionParser':
      return [readLogfmt(text, content)];
    default:
      throw new NotSupported(
        textOf(text, content)
          .split(/[\s"`(]/, 1)
          .join(''),
        content.from
      );
  }
}

const lineFilterOperators: Readonly<Record<string, LineFilterOperator>> = {
  PipeExact: '|=',
  Neq: '!=',
  PipeMatch: '|~',
  Nre: '!~',
};

function readLineFilter(text: string, node: SyntaxNode): LineFilter {
  const filter = childOf(node, 'Filter');
  const operator = lineFilterOperators[filter.firstChild?.name ?? ''];
  if (operator === undefined) {
    throw new NotSupported(`line filter ${textOf(text, filter)}`, node.from);
  }
  const patterns: string[] = [];
  // `or` nests to the right: LineFilter(Filter, String, Or, OrFilter(String, Or, OrFilter(String))).
  for (let part: SyntaxNode | null = node; part !== null; part = part.getChild('OrFilter')) {
    if (part.getChild('FilterOp') !== null) {
      throw new NotSupported('ip() in a line filter', part.from);
    }
    patterns.push(stringOf(text, childOf(part, 'String')));
  }
  return { kind: 'line-filter', operator, patterns };
}

function readLabelParser(text: string, node: SyntaxNode): PipelineStage {
  const [parser, expression] = childrenOf(node);
  switch (parser?.name) {
    case 'Json':
      return { kind: 'json', extractions: [] };
    case 'Unpack':
      return { kind: 'unpack' };
    case 'Pattern':
    case 'Regexp':
      return {
        kind: parser.name === 'Pattern' ? 'pattern' : 'regexp',
        expression: stringOf(text, expression ?? childOf(node, 'String')),
      };
    default:
      throw new NotSupported(textOf(text, node), node.from);
  }
}

function readLogfmt(text: string, node: SyntaxNode): PipelineStage {
  const flagList = node.getChild('LogfmtParserFlags');
  const flags = new Set(flagList === null ? [] : unchain(flagList).map((flag) => textOf(text, flag)));
  return {
    kind: 'logfmt',
    isStrict: flags.has('--strict'),
    keepsEmpty: flags.has('--keep-empty'),
    extractions: readExtractions(text, node),
  };
}

function readExtractions(text: string, node: SyntaxNode): readonly LabelExtraction[] {
  const list = node.getChild('LabelExtractionExpressionList');
  return (list === null ? [] : unchain(list)).map((extraction) => {
    const name = readLabelName(text, childOf(extraction, 'Identifier'));
    const expression = extraction.getChild('String');
    return { name, expression: expression === null ? name : stringOf(text, expression) };
  });
}
