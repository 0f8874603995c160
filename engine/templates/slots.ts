import { isFailureWord, isWord } from './slot-evidence.ts';
import type { Slot } from './slot.ts';
import type { TemplateToken } from './template-tokens.ts';

const closingOf: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const openings = new Set(['[', '(', '"', "'", '<', '{', ',', '.', ';', ':']);
const closings = new Set([']', ')', '"', "'", '>', '}', ',', '.', ';', ':']);
const valueEnds = new Set([',', ';', ')', ']', '}']);
const longestQuotation = 12;
/** Constant words before the colon: two name what failed, four a phrase that is no mere name of a component. */
const fewestReasonWords = 2;
const fewestTailWords = 4;

/** Collects slots of one template that are longer or shorter than one token. */
class SpanFinder {
  readonly slots: Slot[] = [];
  readonly #tokens: readonly TemplateToken[];

  constructor(tokens: readonly TemplateToken[]) {
    this.#tokens = tokens;
  }

  #text(at: number): string {
    return this.#tokens[at]?.text ?? '';
  }

  #add(start: number, end: number, place: Slot['place'] = 'any'): void {
    if (end - start === 1) {
      return;
    }
    let hasVariable = false;
    for (let at = start; at < end; at++) {
      const type = this.#tokens[at]?.type ?? '';
      if (type === 'any') {
        return;
      }
      hasVariable ||= type !== '';
    }
    this.slots.push({ start, end, hasVariable, place });
  }

  /** Stretches between blanks, without the punctuation around them. */
  addChunks(): void {
    const tokens = this.#tokens;
    let start = 0;
    while (start < tokens.length) {
      let end = start + 1;
      while (end < tokens.length && tokens[end]?.isSpaced !== true) {
        end++;
      }
      this.#addChunk(start, end);
      start = end;
    }
  }

  #addChunk(start: number, end: number): void {
    let from = start;
    let to = end;
    while (from < to && openings.has(this.#text(from))) {
      from++;
    }
    while (to > from && closings.has(this.#text(to - 1))) {
      if (this.#text(to - 1) === ')' && this.#holds(from, to - 1, '(')) {
        break;
      }
      to--;
    }
    if (to - from > 1 && !this.#holds(from, to, '=')) {
      this.#add(from, to);
    }
  }

  #holds(start: number, end: number, text: string): boolean {
    for (let at = start; at < end; at++) {
      if (this.#text(at) === text) {
        return true;
      }
    }
    return false;
  }

  /** Bodies of brackets and quotes, and values after `=`; any of them may be empty. */
  addBodies(): void {
    const open: Array<{ readonly at: number; readonly closing: string }> = [];
    for (let at = 0; at < this.#tokens.length; at++) {
      const text = this.#text(at);
      const closing = closingOf.get(text);
      if (closing !== undefined) {
        open.push({ at, closing });
      } else if (text === ')' || text === ']' || text === '}') {
        const opening = open.pop();
        if (opening !== undefined) {
          this.#add(opening.at + 1, at);
        }
      } else if (text === '=' && at + 1 < this.#tokens.length) {
        this.#addValue(at + 1);
      } else if (text === "'" || text === '"') {
        at = this.#addQuotation(at, text);
      }
    }
  }

  /** Words after the first colon that follows a phrase: what failed, or which thing, stands before; why, after it. */
  addTail(): void {
    const tokens = this.#tokens;
    let words = 0;
    let isFailure = false;
    for (let at = 0; at + 1 < tokens.length; at++) {
      const token = tokens[at];
      const isEnd = token?.type === '' && token.text === ':' && tokens[at + 1]?.isSpaced === true;
      if (isEnd && words >= fewestReasonWords && tokens.length - at <= mostTailTokens) {
        if (isFailure || words >= fewestTailWords) {
          this.#add(at + 1, tokens.length, 'tail');
        }
        return;
      }
      if (isWord(token)) {
        words++;
        isFailure ||= isFailureWord(token?.text ?? '');
      }
    }
  }

  #addValue(start: number): void {
    let end = start;
    if (this.#tokens[end]?.isSpaced !== true) {
      while (
        end < this.#tokens.length &&
        (end === start || this.#tokens[end]?.isSpaced !== true) &&
        !valueEnds.has(this.#text(end))
      ) {
        end++;
      }
    }
    this.#add(start, end);
  }

  #addQuotation(at: number, quote: string): number {
    const last = Math.min(this.#tokens.length, at + longestQuotation);
    for (let end = at + 1; end < last; end++) {
      if (this.#text(end) === quote) {
        this.#add(at + 1, end, 'quotation');
        return end;
      }
    }
    return at;
  }
}

const mostTailTokens = 24;

/** Slots of a template that are not single tokens: chunks between blanks, bracket and quote bodies, values after `=`. */
export function spanSlotsOf(tokens: readonly TemplateToken[]): readonly Slot[] {
  const finder = new SpanFinder(tokens);
  finder.addChunks();
  finder.addBodies();
  finder.addTail();
  return finder.slots;
}
