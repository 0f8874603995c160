import { code, isFoldable } from './characters.ts';
import { maxTokenCount } from './limits.ts';
import { foldedType } from './variable-types.ts';

const smallX = 0x78;

/** Punctuation that belongs to the variable that follows it without a blank: a sign, `#12`, `$5`, `@7`. */
function isPrefix(at: number): boolean {
  return (
    at === code.minus ||
    at === code.plus ||
    at === 0x23 ||
    at === code.at ||
    at === code.slash ||
    at === code.tilde ||
    at === 0x24
  );
}

/**
 * Tokens of one message as parallel arrays, used again for every line so that the hot path allocates nothing.
 * A variable swallows its neighbours: "1 2 3", "12:30", "a:1, 2" end as one token each.
 */
export class TokenBuffer {
  count = 0;
  readonly start = new Int32Array(maxTokenCount + 1);
  readonly end = new Int32Array(maxTokenCount + 1);
  /** Code of the variable's type, or 0 for constant text. */
  readonly type = new Uint8Array(maxTokenCount + 1);
  /** 1 when whitespace stands before the token. */
  readonly spaced = new Uint8Array(maxTokenCount + 1);
  /** First character's code when the token is a single constant character, else 0. */
  readonly single = new Uint16Array(maxTokenCount + 1);

  clear(): void {
    this.count = 0;
  }

  isFull(): boolean {
    return this.count >= maxTokenCount;
  }

  addConstant(start: number, end: number, single: number, spaced: number): void {
    const at = this.count++;
    this.start[at] = start;
    this.end[at] = end;
    this.type[at] = 0;
    this.spaced[at] = spaced;
    this.single[at] = single;
  }

  addVariable(start: number, end: number, type: number, spaced: number): void {
    let from = start;
    let blank = spaced;
    if (
      blank === 0 &&
      this.count > 0 &&
      this.type[this.count - 1] === 0 &&
      isPrefix(this.single[this.count - 1] ?? 0)
    ) {
      const prefix = --this.count;
      from = this.start[prefix] ?? start;
      blank = this.spaced[prefix] ?? 0;
    }
    if (this.#joinsLast(end, type)) {
      return;
    }
    const at = this.count++;
    this.start[at] = from;
    this.end[at] = end;
    this.type[at] = type;
    this.spaced[at] = blank;
    this.single[at] = 0;
  }

  /** Folds "W" and "W separator" that stand before a new variable into it. */
  #joinsLast(end: number, type: number): boolean {
    const last = this.count - 1;
    if (last < 0) {
      return false;
    }
    let target = -1;
    if (this.type[last] !== 0) {
      target = last;
    } else if (last >= 1 && this.type[last - 1] !== 0 && this.#isSeparator(last)) {
      target = last - 1;
    }
    if (target < 0) {
      return false;
    }
    this.end[target] = end;
    this.type[target] = foldedType(this.type[target] ?? 0, type);
    this.count = target + 1;
    return true;
  }

  #isSeparator(at: number): boolean {
    const single = this.single[at] ?? 0;
    return single !== 0 && (isFoldable(single) || single === smallX);
  }
}
