/** Values that are counted one by one. */
export const topValueCount = 64;

/** A value with bounds of its count. */
export interface TopValue {
  readonly value: string;
  /** At least so often. */
  readonly count: number;
  /** At most so often. */
  readonly maxCount: number;
}

/**
 * The most frequent values with bounds of their counts. A value's true count lies between `count` and `maxCount`, which
 * differ by at most (values added) / 65; every value that is more frequent than that is there.
 * Source: Misra and Gries 1982; merging after Agarwal et al., "Mergeable summaries", PODS 2012, which keeps the bound.
 */
export class TopValues {
  #counts = new Map<string, number>();
  #missedCount = 0;

  /** How much lower than the truth a count may be. */
  get missedCount(): number {
    return this.#missedCount;
  }

  /** Takes a value; constant time on average. */
  add(value: string): void {
    const count = this.#counts.get(value);
    if (count !== undefined) {
      this.#counts.set(value, count + 1);
    } else if (this.#counts.size < topValueCount) {
      this.#counts.set(value, 1);
    } else {
      this.#lower(1);
    }
  }

  /** Takes the counts of another object; the order of merging only matters within the stated bound. */
  addAll(other: TopValues): void {
    for (const [value, count] of other.#counts) {
      this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
    }
    this.#missedCount += other.#missedCount;
    if (this.#counts.size > topValueCount) {
      const next = [...this.#counts.values()].sort((a, b) => b - a)[topValueCount] ?? 0;
      this.#lower(next);
    }
  }

  /** Drops the values that a test rejects; they count as missed. */
  keepOnly(isKept: (value: string) => boolean): void {
    let highest = 0;
    for (const [value, count] of this.#counts) {
      if (!isKept(value)) {
        highest = Math.max(highest, count);
        this.#counts.delete(value);
      }
    }
    this.#missedCount += highest;
  }

  /** The values, most frequent first, equal counts in the order of their text. */
  list(): readonly TopValue[] {
    return [...this.#counts]
      .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
      .map(([value, count]) => ({ value, count, maxCount: count + this.#missedCount }));
  }

  /** Returns the object whose `list()` and `missedCount` these are. */
  static of(list: ReadonlyArray<readonly [value: string, count: number]>, missedCount: number): TopValues {
    const top = new TopValues();
    top.#counts = new Map(list.slice(0, topValueCount));
    top.#missedCount = missedCount;
    return top;
  }

  #lower(by: number): void {
    this.#missedCount += by;
    for (const [value, count] of this.#counts) {
      if (count > by) {
        this.#counts.set(value, count - by);
      } else {
        this.#counts.delete(value);
      }
    }
  }
}
