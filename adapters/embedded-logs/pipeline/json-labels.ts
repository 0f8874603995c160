// Walks a JSON line without building its objects: numbers stay as written, the first of equal keys can win, and what stands before an
// error is found, as in Loki's parser.

/** A member of a JSON line: the keys that lead to it, and its value as text. */
type JsonLeaf = readonly [path: readonly string[], value: string];

/** What was found in a line. */
export interface JsonLine {
  /** Strings, numbers and booleans in order, nested objects walked; arrays and nulls are left out. */
  readonly leaves: readonly JsonLeaf[];
  /** False when the line is no JSON object, or only begins as one. */
  readonly isObject: boolean;
}

interface Scan {
  readonly text: string;
  position: number;
  readonly leaves: JsonLeaf[];
}

// Deeper objects are not worth a label, and recursion must end.
const maxDepth = 64;

/** Reads a line. */
export function readJsonLine(text: string): JsonLine {
  const scan: Scan = { text, position: 0, leaves: [] };
  const isObject = scanObject(scan, [], 0);
  return { leaves: scan.leaves, isObject };
}

/** Each scanning function moves past its piece, or returns false at an error. */
function scanObject(scan: Scan, path: readonly string[], depth: number): boolean {
  if (depth > maxDepth || !skipCharacter(scan, '{')) {
    return false;
  }
  if (skipCharacter(scan, '}')) {
    return true;
  }
  do {
    const key = scanString(scan);
    if (key === null || !skipCharacter(scan, ':') || !scanMember(scan, [...path, key], depth)) {
      return false;
    }
  } while (skipCharacter(scan, ','));
  return skipCharacter(scan, '}');
}

function scanMember(scan: Scan, path: readonly string[], depth: number): boolean {
  skipBlanks(scan);
  switch (scan.text[scan.position]) {
    case '{':
      return scanObject(scan, path, depth + 1);
    case '[':
      return skipArray(scan);
    case '"': {
      const value = scanString(scan);
      return value !== null && addLeaf(scan, path, value);
    }
    default:
      return scanLiteral(scan, path);
  }
}

function addLeaf(scan: Scan, path: readonly string[], value: string): true {
  scan.leaves.push([path, value]);
  return true;
}

const literal = /(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w.])/y;

function scanLiteral(scan: Scan, path: readonly string[]): boolean {
  literal.lastIndex = scan.position;
  const word = literal.exec(scan.text)?.[0];
  if (word === undefined) {
    return false;
  }
  scan.position += word.length;
  return word === 'null' || addLeaf(scan, path, word);
}

const stringToken = /"(?:[^"\\]|\\.)*"/sy;

function scanString(scan: Scan): string | null {
  skipBlanks(scan);
  stringToken.lastIndex = scan.position;
  const token = stringToken.exec(scan.text)?.[0];
  if (token === undefined) {
    return null;
  }
  scan.position += token.length;
  return token.includes('\\') ? unescape(token) : token.slice(1, -1);
}

/** A string with a broken escape has the value '', as in Loki. */
function unescape(token: string): string {
  try {
    return String(JSON.parse(token)).toWellFormed();
  } catch {
    return '';
  }
}

/** Moves past an array; its strings may hold brackets. */
function skipArray(scan: Scan): boolean {
  let depth = 0;
  while (scan.position < scan.text.length) {
    const character = scan.text[scan.position];
    if (character === '"') {
      if (scanString(scan) === null) {
        return false;
      }
      continue;
    }
    scan.position += 1;
    if (character === '[') {
      depth += 1;
    } else if (character === ']') {
      depth -= 1;
      if (depth === 0) {
        return true;
      }
    }
  }
  return false;
}

function skipCharacter(scan: Scan, character: string): boolean {
  skipBlanks(scan);
  if (scan.text[scan.position] !== character) {
    return false;
  }
  scan.position += 1;
  return true;
}

function skipBlanks(scan: Scan): void {
  while (' \t\n\r'.includes(scan.text[scan.position] ?? 'x')) {
    scan.position += 1;
  }
}
