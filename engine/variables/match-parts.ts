// Finds a template's variable places in a stretch of a line: constant texts in order, blanks ignored, values between them.
import type { TemplatePart } from '../templates/index.ts';

/** A stretch of a line with the variables that masking found in it. */
export interface Stretch {
  readonly text: string;
  /** Variables inside, as [start, end) in `text`, ascending; constant text never begins inside one. */
  readonly masked: ReadonlyArray<readonly [start: number, end: number]>;
}

/** How strictly constant texts must be met. */
export interface MatchRules {
  /** True when the last constant text must end the stretch. */
  readonly mustEnd: boolean;
  /** True when words of one constant text may have other text between them, as in access lines. */
  readonly hasGaps: boolean;
}

interface Found {
  readonly start: number;
  readonly end: number;
}

/**
 * Returns the values at the variable places, or null when the template's constant texts do not occur in order. Takes
 * time linear in the text for each constant text.
 */
export function matchParts(stretch: Stretch, parts: readonly TemplatePart[], rules: MatchRules): string[] | null {
  const values: string[] = [];
  let at = 0;
  let valueStart = -1;
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'variable') {
      valueStart = valueStart < 0 ? at : valueStart;
      continue;
    }
    const words = part.text.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) {
      continue;
    }
    const isLast = rules.mustEnd && index === parts.length - 1;
    const found = isLast ? findAtEnd(stretch, words, at) : findWords(stretch, words, at, rules.hasGaps);
    if (found === null) {
      return null;
    }
    takeValues(values, parts, index, stretch.text.slice(valueStart < 0 ? at : valueStart, found.start));
    valueStart = -1;
    at = found.end;
  }
  takeValues(values, parts, parts.length, stretch.text.slice(valueStart < 0 ? at : valueStart));
  return values;
}

// Places right before `index`: mostly one. Of several with nothing but blanks between them, each takes a word.
function takeValues(values: string[], parts: readonly TemplatePart[], index: number, text: string): void {
  const count = parts.slice(0, index).filter((part) => part.kind === 'variable').length - values.length;
  const words = text.trim().split(/\s+/);
  for (let place = 0; place < count; place += 1) {
    values.push(place === count - 1 ? words.slice(place).join(' ') : (words[place] ?? ''));
  }
}

function findWords(stretch: Stretch, words: readonly string[], from: number, hasGaps: boolean): Found | null {
  const [first = '', ...rest] = words;
  for (let start = nextPlace(stretch, first, from); start >= 0; start = nextPlace(stretch, first, start + 1)) {
    const end = endOfWords(stretch.text, rest, start + first.length, hasGaps);
    if (end >= 0) {
      return { start, end };
    }
    if (hasGaps) {
      return null;
    }
  }
  return null;
}

function endOfWords(text: string, words: readonly string[], from: number, hasGaps: boolean): number {
  let at = from;
  for (const word of words) {
    const gapEnd = hasGaps ? text.indexOf(` ${word}`, at) : 0;
    const start = hasGaps ? gapEnd + 1 : endOfBlanks(text, at);
    if (gapEnd < 0 || !text.startsWith(word, start)) {
      return -1;
    }
    at = start + word.length;
  }
  return at;
}

function findAtEnd(stretch: Stretch, words: readonly string[], from: number): Found | null {
  let end = stretch.text.trimEnd().length;
  let start = end;
  for (const word of words.toReversed()) {
    const wordEnd = stretch.text.slice(0, end).trimEnd().length;
    start = wordEnd - word.length;
    if (start < from || !stretch.text.startsWith(word, start)) {
      return null;
    }
    end = start;
  }
  return { start, end: stretch.text.length };
}

function nextPlace(stretch: Stretch, word: string, from: number): number {
  let start = stretch.text.indexOf(word, from);
  for (const [maskStart, maskEnd] of stretch.masked) {
    if (start < 0 || maskStart > start) {
      break;
    }
    if (start < maskEnd) {
      start = stretch.text.indexOf(word, maskEnd);
    }
  }
  return start;
}

function endOfBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) {
    at += 1;
  }
  return at;
}
