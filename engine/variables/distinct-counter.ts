import { hashValue } from './value-hash.ts';

// 1024 registers: one KiB per place.
const indexBitCount = 10;
const registerCount = 1 << indexBitCount;
const rankBitCount = 32;

/** Standard error of the estimate, relative: 1.04 / sqrt(1024) (Flajolet et al., HyperLogLog, AofA 2007). */
export const distinctRelativeError = 1.04 / Math.sqrt(registerCount);

// One printable character for each rank 0..33.
const rankBase = 48;

/** Estimates how many different values were added; what was added twice counts once. */
export class DistinctCounter {
  readonly #registers = new Uint8Array(registerCount);

  /** Takes a value, in time linear in its length. */
  add(value: string): void {
    const { high, low } = hashValue(value);
    this.#raise(high >>> (32 - indexBitCount), Math.clz32(low) + 1);
  }

  /** Takes all values of another counter; in any order and however often, the outcome is the same. */
  addAll(other: DistinctCounter): void {
    other.#registers.forEach((rank, index) => {
      this.#raise(index, rank);
    });
  }

  /**
   * Estimated count of different values, at least 0, as a whole number. Below about 100 it is nearly exact.
   * Source: Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017, algorithm 6 (no bias
   * between small and large counts, and no switch from one formula to another).
   */
  estimate(): number {
    const counts = new Array<number>(rankBitCount + 2).fill(0);
    for (const rank of this.#registers) {
      counts[rank] = (counts[rank] ?? 0) + 1;
    }
    let sum = registerCount * tau(1 - (counts[rankBitCount + 1] ?? 0) / registerCount);
    for (let rank = rankBitCount; rank >= 1; rank -= 1) {
      sum = 0.5 * (sum + (counts[rank] ?? 0));
    }
    sum += registerCount * sigma((counts[0] ?? 0) / registerCount);
    return Math.round((registerCount * registerCount) / (2 * Math.LN2 * sum));
  }

  /** The registers as text of at most 1024 characters; short while few values were added. */
  toText(): string {
    const used = [...this.#registers.entries()].filter(([, rank]) => rank > 0);
    return used.length * 3 < registerCount
      ? used.map(([index, rank]) => letters(index >> 5, index & 31, rank)).join('')
      : String.fromCharCode(...this.#registers.map((rank) => rank + rankBase));
  }

  /** Returns the counter that {@link toText} wrote; null for other text. */
  static fromText(text: string): DistinctCounter | null {
    const counter = new DistinctCounter();
    const isDense = text.length === registerCount;
    if (!isDense && text.length % 3 !== 0) {
      return null;
    }
    const values = [...text].map((letter) => letter.charCodeAt(0) - rankBase);
    for (let at = 0; at < values.length; at += isDense ? 1 : 3) {
      const index = isDense ? at : (values[at] ?? 0) * 32 + (values[at + 1] ?? 0);
      const rank = values[isDense ? at : at + 2] ?? -1;
      if (index < 0 || index >= registerCount || rank < 0 || rank > rankBitCount + 1) {
        return null;
      }
      counter.#raise(index, rank);
    }
    return counter;
  }

  #raise(index: number, rank: number): void {
    if (rank > (this.#registers[index] ?? 0)) {
      this.#registers[index] = rank;
    }
  }
}

function letters(...values: readonly number[]): string {
  return String.fromCharCode(...values.map((value) => value + rankBase));
}

function sigma(ratio: number): number {
  if (ratio === 1) {
    return Infinity;
  }
  let power = ratio;
  let weight = 1;
  let sum = ratio;
  for (let before = -1; before !== sum; weight += weight) {
    before = sum;
    power *= power;
    sum += power * weight;
  }
  return sum;
}

function tau(ratio: number): number {
  if (ratio === 0 || ratio === 1) {
    return 0;
  }
  let root = ratio;
  let weight = 1;
  let sum = 1 - ratio;
  for (let before = -1; before !== sum;) {
    before = sum;
    root = Math.sqrt(root);
    weight *= 0.5;
    sum -= (1 - root) ** 2 * weight;
  }
  return sum / 3;
}
