// Watches one service's counts of lines and of errors, minute by minute. Pure state, no clock: the same rows in the same
// order give the same verdicts, live or replayed.
import { findDeviation, shortestLowWindow, type Scatter } from './find-deviation.ts';
import { MinuteRing, unknownErrors } from './minute-ring.ts';
import { SeasonalBaseline, type Expectation } from './seasonal-baseline.ts';
import { rate, type Deviation, type DeviationKind, type Severity } from './severity.ts';
import { Silence } from './silence.ts';
import type { StateReader, StateWriter } from './state-numbers.ts';

const minutesPerDay = 1440;
/** Nothing is told before so many minutes were learned: hours of day have to be known. */
const leastHistory = 2 * minutesPerDay;
/** Minutes are learned so much later: late lines have come, and an event that they belong to has opened. */
const learningDelay = 30;
/** An event closes after so many minutes in a row without a deviation at the lower bar. */
const quietMinutes = 12;
/** The lower bar, and the window that it looks at; a dip needs a longer one to be seen at all. */
const closingEvidence = 3;
const closingWindow = 12;
/** A deviation so soon after an event's end belongs to that event. */
const coolDownMinutes = 60;
/**
 * What held so long is the new level. Errors are not normal so soon, and a dip may be a night or a weekend that is not known yet. Silence
 * never is a level: after its time it is only told of no longer.
 */
const stepMinutes: Readonly<Record<DeviationKind, number>> = {
  ...{ spike: 60, errors: 12 * 60, dip: minutesPerDay, silence: minutesPerDay },
};
/** Level after a step: the mean of the last minutes. */
const stepWindow = 40;
/** A step that ends within this time is undone instead of being told as a deviation of its own. */
const stepMemory = minutesPerDay;
/** The old level is recognised when it is met within this factor. */
const returnTolerance = 1.35;
/** Lines in this share of the minutes in which they were expected are more than the last lines of what is gone. */
const writingShare = 1 / 8;
/** An event that is so young is looked at again when late lines come; older ones end by themselves. */
const reconsideredMinutes = 60;
/** After data was missing, counts may be uneven for a while. */
const settleMinutes = 3;

/** Counts of a minute. */
export interface MinuteCounts {
  readonly total: number;
  /** Null: nobody knows how many of them were errors. */
  readonly errors: number | null;
}

/** What is going on after a row. */
export interface Verdict {
  readonly severity: Severity;
  /** Number of the open event, from 1; 0 when none is open. */
  readonly event: number;
  /** The strongest deviation of the open event. */
  readonly deviation: Deviation | undefined;
}

/** How an event ended: it passed, what it told of is the new level, late lines took it back, or there was no line for a day. */
export type EventEnd = 'quiet' | 'step' | 'withdrawn' | 'silent';

/** What is expected of one minute, and how much that may be off. */
export interface ExpectedCount extends Expectation {
  /** Of independent minutes about the mean. */
  readonly variance: number;
  /** Standard error of the mean, in units of the mean. */
  readonly relativeError: number;
}

interface OpenEvent {
  severity: Severity;
  deviation: Deviation;
  openedAt: number;
  quiet: number;
}

const quiet: Verdict = { severity: 0, event: 0, deviation: undefined };

/** Detector of one series of counts. */
export class CountDetector {
  private readonly ring = new MinuteRing();
  private readonly totals = new SeasonalBaseline();
  private readonly errors = new SeasonalBaseline();
  private now = -1;
  private learnedUpTo = -1;
  private floor = 0;
  private missingUntil = -1;
  private open: OpenEvent | undefined;
  private eventCount = 0;
  private closedAt = Number.NEGATIVE_INFINITY;
  private readonly silence = new Silence();
  private step: { readonly factor: number; readonly at: number } | undefined;
  private offset = 0;
  private firstOpenedAt = -1;
  private lastEnd: EventEnd = 'quiet';
  /** Evidence beyond the usual that an event needs. */
  bar = 0;

  /** Minutes that were learned. */
  get learnedMinutes(): number {
    return this.totals.minuteCount;
  }

  /** The minute that opened the event of the latest number; -1 when there was none. */
  get openedMinute(): number {
    return this.firstOpenedAt;
  }

  /** Has the latest event be the one that was opened at another minute: its name is known by that. */
  renameEvent(openedMinute: number): void {
    this.firstOpenedAt = openedMinute;
  }

  /** The strongest deviation of the open event; undefined when none is open. */
  get openDeviation(): Deviation | undefined {
    return this.open?.deviation;
  }

  /** How the latest event ended. */
  get endedAs(): EventEnd {
    return this.lastEnd;
  }

  /** What is expected, with its scatter, of a minute of the site's own time. */
  expect(localMinute: number): { readonly total: ExpectedCount; readonly errors: ExpectedCount } {
    return { total: expectedCount(this.totals, localMinute), errors: expectedCount(this.errors, localMinute) };
  }

  /** Means of the hours of a week. */
  weekRates(): { readonly total: readonly number[]; readonly errors: readonly number[] } {
    return { total: this.totals.weekRates(), errors: this.errors.weekRates() };
  }

  /** Counts of the minutes [from, to), as far as they are remembered: some four hours. */
  sumTotals(from: number, to: number): number {
    return this.ring.sumTotals(from, to);
  }

  /**
   * A minute's counts, or null when the collector has none for it. A minute again, or an older one: its late lines.
   * @param offset - minutes that the site's own time is ahead of UTC then
   */
  observe(minute: number, counts: MinuteCounts | null, offset = 0): Verdict {
    this.offset = offset;
    if (minute <= this.now) {
      this.revise(minute, counts);
    } else {
      this.advance(minute, counts);
    }
    return this.open === undefined
      ? quiet
      : { severity: this.open.severity, event: this.eventCount, deviation: this.open.deviation };
  }

  private advance(minute: number, counts: MinuteCounts | null): void {
    if (this.now < 0) {
      this.learnedUpTo = minute - 1;
      this.floor = minute;
    }
    this.now = minute;
    if (counts === null) {
      this.missingUntil = minute;
    } else {
      this.add(minute, counts);
      this.judge();
    }
    this.learn();
  }

  /** Whether these are the counts that it has of a minute, as far as it remembers: some four hours. A minute that it has not had no lines. */
  holds(minute: number, { total, errors }: MinuteCounts): boolean {
    const place = this.ring.find(minute);
    return place < 0
      ? total === 0
      : this.ring.total[place] === Math.fround(total) && this.ring.errors[place] === Math.fround(errors ?? 0);
  }

  private revise(minute: number, counts: MinuteCounts | null): void {
    const place = this.ring.find(minute);
    if (counts === null || place < 0 || this.holds(minute, counts)) {
      return;
    }
    this.ring.total[place] = counts.total;
    this.ring.errors[place] = counts.errors ?? 0;
    if (counts.total > 0) {
      this.silence.breakBy(minute);
    }
    if (this.open !== undefined && this.now - this.open.openedAt <= reconsideredMinutes) {
      this.reconsider();
    }
  }

  /** Late lines may have taken an event back. */
  private reconsider(): void {
    const left = this.strongest(this.floor);
    if (left === undefined || left.evidence < closingEvidence) {
      this.close('withdrawn');
    }
  }

  private add(minute: number, { total, errors }: MinuteCounts): void {
    const expected = this.totals.expect(minute + this.offset);
    const place = this.ring.add(minute);
    this.ring.total[place] = total;
    this.ring.errors[place] = errors ?? 0;
    this.ring.totalLow[place] = expected.low;
    this.ring.totalHigh[place] = expected.high;
    this.ring.errorsHigh[place] = errors === null ? unknownErrors : this.errors.expect(minute + this.offset).high;
    if (total > 0) {
      this.silence.breakBy(minute);
    } else {
      this.silence.add(minute, expected.low);
    }
  }

  /** Goes on after a silence that was told of for a day; false while it lasts: there is nothing to judge, and nothing to learn. */
  private resumes(): boolean {
    if (!this.isWriting()) {
      this.mark(this.now);
      return false;
    }
    this.silence.end();
    this.floor = this.now;
    return true;
  }

  /** Whether lines come at all, however few of them. */
  private isWriting(): boolean {
    let active = 0;
    let expected = 0;
    for (let minute = this.now - stepWindow + 1; minute <= this.now; minute += 1) {
      const place = this.ring.find(minute);
      if (place >= 0) {
        active += (this.ring.total[place] ?? 0) > 0 ? 1 : 0;
        // The chance of a minute with a line, were it Poisson.
        expected += 1 - Math.exp(-(this.ring.totalLow[place] ?? 0));
      }
    }
    return active >= Math.max(1, expected * writingShare);
  }

  private judge(): void {
    if (this.silence.isSettled && !this.resumes()) {
      return;
    }
    if (this.totals.minuteCount < leastHistory || this.now - this.missingUntil <= settleMinutes) {
      return;
    }
    const deviation = this.strongest(this.floor);
    const severity = deviation === undefined ? 0 : rate(deviation, this.bar);
    if (this.open !== undefined) {
      this.follow(this.open, deviation, severity);
    } else if (deviation !== undefined && severity > 0 && !this.returnsFromStep(deviation)) {
      this.openEvent(deviation, severity);
    }
  }

  /** Whether a deviation is the way back from a step that was taken for the new level; undoes it then. */
  private returnsFromStep({ kind, observed, expected }: Deviation): boolean {
    const { step } = this;
    if (step === undefined || kind === 'errors' || kind === 'silence' || this.now - step.at > stepMemory) {
      return false;
    }
    const distance = Math.abs(Math.log((observed / Math.max(expected, 1e-9)) * step.factor));
    if (distance > Math.log(returnTolerance)) {
      return false;
    }
    this.totals.acceptStep(1 / step.factor);
    this.errors.acceptStep(1 / step.factor);
    this.step = undefined;
    this.floor = this.now + 1;
    return true;
  }

  private strongest(floor: number): Deviation | undefined {
    const scatter = this.scatter();
    const found = findDeviation(this.ring, this.now, floor, scatter);
    const silence = this.silence.find(this.now, scatter);
    return silence !== undefined && (found === undefined || silence.evidence > found.evidence) ? silence : found;
  }

  private scatter(): Scatter {
    return {
      totalDispersion: this.totals.dispersion,
      totalUncertainty: this.totals.uncertaintyAt(this.now + this.offset),
      errorDispersion: this.errors.dispersion,
      errorUncertainty: this.errors.uncertaintyAt(this.now + this.offset),
      knowsErrors: this.errors.minuteCount >= leastHistory,
    };
  }

  private openEvent(deviation: Deviation, severity: Severity): void {
    if (this.now - this.closedAt > coolDownMinutes) {
      this.eventCount += 1;
      this.firstOpenedAt = this.now;
    }
    this.open = { severity, deviation, openedAt: this.now, quiet: 0 };
    this.mark(deviation.fromMinute);
  }

  private follow(open: OpenEvent, deviation: Deviation | undefined, severity: Severity): void {
    this.mark(this.now);
    if (deviation !== undefined && severity >= open.severity && deviation.evidence > open.deviation.evidence) {
      open.severity = severity;
      open.deviation = deviation;
    }
    const end = this.endByStaying(open);
    if (end !== undefined) {
      this.close(end);
      return;
    }
    const window = open.deviation.kind === 'dip' ? shortestLowWindow : closingWindow;
    const recent = this.strongest(Math.max(this.floor, this.now - window + 1));
    const isBad = recent !== undefined && recent.evidence >= closingEvidence;
    open.quiet = isBad ? 0 : open.quiet + 1;
    if (open.quiet >= quietMinutes) {
      this.close('quiet');
    }
  }

  private close(end: EventEnd): void {
    this.lastEnd = end;
    this.open = undefined;
    this.closedAt = this.now;
    this.floor = this.now + 1;
    this.silence.end();
    if (end === 'silent') {
      this.silence.settle();
    }
  }

  private mark(fromMinute: number): void {
    for (let minute = fromMinute; minute <= this.now; minute += 1) {
      const place = this.ring.find(minute);
      if (place >= 0) {
        this.ring.isAnomalous[place] = 1;
      }
    }
  }

  /** How an event ends that has gone on for so long that it is told of no longer; undefined while it has not. */
  private endByStaying(open: OpenEvent): EventEnd | undefined {
    const { kind } = open.deviation;
    const age = this.now - open.openedAt;
    // Lines that have just come back are no level yet.
    const isReturning = (kind === 'silence' || kind === 'dip') && open.quiet > 0;
    if (age < stepMinutes[kind] || isReturning) {
      return undefined;
    }
    if (!this.isWriting()) {
      return age < stepMinutes.silence ? undefined : 'silent';
    }
    this.acceptLevel(kind);
    return 'step';
  }

  /** Takes what came of late over as the level from now on. */
  private acceptLevel(kind: DeviationKind): void {
    if (kind === 'errors') {
      this.errors.acceptStep(this.ratioOf(this.ring.errors, this.ring.errorsHigh));
      return;
    }
    const factor = this.ratioOf(this.ring.total, this.ring.totalHigh);
    this.totals.acceptStep(factor);
    this.errors.acceptStep(factor);
    this.step = { factor, at: this.now };
  }

  private ratioOf(observed: Float32Array, expected: Float32Array): number {
    let sum = 1;
    let expectedSum = 1;
    for (let minute = this.now - stepWindow + 1; minute <= this.now; minute += 1) {
      const place = this.ring.find(minute);
      if (place >= 0) {
        sum += observed[place] ?? 0;
        expectedSum += Math.max(0, expected[place] ?? 0);
      }
    }
    return Math.min(Math.max(sum / expectedSum, 0.01), 100);
  }

  private learn(): void {
    while (this.learnedUpTo < this.now - learningDelay) {
      this.learnedUpTo += 1;
      const place = this.ring.find(this.learnedUpTo);
      if (place >= 0 && this.ring.isAnomalous[place] === 0) {
        this.totals.learn(this.learnedUpTo + this.offset, this.ring.total[place] ?? 0);
        if (this.ring.errorsHigh[place] !== unknownErrors) {
          this.errors.learn(this.learnedUpTo + this.offset, this.ring.errors[place] ?? 0);
        }
      }
    }
  }

  save(writer: StateWriter): void {
    const { open, step } = this;
    const deviation = open?.deviation;
    this.ring.save(writer);
    this.totals.save(writer);
    this.errors.save(writer);
    writer.add(this.now, this.learnedUpTo, this.floor, this.missingUntil, this.eventCount, this.closedAt);
    this.silence.save(writer);
    writer.add(this.firstOpenedAt, ends.indexOf(this.lastEnd));
    writer.add(step === undefined ? -1 : step.at, step?.factor ?? 1);
    writer.add(open?.severity ?? 0, open?.openedAt ?? 0, open?.quiet ?? 0, kinds.indexOf(deviation?.kind ?? 'spike'));
    writer.add(
      deviation?.evidence ?? 0,
      deviation?.observed ?? 0,
      deviation?.expected ?? 0,
      deviation?.fromMinute ?? 0
    );
  }

  /** What states of before do not have; it comes behind all else, where an older program reads no further. */
  saveLater(writer: StateWriter): void {
    writer.add(this.open?.deviation.endMinute ?? 0);
  }

  /** The same again; of a state without it, the window is taken to end where the event opened. */
  restoreLater(reader: StateReader): void {
    const endMinute = reader.next();
    if (this.open !== undefined && endMinute > 0) {
      this.open.deviation = { ...this.open.deviation, endMinute };
    }
  }

  restore(reader: StateReader): void {
    this.ring.restore(reader);
    this.totals.restore(reader);
    this.errors.restore(reader);
    this.now = reader.next();
    this.learnedUpTo = reader.next();
    this.floor = reader.next();
    this.missingUntil = reader.next();
    this.eventCount = reader.next();
    this.closedAt = reader.next();
    this.silence.restore(reader);
    this.firstOpenedAt = reader.next();
    this.lastEnd = ends[reader.next()] ?? 'quiet';
    const step = { at: reader.next(), factor: reader.next() };
    this.step = step.at < 0 ? undefined : step;
    this.open = readOpenEvent(reader);
  }
}

// What is saved names them by their place: new ones come last.
const ends: readonly EventEnd[] = ['quiet', 'step', 'withdrawn', 'silent'];
const kinds: readonly DeviationKind[] = ['spike', 'dip', 'silence', 'errors'];

function readOpenEvent(reader: StateReader): OpenEvent | undefined {
  const severity = reader.next() as Severity;
  const openedAt = reader.next();
  const quietCount = reader.next();
  const kind = kinds[reader.next()] ?? 'spike';
  const [evidence, observed, expected, fromMinute] = [reader.next(), reader.next(), reader.next(), reader.next()];
  const endMinute = Math.max(openedAt, fromMinute) + 1;
  const deviation = { kind, evidence, observed, expected, fromMinute, endMinute };
  return severity === 0 ? undefined : { severity, deviation, openedAt, quiet: quietCount };
}

function expectedCount(baseline: SeasonalBaseline, localMinute: number): ExpectedCount {
  const expectation = baseline.expect(localMinute);
  return {
    ...expectation,
    variance: expectation.mean + baseline.dispersion * expectation.mean ** 2,
    relativeError: Math.sqrt(baseline.uncertaintyAt(localMinute)),
  };
}
