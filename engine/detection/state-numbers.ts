/** Takes the state of a detector down as numbers, one after the other. */
export class StateWriter {
  private readonly values: number[] = [];

  add(...values: readonly number[]): void {
    this.values.push(...values);
  }

  addAll(values: ArrayLike<number>): void {
    for (let index = 0; index < values.length; index += 1) {
      this.values.push(values[index] ?? 0);
    }
  }

  /** Everything that was added. */
  finish(): Float64Array {
    return Float64Array.from(this.values);
  }
}

/** Gives numbers back in the order in which they were taken down. Missing ones are 0. */
export class StateReader {
  private readonly values: Float64Array;
  private place = 0;

  constructor(values: Float64Array) {
    this.values = values;
  }

  next(): number {
    this.place += 1;
    return this.values[this.place - 1] ?? 0;
  }

  /** Fills the array. */
  fill(array: Float64Array | Float32Array | Int32Array | Uint8Array): void {
    for (let index = 0; index < array.length; index += 1) {
      array[index] = this.next();
    }
  }
}
