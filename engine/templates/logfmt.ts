import { code, isDigit, isLetter, isSpace } from './characters.ts';
import type { Field } from './fields.ts';
import { maxFieldCount } from './limits.ts';

function isKeyCharacter(at: number): boolean {
  return (
    isLetter(at) ||
    isDigit(at) ||
    at === code.underscore ||
    at === code.dot ||
    at === code.minus ||
    at === code.slash ||
    at === code.at
  );
}

/** End of a quoted value's body that starts at `from`: place of the closing quote, or `end` when it is missing. */
export function closingQuote(text: string, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const current = text.charCodeAt(at);
    if (current === code.quote) {
      return at;
    }
    at += current === code.backslash ? 2 : 1;
  }
  return end;
}

function keyEndAt(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isKeyCharacter(text.charCodeAt(at))) {
    at++;
  }
  return at > start && at - start <= 80 && text.charCodeAt(at) === code.equals && at < end ? at : -1;
}

function fieldAt(text: string, start: number, keyEnd: number, end: number): Field {
  const valueStart = keyEnd + 1;
  const key = text.slice(start, keyEnd);
  if (text.charCodeAt(valueStart) === code.quote && valueStart < end) {
    const valueEnd = closingQuote(text, valueStart + 1, end);
    return { key, keyStart: start, keyEnd, valueStart: valueStart + 1, valueEnd, isQuoted: true };
  }
  let valueEnd = valueStart;
  while (valueEnd < end && !isSpace(text.charCodeAt(valueEnd))) {
    valueEnd++;
  }
  return { key, keyStart: start, keyEnd, valueStart, valueEnd, isQuoted: false };
}

/**
 * Fields of text[from, end) when it is a logfmt line: at least two `key=value` fields from the start on, and nothing
 * but fields, apart from words that trail the last one. Returns null for anything else.
 */
export function parseLogfmt(text: string, from: number, end: number): readonly Field[] | null {
  const fields: Field[] = [];
  let at = from;
  while (at < end && fields.length < maxFieldCount) {
    if (isSpace(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const keyEnd = keyEndAt(text, at, end);
    if (keyEnd < 0) {
      return null;
    }
    const field = fieldAt(text, at, keyEnd, end);
    fields.push(field);
    at = field.isQuoted ? field.valueEnd + 1 : field.valueEnd;
  }
  return fields.length >= 2 || (fields.length === 1 && fields[0]?.isQuoted === true) ? fields : null;
}
