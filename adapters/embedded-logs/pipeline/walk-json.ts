// Walks a JSON line without building its objects: numbers stay as written, the first of equal keys can win, and what stands before an
// error is found, as with the parser that Loki uses, which is lenient: it checks no number, and takes a comma before a closing brace.

/** A value as it stands in the text. */
export interface JsonToken {
  readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array' | 'broken';
  /** Strings are without their quotes, escapes as written. */
  readonly text: string;
}

interface FoundToken extends JsonToken {
  /** Position after the value. */
  readonly end: number;
}

/** Told of each member of an object; false stops the walk. */
export type MemberVisitor = (key: string, value: JsonToken) => boolean;

/** How a walk ended. */
export type WalkEnd = 'whole' | 'stopped' | 'broken';

/**
 * Goes through the members of an object; what follows the object is not looked at. With `showsBroken` the visitor is also told of the
 * member at which the walk breaks: its text is all that is left.
 */
export function walkObject(text: string, visit: MemberVisitor, showsBroken = false): WalkEnd {
  let position = skipBlanks(text, 0);
  if (text[position] !== '{') {
    return 'broken';
  }
  position = skipBlanks(text, position + 1);
  while (text[position] !== '}') {
    const key = text[position] === '"' ? readString(text, position) : null;
    const keyText = key === null ? null : unescapeJson(key.text);
    const colon = key === null ? 0 : skipBlanks(text, key.end);
    if (keyText === null || text[colon] !== ':') {
      return 'broken';
    }
    const value = readToken(text, skipBlanks(text, colon + 1));
    if (value === null) {
      if (showsBroken) {
        visit(keyText, { kind: 'broken', text: text.slice(colon + 1).trimStart() });
      }
      return 'broken';
    }
    if (!visit(keyText, value)) {
      return 'stopped';
    }
    position = skipBlanks(text, value.end);
    if (text[position] === ',') {
      position = skipBlanks(text, position + 1);
    } else if (text[position] !== '}') {
      return 'broken';
    }
  }
  return 'whole';
}

/** The elements of an array, up to where it breaks. */
export function* arrayElements(text: string): Generator<JsonToken> {
  let position = skipBlanks(text, 0);
  if (text[position] !== '[') {
    return;
  }
  position = skipBlanks(text, position + 1);
  while (text[position] !== ']') {
    const value = readToken(text, position);
    if (value === null) {
      return;
    }
    yield value;
    position = skipBlanks(text, value.end);
    if (text[position] !== ',') {
      return;
    }
    position = skipBlanks(text, position + 1);
  }
}

const plainEnd = /[ \t\n\r,}\]]|$/g;

function readToken(text: string, start: number): FoundToken | null {
  switch (text[start]) {
    case '"':
      return readString(text, start);
    case '{':
      return readBlock(text, start, 'object', '{', '}');
    case '[':
      return readBlock(text, start, 'array', '[', ']');
    default: {
      plainEnd.lastIndex = start;
      const end = plainEnd.exec(text)?.index ?? text.length;
      const kind = kindOfWord(text.slice(start, end));
      return kind === null ? null : { kind, text: text.slice(start, end), end };
    }
  }
}

function kindOfWord(word: string): JsonToken['kind'] | null {
  if (word === 'true' || word === 'false') {
    return 'boolean';
  }
  return word === 'null' ? 'null' : /^[-\d]/.test(word) ? 'number' : null;
}

const stringToken = /"(?:[^"\\]|\\.)*"/sy;

function readString(text: string, start: number): FoundToken | null {
  stringToken.lastIndex = start;
  const token = stringToken.exec(text)?.[0];
  return token === undefined ? null : { kind: 'string', text: token.slice(1, -1), end: start + token.length };
}

/** An object or array up to its closing mark; strings inside may hold marks. */
function readBlock(
  text: string,
  start: number,
  kind: 'object' | 'array',
  opening: string,
  closing: string
): FoundToken | null {
  let depth = 0;
  for (let position = start; position < text.length; position += 1) {
    const character = text[position];
    if (character === '"') {
      const string = readString(text, position);
      if (string === null) {
        return null;
      }
      position = string.end - 1;
    } else if (character === opening) {
      depth += 1;
    } else if (character === closing) {
      depth -= 1;
      if (depth === 0) {
        return { kind, text: text.slice(start, position + 1), end: position + 1 };
      }
    }
  }
  return null;
}

function skipBlanks(text: string, start: number): number {
  let position = start;
  while (' \t\n\r'.includes(text[position] ?? 'x')) {
    position += 1;
  }
  return position;
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '/': '/',
  '\\': '\\',
};
const escape = /\\(?:u([0-9a-fA-F]{4})|(.?))/gs;

/** The meaning of a string's text; null when it has an escape that JSON does not know. */
export function unescapeJson(written: string): string | null {
  if (!written.includes('\\')) {
    return written;
  }
  let isValid = true;
  const text = written.replace(escape, (_match, code?: string, single?: string) => {
    if (code !== undefined) {
      return String.fromCharCode(Number.parseInt(code, 16));
    }
    isValid &&= Object.hasOwn(escapes, single ?? '');
    return escapes[single ?? ''] ?? '';
  });
  return isValid && text.isWellFormed() ? text : null;
}
