/** Relative error of quantiles, for values within a factor of about 10^13 of the largest one. */
export const quantileRelativeError = 0.02;

const growth = (1 + quantileRelativeError) / (1 - quantileRelativeError);
const logOfGrowth = Math.log(growth);

// Bins per sign: growth^768 is 2 * 10^13, from a nanosecond to five hours in one place.
const binSpan = 768;

// Below this a value counts as zero.
const smallest = 1e-12;

/** Counts by bin: pairs of bin number and count, ascending. */
export type BinList = ReadonlyArray<readonly [bin: number, count: number]>;

/** A sketch as plain data. */
export interface QuantileState {
  readonly min: number;
  readonly max: number;
  readonly zeroCount: number;
  readonly positive: BinList;
  readonly negative: BinList;
}

/**
 * Quantiles of numbers in bounded space: bins that grow by 4 %, so that every quantile is within 2 % of a value of that
 * rank. When the bins do not reach, the values nearest to zero share the lowest bin. Merging is exactly commutative and
 * associative. Source: Masson, Rim and Lee, "DDSketch", PVLDB 12, 2019; the rule for the lowest bin depends on the
 * largest bin only, not on the order of values.
 */
export class QuantileSketch {
  #min = Infinity;
  #max = -Infinity;
  #zeroCount = 0;
  readonly #positive = new Bins();
  readonly #negative = new Bins();

  /** Count of values that were added. */
  get valueCount(): number {
    return this.#zeroCount + this.#positive.total + this.#negative.total;
  }

  /** Smallest value, exact; Infinity when there is none. */
  get min(): number {
    return this.#min;
  }

  /** Largest value, exact; -Infinity when there is none. */
  get max(): number {
    return this.#max;
  }

  /** Takes a finite number. */
  add(value: number): void {
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    const size = Math.abs(value);
    if (size < smallest) {
      this.#zeroCount += 1;
    } else {
      (value > 0 ? this.#positive : this.#negative).add(Math.ceil(Math.log(size) / logOfGrowth), 1);
    }
  }

  /** Takes all values of another sketch. */
  addAll(other: QuantileSketch): void {
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#zeroCount += other.#zeroCount;
    this.#positive.addAll(other.#positive.list());
    this.#negative.addAll(other.#negative.list());
  }

  /** Value at a rank 0..1, within 2 % (see {@link quantileRelativeError}); NaN when there are no values. */
  quantile(ratio: number): number {
    const { valueCount } = this;
    if (valueCount === 0) {
      return NaN;
    }
    let left = Math.floor(ratio * (valueCount - 1));
    const steps: Array<readonly [value: number, count: number]> = [
      ...this.#negative
        .list()
        .map(([bin, count]): readonly [number, number] => [-middleOf(bin), count])
        .reverse(),
      [0, this.#zeroCount],
      ...this.#positive.list().map(([bin, count]): readonly [number, number] => [middleOf(bin), count]),
    ];
    for (const [value, count] of steps) {
      if (left < count) {
        return Math.min(Math.max(value, this.#min), this.#max);
      }
      left -= count;
    }
    return this.#max;
  }

  /** The sketch as plain data; at most 768 bins for each sign. */
  toState(): QuantileState {
    return {
      min: this.#min,
      max: this.#max,
      zeroCount: this.#zeroCount,
      positive: this.#positive.list(),
      negative: this.#negative.list(),
    };
  }

  /** Returns the sketch whose state this is. */
  static of(state: QuantileState): QuantileSketch {
    const sketch = new QuantileSketch();
    sketch.#min = state.min;
    sketch.#max = state.max;
    sketch.#zeroCount = state.zeroCount;
    sketch.#positive.addAll(state.positive);
    sketch.#negative.addAll(state.negative);
    return sketch;
  }
}

// The value whose relative distance to both ends of the bin is the same.
function middleOf(bin: number): number {
  return (2 * growth ** bin) / (growth + 1);
}

class Bins {
  #counts = new Map<number, number>();
  #highest = -Infinity;
  total = 0;

  add(bin: number, count: number): void {
    if (bin > this.#highest) {
      this.#highest = bin;
      this.#fold();
    }
    const place = Math.max(bin, this.#highest - binSpan + 1);
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + count);
    this.total += count;
  }

  addAll(list: BinList): void {
    for (const [bin, count] of [...list].reverse()) {
      this.add(bin, count);
    }
  }

  list(): BinList {
    return [...this.#counts].sort(([a], [b]) => a - b);
  }

  #fold(): void {
    const lowest = this.#highest - binSpan + 1;
    for (const [bin, count] of this.#counts) {
      if (bin < lowest) {
        this.#counts.delete(bin);
        this.#counts.set(lowest, (this.#counts.get(lowest) ?? 0) + count);
      }
    }
  }
}
