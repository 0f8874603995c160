const firstSlotCount = 1024;
const bits = new Float64Array(1);
const halves = new Uint32Array(bits.buffer);

/** Slots that may be used: linear probing still finds a key in a handful of steps. */
const highestLoad = 0.8;

/** Open addressing with rows of numbers: a key and some values. */
class Generation {
  count = 0;
  keys = new Float64Array(firstSlotCount);
  columns: readonly Float64Array[];

  constructor(columnCount: number) {
    this.columns = Array.from({ length: columnCount }, () => new Float64Array(firstSlotCount));
  }

  clear(): void {
    this.count = 0;
    this.keys.fill(0);
  }

  /** Slot of a key, or the free one where it belongs. */
  slotOf(key: number): number {
    const { keys } = this;
    const mask = keys.length - 1;
    bits[0] = key;
    let slot = Math.imul((halves[0] ?? 0) ^ Math.imul(halves[1] ?? 0, 0x85ebca6b), 0x9e3779b1) >>> 7;
    for (slot &= mask; keys[slot] !== 0 && keys[slot] !== key; slot = (slot + 1) & mask) {
      // The next slot is tried until one fits.
    }
    return slot;
  }

  has(slot: number): boolean {
    return this.keys[slot] !== 0;
  }

  add(key: number): number {
    if (this.count >= this.keys.length * highestLoad) {
      this.#grow();
    }
    const slot = this.slotOf(key);
    this.keys[slot] = key;
    this.count++;
    return slot;
  }

  #grow(): void {
    const { keys, columns } = this;
    this.keys = new Float64Array(keys.length * 2);
    this.columns = columns.map(() => new Float64Array(keys.length * 2));
    for (let from = 0; from < keys.length; from++) {
      const key = keys[from] ?? 0;
      if (key !== 0) {
        const to = this.slotOf(key);
        this.keys[to] = key;
        columns.forEach((values, column) => {
          const own = this.columns[column];
          if (own !== undefined) {
            own[to] = values[from] ?? 0;
          }
        });
      }
    }
  }
}

/**
 * Rows of numbers by a key that is a whole number and not 0, without an object per row: 200,000 rows of three values take
 * up to 17 MB. Holds between half of `capacity` and all of it; rows that were not used for longest are forgotten first.
 */
export class NumberTable {
  readonly #generationSize: number;
  #young: Generation;
  #old: Generation;

  constructor(capacity: number, columnCount: number) {
    this.#generationSize = Math.max(1, capacity >> 1);
    this.#young = new Generation(columnCount);
    this.#old = new Generation(columnCount);
  }

  /** Row of a key, which counts as a use; -1 when there is none. Good until the next call of any method but `value`. */
  find(key: number): number {
    const slot = this.#young.slotOf(key);
    if (this.#young.has(slot)) {
      return slot;
    }
    const oldSlot = this.#old.count === 0 ? 0 : this.#old.slotOf(key);
    if (this.#old.count === 0 || !this.#old.has(oldSlot)) {
      return -1;
    }
    const values = this.#old.columns.map((column) => column[oldSlot] ?? 0);
    const row = this.add(key);
    values.forEach((value, column) => this.setValue(row, column, value));
    return row;
  }

  /** Adds a row for a key that has none; its values are whatever they were and must be set. */
  add(key: number): number {
    if (this.#young.count >= this.#generationSize) {
      const emptied = this.#old;
      emptied.clear();
      this.#old = this.#young;
      this.#young = emptied;
    }
    return this.#young.add(key);
  }

  /** A value of a row that `find` or `add` has just given. */
  value(row: number, column: number): number {
    return this.#young.columns[column]?.[row] ?? 0;
  }

  setValue(row: number, column: number, value: number): void {
    const values = this.#young.columns[column];
    if (values !== undefined) {
      values[row] = value;
    }
  }
}
