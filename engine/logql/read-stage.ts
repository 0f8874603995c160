import type { SyntaxNode } from '@lezer/common';

import type {
  LabelAssignment,
  LabelChoice,
  LabelExtraction,
  LineFilter,
  PatternFilter,
  PipelineStage,
} from './log-query.ts';
import { NotSupported } from './parse-failures.ts';
import { readLabelCondition } from './read-label-condition.ts';
import { readLabelName, readMatcher } from './read-matcher.ts';
import { childOf, childrenOf, contentOf, stringOf, textOf, unchain } from './syntax-nodes.ts';

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
    case 'LineFormatExpr':
      return [{ kind: 'line_format', template: stringOf(text, childOf(content, 'String')) }];
    case 'LabelFormatExpr':
      return [{ kind: 'label_format', assignments: listOf(content, 'LabelsFormat', text, readAssignment) }];
    case 'DecolorizeExpr':
      return [{ kind: 'decolorize' }];
    case 'DropLabelsExpr':
      return [{ kind: 'drop', labels: listOf(content, 'DropLabels', text, readChoice) }];
    case 'KeepLabelsExpr':
      return [{ kind: 'keep', labels: listOf(content, 'KeepLabels', text, readChoice) }];
    default:
      throw new NotSupported(
        textOf(text, content)
          .split(/[\s"`(]/, 1)
          .join(''),
        content.from
      );
  }
}

function listOf<Item>(
  node: SyntaxNode,
  name: string,
  text: string,
  read: (text: string, node: SyntaxNode) => Item
): readonly Item[] {
  return unchain(childOf(node, name)).map((item) => read(text, item));
}

function readAssignment(text: string, node: SyntaxNode): LabelAssignment {
  const [nameNode, fromNode] = node.getChildren('Identifier');
  const name = readLabelName(text, nameNode ?? node);
  return fromNode === undefined
    ? { kind: 'template', name, template: stringOf(text, childOf(node, 'String')) }
    : { kind: 'rename', name, from: readLabelName(text, fromNode) };
}

function readChoice(text: string, node: SyntaxNode): LabelChoice {
  const matcher = node.getChild('Matcher');
  return matcher === null
    ? { kind: 'name', name: readLabelName(text, childOf(node, 'Identifier')) }
    : { kind: 'match', matcher: readMatcher(text, matcher) };
}

const filterOperators = {
  PipeExact: '|=',
  Neq: '!=',
  PipeMatch: '|~',
  Nre: '!~',
  PipePattern: '|>',
  Npa: '!>',
} as const;

function isFilterOperator(name: string): name is keyof typeof filterOperators {
  return Object.hasOwn(filterOperators, name);
}

function readLineFilter(text: string, node: SyntaxNode): PipelineStage {
  if (node.name !== 'LineFilter') {
    throw new NotSupported('ip() beside other line filters', node.from);
  }
  const filter = childOf(node, 'Filter');
  const name = contentOf(filter).name;
  if (!isFilterOperator(name)) {
    throw new NotSupported(`line filter ${textOf(text, filter)}`, node.from);
  }
  const operator = filterOperators[name];
  if (node.getChild('FilterOp') !== null) {
    if ((operator !== '|=' && operator !== '!=') || node.getChild('Or') !== null) {
      throw new NotSupported(`line filter ${operator} with ip()`, node.from);
    }
    return { kind: 'address-filter', operator, range: stringOf(text, childOf(node, 'String')) };
  }
  const patterns = readAlternatives(text, node);
  return operator === '|>' || operator === '!>'
    ? ({ kind: 'pattern-filter', operator, patterns } satisfies PatternFilter)
    : ({ kind: 'line-filter', operator, patterns } satisfies LineFilter);
}

function readAlternatives(text: string, node: SyntaxNode): readonly string[] {
  const patterns: string[] = [];
  // `or` nests to the right: LineFilter(Filter, String, Or, OrFilter(String, Or, OrFilter(String))).
  for (let part: SyntaxNode | null = node; part !== null; part = part.getChild('OrFilter')) {
    if (part.getChild('FilterOp') !== null) {
      throw new NotSupported('ip() beside other line filters', part.from);
    }
    patterns.push(stringOf(text, childOf(part, 'String')));
  }
  return patterns;
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
