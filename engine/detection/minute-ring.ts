import type { StateReader, StateWriter } from './state-numbers.ts';

/** Minutes kept: the longest window, the delay of learning and some room for late lines. A power of two. */
const capacity = 256;

/** Stands in `errorsHigh` for a minute whose errors nobody counted. */
export const unknownErrors = -1;

/** The last minutes of a series, by minute. A minute that was never seen, or that the collector missed, is absent. */
export class MinuteRing {
  // One piece of memory for all of them: thousands of series have a ring each, and each piece costs some hundred bytes beside its own.
  private readonly memory = new ArrayBuffer(capacity * 25);
  private readonly minutes = new Int32Array(this.memory, 0, capacity).fill(-1);
  /** Counts are whole up to 16 million a minute, and right to seven digits above. */
  readonly total = new Float32Array(this.memory, capacity * 4, capacity);
  readonly errors = new Float32Array(this.memory, capacity * 8, capacity);
  readonly totalLow = new Float32Array(this.memory, capacity * 12, capacity);
  readonly totalHigh = new Float32Array(this.memory, capacity * 16, capacity);
  readonly errorsHigh = new Float32Array(this.memory, capacity * 20, capacity);
  /** 1: part of an anomaly, not to be learned. */
  readonly isAnomalous = new Uint8Array(this.memory, capacity * 24, capacity);

  /** Place of a minute; -1 when it is absent. */
  find(minute: number): number {
    const place = minute & (capacity - 1);
    return this.minutes[place] === minute ? place : -1;
  }

  /** Sum of the counts of the minutes [from, to) that are there. */
  sumTotals(from: number, to: number): number {
    let sum = 0;
    for (let minute = from; minute < to; minute += 1) {
      const place = this.find(minute);
      sum += place < 0 ? 0 : (this.total[place] ?? 0);
    }
    return sum;
  }

  save(writer: StateWriter): void {
    for (const array of this.arrays()) {
      writer.addAll(array);
    }
  }

  restore(reader: StateReader): void {
    for (const array of this.arrays()) {
      reader.fill(array);
    }
  }

  private arrays() {
    const { minutes, total, errors, totalLow, totalHigh, errorsHigh, isAnomalous } = this;
    return [minutes, total, errors, totalLow, totalHigh, errorsHigh, isAnomalous];
  }

  /** Makes room for a minute, in place of the one `capacity` before it. */
  add(minute: number): number {
    const place = minute & (capacity - 1);
    this.minutes[place] = minute;
    this.isAnomalous[place] = 0;
    return place;
  }
}
