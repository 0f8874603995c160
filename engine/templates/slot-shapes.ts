import type { TokenBuffer } from './token-buffer.ts';
import { variableMark, type TemplateToken } from './template-tokens.ts';
import { variableCode } from './variable-types.ts';

/** Words such as `ssh2`, `jk2_init` or `L3`: names with a digit in them, constant until another one is seen. */
const nameWithDigit = /^[A-Za-z][A-Za-z_]{0,30}\d{1,3}[A-Za-z_]{0,30}$/;
const countedName = /^[A-Za-z]{2,30}\.(?=\d+$)/;
const longestShaped = 80;

const foldedTypes: ReadonlySet<string> = new Set(['number', 'quantity', 'id', 'ip']);

function shapeOfWord(word: string): string {
  if (!/\d/.test(word) || nameWithDigit.test(word)) {
    return word;
  }
  const tail = /[,:;.]$/.exec(word)?.[0] ?? '';
  return variableMark + tail;
}

/** How the text of a masked variable is shown: its words with a digit as marks, units and separators as they are. */
export function shapeOfVariable(text: string, type: string): string {
  if (text.length > longestShaped || !foldedTypes.has(type) || text.includes('(')) {
    return variableMark;
  }
  const prefix = countedName.exec(text)?.[0] ?? '';
  if (prefix !== '') {
    return prefix + variableMark;
  }
  const words = text.split(/\s+/);
  if (words.length === 1) {
    return variableMark;
  }
  return words.map(shapeOfWord).join(' ');
}

/** What all values of one slot have in common: the same word, or the same shape (`<*> bytes`), or nothing. */
function commonShape(first: string, second: string): string {
  return first === second ? first : variableMark;
}

/**
 * How the variables of one pattern are shown: what all lines so far agree on. A word with a digit stays text until it
 * differs, "17 bytes" keeps its unit, "1, 2" its comma.
 */
export class SlotShapes {
  readonly #tokenCount: number;
  /** Places of the variables, their types, and the shape of each; no shapes before the first line. */
  readonly #places: Uint16Array;
  readonly #types: readonly string[];
  readonly #shapes: string[] = [];
  #isSettled = false;

  constructor(tokens: readonly TemplateToken[]) {
    this.#tokenCount = tokens.length;
    this.#places = Uint16Array.from(tokens.flatMap((token, at) => (token.type === '' ? [] : [at])));
    this.#types = tokens.flatMap(({ type }) => (type === '' ? [] : [type]));
  }

  /** Takes in a line whose tokens stand at the same places; `undefined` when they do not, which ends all agreement. */
  observe(text: string, buffer: TokenBuffer | undefined): void {
    if (this.#isSettled) {
      return;
    }
    const isAligned = buffer?.count === this.#tokenCount;
    this.#isSettled = true;
    for (let index = 0; index < this.#places.length; index++) {
      const before = this.#shapes[index];
      if (before === variableMark) {
        continue;
      }
      const shape = isAligned ? this.#shapeAt(text, buffer, index) : variableMark;
      const after = before === undefined ? shape : commonShape(before, shape);
      this.#shapes[index] = after;
      this.#isSettled &&= after === variableMark;
    }
  }

  #shapeAt(text: string, buffer: TokenBuffer, index: number): string {
    const at = this.#places[index] ?? 0;
    const start = buffer.start[at] ?? 0;
    const end = buffer.end[at] ?? 0;
    if (end - start > longestShaped) {
      return variableMark;
    }
    // A copy: a slice would keep the whole line in memory.
    const value = ` ${text.slice(start, end)}`.slice(1);
    if (buffer.type[at] === 0 || (buffer.type[at] === variableCode.id && nameWithDigit.test(value))) {
      return value;
    }
    return shapeOfVariable(value, this.#types[index] ?? '');
  }

  /** Shape of the variable at a place; `<*>` when lines disagree or none was seen. */
  at(place: number): string {
    return this.#shapes[this.#places.indexOf(place)] ?? variableMark;
  }

  /** Whether a line was taken in. */
  hasLines(): boolean {
    return this.#shapes.length > 0;
  }
}

/** One pattern of a cluster with what its lines agree on. */
export interface ShapedPattern {
  readonly tokens: readonly TemplateToken[];
  readonly shapes: SlotShapes | null;
}

function shapeIn(pattern: ShapedPattern, at: number): string {
  const token = pattern.tokens[at];
  if (token === undefined || token.type === '') {
    return token?.text ?? variableMark;
  }
  return pattern.shapes?.at(at) ?? variableMark;
}

/** Tokens of the shown pattern with every variable written as all patterns of the cluster agree; types stay. */
export function shapedTokens(shown: ShapedPattern, members: readonly ShapedPattern[]): readonly TemplateToken[] {
  const seen = members.filter((member) => member.shapes === null || member.shapes.hasLines());
  return shown.tokens.flatMap((token, at) => {
    if (token.type === '') {
      return [token];
    }
    let shape: string | undefined;
    for (const member of seen) {
      const isAligned = member.tokens.length === shown.tokens.length;
      const own = isAligned ? shapeIn(member, at) : variableMark;
      shape = shape === undefined ? own : commonShape(shape, own);
    }
    return tokensOfShape(shape ?? variableMark, token);
  });
}

function tokensOfShape(shape: string, token: TemplateToken): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  let { isSpaced } = token;
  shape.split(variableMark).forEach((text, index) => {
    if (index > 0) {
      tokens.push({ text: '', type: token.type, isSpaced });
      isSpaced = false;
    }
    if (text !== '') {
      tokens.push({ text, type: '', isSpaced });
      isSpaced = false;
    }
  });
  return tokens;
}
