import { code, isSpace } from './characters.ts';
import type { Field } from './fields.ts';
import { maxFieldCount } from './limits.ts';
import { closingQuote } from './logfmt.ts';

function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

/** End of a value that is no string: a number, a word, or a whole object or array. */
function plainValueEnd(text: string, from: number, end: number): number {
  let depth = 0;
  let at = from;
  while (at < end) {
    const current = text.charCodeAt(at);
    if (current === code.quote) {
      at = closingQuote(text, at + 1, end);
    } else if (current === code.openBrace || current === code.openBracket) {
      depth++;
    } else if (current === code.closeBrace || current === code.closeBracket) {
      if (depth === 0) {
        return at;
      }
      depth--;
    } else if (current === code.comma && depth === 0) {
      return at;
    }
    at++;
  }
  return Math.min(at, end);
}

function fieldAt(text: string, keyStart: number, end: number): Field | null {
  const keyEnd = closingQuote(text, keyStart, end);
  const colon = skipSpaces(text, keyEnd + 1, end);
  if (colon >= end || text.charCodeAt(colon) !== code.colon) {
    return null;
  }
  const start = skipSpaces(text, colon + 1, end);
  const key = text.slice(keyStart, keyEnd);
  if (start < end && text.charCodeAt(start) === code.quote) {
    return {
      key,
      keyStart,
      keyEnd,
      valueStart: start + 1,
      valueEnd: closingQuote(text, start + 1, end),
      isQuoted: true,
    };
  }
  return { key, keyStart, keyEnd, valueStart: start, valueEnd: plainValueEnd(text, start, end), isQuoted: false };
}

/**
 * Top-level fields of text[from, end) when it looks like a JSON object, in their order; null for anything else.
 * Permissive: a line that was cut off gives the fields before the cut. Nested values stay one field.
 */
export function parseJsonLine(text: string, from: number, end: number): readonly Field[] | null {
  if (text.charCodeAt(from) !== code.openBrace) {
    return null;
  }
  const fields: Field[] = [];
  let at = skipSpaces(text, from + 1, end);
  while (at < end && fields.length < maxFieldCount) {
    if (text.charCodeAt(at) !== code.quote) {
      return null;
    }
    const field = fieldAt(text, at + 1, end);
    if (field === null) {
      return fields.length > 0 ? fields : null;
    }
    fields.push(field);
    at = skipSpaces(text, field.isQuoted ? field.valueEnd + 1 : field.valueEnd, end);
    if (at >= end || text.charCodeAt(at) === code.closeBrace) {
      return fields;
    }
    if (text.charCodeAt(at) !== code.comma) {
      return null;
    }
    at = skipSpaces(text, at + 1, end);
  }
  return fields.length > 0 ? fields : null;
}
