import { unquoteText } from '@loghunter/engine/logql';

/**
 * The pairs of a logfmt line in order, as Loki's decoder reads them: a broken pair is skipped up to the next blank, a key alone
 * has the value ''. Keys are as written. Null stands for a broken pair.
 */
export function* logfmtPairs(line: string): Generator<readonly [key: string, value: string] | null> {
  let position = 0;
  while (position < line.length) {
    if (isBlank(line, position)) {
      position += 1;
      continue;
    }
    const keyEnd = findKeyEnd(line, position);
    const key = line.slice(position, keyEnd);
    if (line[keyEnd] !== '=') {
      if (line[keyEnd] === '"') {
        yield null;
        position = skipToBlank(line, keyEnd);
      } else {
        yield [key, ''];
        position = keyEnd;
      }
    } else if (key === '') {
      yield null;
      position = skipToBlank(line, keyEnd);
    } else {
      const value = readValue(line, keyEnd + 1);
      yield value.text === null ? null : [key, value.text];
      position = value.end;
    }
  }
}

function isBlank(line: string, position: number): boolean {
  return line.charCodeAt(position) <= 32;
}

function findKeyEnd(line: string, start: number): number {
  let position = start;
  while (position < line.length && line[position] !== '=' && line[position] !== '"' && !isBlank(line, position)) {
    position += 1;
  }
  return position;
}

function skipToBlank(line: string, start: number): number {
  let position = start;
  while (position < line.length && !isBlank(line, position)) {
    position += 1;
  }
  return position;
}

/** The value at a position and where it ends; its text is null when it is broken. */
function readValue(line: string, start: number): { readonly text: string | null; readonly end: number } {
  if (line[start] === '"') {
    return readQuotedValue(line, start);
  }
  const end = skipToBlank(line, start);
  const text = line.slice(start, end);
  return { text: /[="]/.test(text) ? null : text, end };
}

function readQuotedValue(line: string, start: number): { readonly text: string | null; readonly end: number } {
  for (let position = start + 1; position < line.length; position += 1) {
    if (line[position] === '\\') {
      position += 1;
    } else if (line[position] === '"') {
      const end = position + 1;
      return { text: unquoteText(line.slice(start, end)), end };
    }
  }
  return { text: null, end: line.length };
}
