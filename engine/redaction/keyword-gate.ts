import type { RedactionRule } from './rule.ts';

const tableSize = 1 << 15;

/**
 * Code of the unit at a place, ASCII letters in lower case and every digit as 0, so that lines which differ in digits only
 * are told the same; 0 behind the end, so that all numbers stay small integers.
 */
function foldedAt(text: string, at: number): number {
  const unit = at < text.length ? text.charCodeAt(at) : 0;
  if (unit >= 0x30 && unit <= 0x39) {
    return 0x30;
  }
  return unit >= 0x41 && unit <= 0x5a ? unit | 0x20 : unit;
}

/** Slot of two or three characters; the third is 0 for two. */
function slotOf(first: number, second: number, third: number): number {
  return (Math.imul(first, 961) + Math.imul(second, 31) + third) & (tableSize - 1);
}

interface Keyword {
  readonly text: string;
  readonly ruleIndex: number;
}

/**
 * Tells in one pass over a text which rules may match, by their keywords: a table over three characters names the few
 * keywords that may start at a place. Looking for each of about 200 keywords by itself cost more than all other work.
 */
export class KeywordGate {
  readonly #ruleCount: number;
  readonly #always: readonly number[];
  /** Keywords by their only character. */
  readonly #single = new Map<number, readonly number[]>();
  readonly #isSingle = new Uint8Array(128);
  /** Number of the list of keywords whose first three characters (all two of a shorter one) share a slot; 0 for none. */
  readonly #slots = new Uint16Array(tableSize);
  readonly #lists: Keyword[][] = [[]];
  /** 1 for two ASCII characters with which some keyword starts; most places of a text are passed over by it. */
  readonly #pairs = new Uint8Array(128 * 128);
  readonly #marks: Uint8Array;

  constructor(rules: readonly RedactionRule[]) {
    this.#ruleCount = rules.length;
    this.#marks = new Uint8Array(rules.length);
    this.#always = rules.flatMap((rule, index) => (rule.keywords.length === 0 ? [index] : []));
    rules.forEach((rule, ruleIndex) => {
      for (const text of rule.keywords) {
        this.#add({ text, ruleIndex });
      }
    });
  }

  #add(keyword: Keyword): void {
    const first = foldedAt(keyword.text, 0);
    if (keyword.text.length === 1) {
      this.#isSingle[first] = 1;
      this.#single.set(first, [...(this.#single.get(first) ?? []), keyword.ruleIndex]);
      return;
    }
    this.#pairs[(first << 7) | foldedAt(keyword.text, 1)] = 1;
    const third = keyword.text.length > 2 ? foldedAt(keyword.text, 2) : 0;
    const slot = slotOf(first, foldedAt(keyword.text, 1), third);
    if (this.#slots[slot] === 0) {
      this.#slots[slot] = this.#lists.push([]) - 1;
    }
    this.#lists[this.#slots[slot] ?? 0]?.push(keyword);
  }

  /** For each rule by its place 1 when it must run. The array is used again by the next call. */
  mark(text: string): Uint8Array {
    const marks = this.#marks.fill(0, 0, this.#ruleCount);
    for (const index of this.#always) {
      marks[index] = 1;
    }
    const pairs = this.#pairs;
    const isSingle = this.#isSingle;
    let current = foldedAt(text, 0);
    for (let at = 0; at < text.length; at++) {
      const next = foldedAt(text, at + 1);
      if (current < 128) {
        if (isSingle[current] === 1) {
          isSingle[current] = 2;
        }
        if (next < 128 && pairs[(current << 7) | next] === 1) {
          this.#markAt(text, at, current, next);
        }
      }
      current = next;
    }
    this.#markSingles();
    return marks;
  }

  #markAt(text: string, at: number, first: number, second: number): void {
    const list = this.#slots[slotOf(first, second, foldedAt(text, at + 2))] ?? 0;
    if (list !== 0) {
      this.#markList(list, text, at);
    }
    const short = this.#slots[slotOf(first, second, 0)] ?? 0;
    if (short !== 0) {
      this.#markList(short, text, at);
    }
  }

  #markSingles(): void {
    for (const [first, indexes] of this.#single) {
      if (this.#isSingle[first] === 2) {
        this.#isSingle[first] = 1;
        for (const index of indexes) {
          this.#marks[index] = 1;
        }
      }
    }
  }

  #markList(list: number, text: string, at: number): void {
    for (const keyword of this.#lists[list] ?? []) {
      if (this.#marks[keyword.ruleIndex] === 0 && startsWith(text, at, keyword.text)) {
        this.#marks[keyword.ruleIndex] = 1;
      }
    }
  }
}

function startsWith(text: string, from: number, keyword: string): boolean {
  for (let at = 0; at < keyword.length; at++) {
    if (foldedAt(text, from + at) !== foldedAt(keyword, at)) {
      return false;
    }
  }
  return true;
}
