// The subset of Go's text/template that line_format and label_format have here. What is outside is refused by name.
import { unquoteText } from '@loghunter/engine/logql';

import { embeddedFailure, notSupportedHere } from '../embedded-failure.ts';
import { templateFunctions } from './template-functions.ts';

/** A value inside an action. */
export type TemplateOperand =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'pipeline'; readonly commands: readonly TemplateCommand[] };

/** A function with its arguments, or (without a function) the one operand itself. */
export interface TemplateCommand {
  readonly functionName: string | null;
  readonly operands: readonly TemplateOperand[];
}

/** A piece of a template. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly commands: readonly TemplateCommand[] }
  | {
      readonly kind: 'if';
      readonly condition: readonly TemplateCommand[];
      readonly then: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

/** Reads a template. Throws `PortError`: `rejected` for a broken one, `not-supported` for parts of Go's templates that are not here. */
export function parseTemplate(source: string): readonly TemplateNode[] {
  const pieces = splitPieces(source);
  const nodes = readNodes(pieces);
  if (pieces.length > 0) {
    throw broken(`unexpected {{${pieces[0]?.text.trim()}}}`);
  }
  return nodes;
}

function broken(reason: string): Error {
  return embeddedFailure('rejected', `invalid template: ${reason}`);
}

interface Piece {
  readonly kind: 'text' | 'action';
  readonly text: string;
}

// An action ends at the first `}}` outside a string.
const action = /\{\{(-(?=\s))?((?:[^"`}]|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\}(?!\}))*?)((?<=\s)-)?\}\}/gs;

function splitPieces(source: string): Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  let trimsNext = false;
  for (const match of source.matchAll(action)) {
    const before = source.slice(position, match.index);
    if (before.includes('{{')) {
      throw broken('an action is not closed');
    }
    pushText(pieces, before, trimsNext, match[1] !== undefined);
    const text = match[2] ?? '';
    if (!/^\s*\/\*.*\*\/\s*$/s.test(text)) {
      pieces.push({ kind: 'action', text });
    }
    trimsNext = match[3] !== undefined;
    position = match.index + match[0].length;
  }
  const rest = source.slice(position);
  if (rest.includes('{{')) {
    throw broken('an action is not closed');
  }
  pushText(pieces, rest, trimsNext, false);
  return pieces;
}

function pushText(pieces: Piece[], text: string, trimsStart: boolean, trimsEnd: boolean): void {
  const started = trimsStart ? text.trimStart() : text;
  const trimmed = trimsEnd ? started.trimEnd() : started;
  if (trimmed !== '') {
    pieces.push({ kind: 'text', text: trimmed });
  }
}

/** Reads up to an `else`, an `end` or the end of the template; takes what it reads off the list. */
function readNodes(pieces: Piece[]): readonly TemplateNode[] {
  const nodes: TemplateNode[] = [];
  for (let piece = pieces[0]; piece !== undefined; piece = pieces[0]) {
    if (piece.kind === 'text') {
      nodes.push({ kind: 'text', text: piece.text });
      pieces.shift();
      continue;
    }
    const keyword = /^\s*(\w+)\b/.exec(piece.text)?.[1] ?? '';
    if (keyword === 'else' || keyword === 'end') {
      return nodes;
    }
    pieces.shift();
    if (keyword === 'if') {
      nodes.push(readBranch(pieces, piece.text.trim().slice(2)));
    } else if (['range', 'with', 'define', 'template', 'block', 'break', 'continue'].includes(keyword)) {
      throw notSupportedHere(`${keyword} in a template`);
    } else {
      nodes.push({ kind: 'action', commands: readAction(piece.text) });
    }
  }
  return nodes;
}

function readBranch(pieces: Piece[], condition: string): TemplateNode {
  const then = readNodes(pieces);
  const next = pieces.shift()?.text.trim() ?? '';
  if (next === 'end') {
    return { kind: 'if', condition: readAction(condition), then, otherwise: [] };
  }
  const elseIf = /^else\s+if\b(.*)$/s.exec(next);
  if (elseIf !== null) {
    return { kind: 'if', condition: readAction(condition), then, otherwise: [readBranch(pieces, elseIf[1] ?? '')] };
  }
  const otherwise = next === 'else' ? readNodes(pieces) : [];
  if (next !== 'else' || pieces.shift()?.text.trim() !== 'end') {
    throw broken('an if has no end');
  }
  return { kind: 'if', condition: readAction(condition), then, otherwise };
}

const token =
  /\s*(?:(\|)|(\()|(\))|("(?:[^"\\\n]|\\.)*"|`[^`]*`)|(-?\d+(?:\.\d+)?)(?![\w.])|\.([A-Za-z_]\w*)|([A-Za-z_]\w*)|(\S))/gs;

type Token =
  | { readonly kind: 'mark'; readonly mark: '|' | '(' | ')' }
  | { readonly kind: 'word'; readonly name: string }
  | { readonly kind: 'operand'; readonly operand: TemplateOperand };

function readAction(text: string): readonly TemplateCommand[] {
  const tokens = Array.from(text.trim().matchAll(token), readToken);
  const commands = readPipeline(tokens);
  if (tokens.length > 0) {
    throw broken(`unexpected ) in {{${text}}}`);
  }
  return commands;
}

function readToken(match: RegExpExecArray): Token {
  const [, pipe, opening, closing, string, number, field, word] = match;
  const mark = pipe ?? opening ?? closing;
  if (mark === '|' || mark === '(' || mark === ')') {
    return { kind: 'mark', mark };
  }
  if (string !== undefined) {
    const value = unquoteText(string);
    if (value === null) {
      throw broken(`the string ${string} has an unknown escape`);
    }
    return { kind: 'operand', operand: { kind: 'literal', value } };
  }
  if (number !== undefined) {
    return { kind: 'operand', operand: { kind: 'literal', value: Number(number) } };
  }
  if (field !== undefined) {
    return { kind: 'operand', operand: { kind: 'field', name: field } };
  }
  if (word === 'true' || word === 'false') {
    return { kind: 'operand', operand: { kind: 'literal', value: word === 'true' } };
  }
  if (word !== undefined) {
    return { kind: 'word', name: word };
  }
  throw notSupportedHere(`'${match[0].trim()}' in a template`);
}

function readPipeline(tokens: Token[]): readonly TemplateCommand[] {
  const commands: TemplateCommand[] = [];
  do {
    commands.push(readCommand(tokens, commands.length > 0));
  } while (tokens[0]?.kind === 'mark' && tokens[0].mark === '|' && tokens.shift() !== undefined);
  return commands;
}

function readCommand(tokens: Token[], isPiped: boolean): TemplateCommand {
  const functionName = tokens[0]?.kind === 'word' ? tokens[0].name : null;
  if (functionName !== null) {
    tokens.shift();
    if (!Object.hasOwn(templateFunctions, functionName) && functionName !== '__line__') {
      throw notSupportedHere(`the template function ${functionName}`);
    }
  }
  const operands: TemplateOperand[] = [];
  for (let next = tokens[0]; next !== undefined; next = tokens[0]) {
    if (next.kind === 'mark' && next.mark !== '(') {
      break;
    }
    tokens.shift();
    operands.push(readOperand(next, tokens));
  }
  const isValue = functionName === null && operands.length === 1 && !isPiped;
  if (functionName === null && !isValue) {
    throw broken('a command is a value, or a function with its arguments');
  }
  return { functionName, operands };
}

function readOperand(first: Token, tokens: Token[]): TemplateOperand {
  if (first.kind === 'operand') {
    return first.operand;
  }
  if (first.kind === 'word') {
    if (first.name === '__line__') {
      return { kind: 'pipeline', commands: [{ functionName: '__line__', operands: [] }] };
    }
    throw notSupportedHere(`${first.name} as an argument in a template`);
  }
  const commands = readPipeline(tokens);
  if (tokens.shift()?.kind !== 'mark') {
    throw broken('a parenthesis is not closed');
  }
  return { kind: 'pipeline', commands };
}

/** The labels that a template uses. */
export function templateFields(nodes: readonly TemplateNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    switch (node.kind) {
      case 'text':
        return [];
      case 'action':
        return commandFields(node.commands);
      case 'if':
        return [...commandFields(node.condition), ...templateFields(node.then), ...templateFields(node.otherwise)];
    }
  });
}

function commandFields(commands: readonly TemplateCommand[]): readonly string[] {
  return commands.flatMap(({ operands }) =>
    operands.flatMap((operand) => {
      switch (operand.kind) {
        case 'field':
          return [operand.name];
        case 'pipeline':
          return commandFields(operand.commands);
        case 'literal':
          return [];
      }
    })
  );
}
