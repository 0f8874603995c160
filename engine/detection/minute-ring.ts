import type { StateReader, StateWriter } from './state-numbers.ts';

/** Minutes kept: the longest window, the delay of learning and some room for late lines. A power of two. */
const capacity = 256;

/** Stands in `errorsHigh` for a minute whose errors nobody counted. */
export const unknownErrors = -1;

/** The last minutes of a series, by minute. A minute that was never seen, or that the collector missed, is absent. */
export class MinuteRing {
  private readonly minutes = new Int32Array(capacity).fill(-1);
  readonly total = new Float64Array(capacity);
  readonly errors = new Float64Array(capacity);
  readonly totalLow = new Float32Array(capacity);
  readonly totalHigh = new Float32Array(capacity);
  readonly errorsHigh = new Float32Array(capacity);
  /** 1: part of an anomaly, not to be learned. */
  readonly isAnomalous = new Uint8Array(capacity);

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
