// How large an RE2 expression becomes when it is compiled, told from its text.

// What RE2JS was measured to take, in units of one plain character (about 4 microseconds, 3 kB): the tables of a class such
// as \pL have up to 700 ranges, with both cases twice that, and a range beyond ASCII is folded character by character.
const unicodeClassSize = 40;
const foldedClassSize = 100;
const foldedRangeSize = 1500;
const membersPerUnit = 8;
/** RE2's own bound on one repetition. */
const mostRepetitions = 1000;

const repeat = /\{(\d{1,9})(?:(,)(\d{0,9}))?\}/y;
const operator = /[*+?]/y;
const groupStart = /\((?:\?(?:P?<\w*>|[A-Za-z-]*:|P?<?[=!]))?/y;
const flagGroup = /\(\?[A-Za-z-]*\)/y;
const unicodeClass = /\\[pP](?:\{[^}]*\}|.)/suy;
const quotedLiteral = /\\Q([^]*?)(?:\\E|$)/y;
const codeEscape = /\\(?:x\{[0-9A-Fa-f]*\}|x[0-9A-Fa-f]{2}|[0-7]{1,3})/y;
const character = /\\?./suy;
const classStart = /\[\^?\]?/y;
const namedClass = /\[:\^?\w*:\]/y;
const caseFlag = /\(\?[A-Za-z]*i/;

/** A group that is being read: what it holds so far, and the piece of it that a repetition would take. */
interface OpenGroup {
  size: number;
  last: number;
}

/** Reads a text from front to back. */
class Reader {
  readonly #text: string;
  at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.#text.length;
  }

  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.#text);
    this.at += match?.[0].length ?? 0;
    return match;
  }
}

/**
 * Instructions that an expression becomes with all counted repetitions written out, where a class of Unicode counts for as
 * many as it costs. An estimate from above for valid expressions, in linear time; what it says of others means nothing.
 */
export function expandedSizeOf(expression: string, ignoresCase = false): number {
  const reader = new Reader(expression);
  const isFolded = ignoresCase || caseFlag.test(expression);
  const outer: OpenGroup = { size: 0, last: 0 };
  const open = [outer];
  while (!reader.isAtEnd) {
    const group = open.at(-1) ?? outer;
    const factor = repetitionOf(reader);
    if (factor !== null) {
      const repeated = group.last * factor.count + factor.optionalCount;
      group.size += repeated - group.last;
      group.last = repeated;
    } else if (reader.take(flagGroup) === null && reader.take(groupStart) !== null) {
      open.push({ size: 0, last: 0 });
    } else if (open.length > 1 && reader.take(/\)/y) !== null) {
      open.pop();
      add(open.at(-1) ?? outer, group.size + 2);
    } else {
      readAtom(reader, group, isFolded);
    }
  }
  return open.reduce((sum, { size }) => sum + size, 0);
}

function add(group: OpenGroup, size: number): void {
  group.size += size;
  group.last = size;
}

function repetitionOf(reader: Reader): { readonly count: number; readonly optionalCount: number } | null {
  if (reader.take(operator) !== null) {
    return { count: 1, optionalCount: 1 };
  }
  const match = reader.take(repeat);
  if (match === null) {
    return null;
  }
  const least = Number(match[1]);
  const most = match[3] === undefined || match[3] === '' ? least + (match[2] === undefined ? 0 : 1) : Number(match[3]);
  // Not in an expression, which RE2 would refuse: a text such as `order{123456}`.
  return Math.max(least, most) > mostRepetitions
    ? { count: 1, optionalCount: 0 }
    : { count: Math.max(least, most, 1), optionalCount: Math.max(most - least, 0) };
}

function readAtom(reader: Reader, group: OpenGroup, isFolded: boolean): void {
  const quoted = reader.take(quotedLiteral);
  if (quoted !== null) {
    // A repetition behind it takes its last character.
    group.size += quoted[1]?.length ?? 0;
    group.last = 1;
  } else if (reader.take(unicodeClass) !== null) {
    add(group, isFolded ? foldedClassSize : unicodeClassSize);
  } else if (reader.take(classStart) !== null) {
    add(group, readClass(reader, isFolded));
  } else if (reader.take(codeEscape) !== null || reader.take(character) !== null) {
    add(group, 1);
  }
}

/** Size of a class whose bracket was just read; reads it to its end. */
function readClass(reader: Reader, isFolded: boolean): number {
  let size = 1;
  let memberCount = 0;
  while (!reader.isAtEnd && reader.take(/\]/y) === null) {
    if (reader.take(unicodeClass) !== null) {
      size += isFolded ? foldedClassSize : unicodeClassSize;
      continue;
    }
    if (reader.take(namedClass) === null) {
      const first = reader.take(codeEscape) ?? reader.take(character);
      const isRange = reader.take(/-(?!\])/y) !== null;
      const last = isRange ? (reader.take(codeEscape) ?? reader.take(character)) : null;
      size += isFolded && isRange && !(isAscii(first) && isAscii(last)) ? foldedRangeSize : 0;
    }
    memberCount += 1;
  }
  return size + Math.floor(memberCount / membersPerUnit);
}

function isAscii(match: RegExpExecArray | null): boolean {
  return match !== null && /^\\?[\x20-\x7e]$/.test(match[0]);
}
