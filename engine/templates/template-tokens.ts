import type { TokenBuffer } from './token-buffer.ts';
import type { TemplatePart } from './template-part.ts';
import { variableTypeOf } from './variable-types.ts';

/** One token of a template: constant text, or a variable (`text` is then empty). */
export interface TemplateToken {
  readonly text: string;
  /** Type of the variable; empty for constant text. */
  readonly type: string;
  /** Whether whitespace stands before it. */
  readonly isSpaced: boolean;
}

/** How a variable is written in signatures. No constant token is ever equal to it: they are single words or characters. */
export const variableMark = '<*>';

/** The tokens of a buffer as objects, for the slow path. */
export function tokensOf(text: string, buffer: TokenBuffer): readonly TemplateToken[] {
  const tokens: TemplateToken[] = [];
  for (let at = 0; at < buffer.count; at++) {
    const type = buffer.type[at] ?? 0;
    const start = buffer.start[at] ?? 0;
    // A gap without a blank is a removed ANSI sequence or an escape: the literal text is not contiguous there.
    const isSpaced = at > 0 && start > (buffer.end[at - 1] ?? 0);
    tokens.push({
      text: type === 0 ? text.slice(start, buffer.end[at]) : '',
      type: type === 0 ? '' : variableTypeOf(type),
      isSpaced,
    });
  }
  return tokens;
}

/** Signature of tokens: constants as they are, variables as one mark, the amount of whitespace left out. */
export function signatureOf(tokens: readonly TemplateToken[]): string {
  let signature = '';
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token !== undefined) {
      signature += (at > 0 ? ' ' : '') + (token.type === '' ? token.text : variableMark);
    }
  }
  return signature;
}

/** Template parts of tokens; neighbouring constants become one text, with one blank where whitespace stood. */
export function partsOf(tokens: readonly TemplateToken[]): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = '';
  for (const token of tokens) {
    text += token.isSpaced ? ' ' : '';
    if (token.type === '') {
      text += token.text;
      continue;
    }
    if (text !== '') {
      parts.push({ kind: 'text', text });
      text = '';
    }
    parts.push({ kind: 'variable', type: token.type });
  }
  if (text !== '') {
    parts.push({ kind: 'text', text });
  }
  return parts;
}

/** Tokens as one string, to be kept in numbers: a mark for the blank, then the text or the type in angle brackets. */
export function packTokens(tokens: readonly TemplateToken[]): string {
  return tokens
    .map(({ text, type, isSpaced }) => (isSpaced ? '_' : '.') + (type === '' ? text : `<${type}>`))
    .join('\n');
}

/** The tokens that were packed. */
export function unpackTokens(packed: string): readonly TemplateToken[] {
  if (packed === '') {
    return [];
  }
  return packed.split('\n').map((token) => {
    const isSpaced = token.startsWith('_');
    // A constant is a word or one character, so that a longer text in angle brackets is always a type.
    const isVariable = token.length > 3 && token.charAt(1) === '<' && token.endsWith('>');
    return isVariable ? { text: '', type: token.slice(2, -1), isSpaced } : { text: token.slice(1), type: '', isSpaced };
  });
}
