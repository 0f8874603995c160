// How long a series has had no line, and how unlikely that is.
import type { Scatter } from './find-deviation.ts';
import { lowerTailEvidence } from './negative-binomial.ts';
import type { Deviation } from './severity.ts';
import type { StateReader, StateWriter } from './state-numbers.ts';

/** Silence is told after so many minutes at the earliest. */
const leastSilence = 3;
/** Stands for the first minute of a silence that was told of for long enough. */
const settled = Number.POSITIVE_INFINITY;

/** The minutes without a line that end at the last one; none while lines come. */
export class Silence {
  private since = -1;
  private expected = 0;
  private squares = 0;

  /** It was told of for long enough, and lines are not back yet. */
  get isSettled(): boolean {
    return this.since === settled;
  }

  /** Takes a minute without a line in, for which at least `expected` lines were expected. */
  add(minute: number, expected: number): void {
    this.since = this.since < 0 ? minute : this.since;
    this.expected += expected;
    this.squares += expected ** 2;
  }

  /** A line of a minute, maybe a late one: what is silent after it counts from nothing. A settled silence outlasts single lines. */
  breakBy(minute: number): void {
    if (minute >= this.since && !this.isSettled) {
      this.end();
    }
  }

  /** Lines are back, or what is silent from here on is another matter. */
  end(): void {
    this.since = -1;
    this.expected = 0;
    this.squares = 0;
  }

  /** It has been told of for long enough: it is not told of again before it ends. */
  settle(): void {
    this.end();
    this.since = settled;
  }

  /** As a deviation, undefined while it is too short to be one. */
  find(now: number, { totalDispersion, totalUncertainty }: Scatter): Deviation | undefined {
    if (this.since < 0 || now - this.since + 1 < leastSilence) {
      return undefined;
    }
    const { expected } = this;
    const variance = expected + totalDispersion * this.squares + totalUncertainty * expected ** 2;
    const evidence = lowerTailEvidence(0, expected, variance);
    return { kind: 'silence', evidence, observed: 0, expected, fromMinute: this.since, endMinute: now + 1 };
  }

  save(writer: StateWriter): void {
    writer.add(this.since, this.expected, this.squares);
  }

  restore(reader: StateReader): void {
    this.since = reader.next();
    this.expected = reader.next();
    this.squares = reader.next();
  }
}
