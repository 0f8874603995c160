// What a service usually logs: an absolute rate per hour of the week, a shape within the hour, a drifting level, and how
// much minutes scatter about it. Pure state: the same minutes in the same order give the same baseline.

import type { StateReader, StateWriter } from './state-numbers.ts';

const hoursPerWeek = 168;
const minutesPerHour = 60;
const minutesPerDay = 1440;
/** Bytes of a baseline's arrays: two by minute of the hour, then four by hour of the week, then one by minute again. */
const hoursFrom = minutesPerHour * 16;
const memoryBytes = hoursFrom + hoursPerWeek * 16 + minutesPerHour * 4;
/** Each further visit of an hour of the week weighs the visits before it by this: a memory of about three weeks. */
const slotDecay = 0.7;
/** What the shape of a day is worth beside an hour's own visits: minutes seen, and events seen. */
const priorMinutes = 20;
const priorEvents = 20;
/** The shape within the hour counts as flat until so many events speak against it. */
const priorMinuteEvents = 30;
/** Drift of the level: share of an hour's deviation that is taken over, and events that it takes to be believed. */
const driftGain = 0.1;
const driftPriorEvents = 30;
/** Clock changes move a day's shape by this; the band covers the neighbours on both sides. */
const clockChangeMinutes = 60;
/** Scatter beyond Poisson (variance = mean + dispersion * mean^2) before anything is known of it, and its weight. */
const priorDispersion = 0.1;
const priorDispersionWeight = 50;
/** Relative error of the expected value that no amount of history takes away. */
const modelError = 0.1;
/** Hours that the first guess of the model's error is worth. */
const slowErrorWeight = 48;
/** Deviations are clipped to so many standard deviations before they are learned. */
const clipDeviations = 5;

/** What is expected of one minute. */
export interface Expectation {
  readonly mean: number;
  /** Least and most mean within a clock change of the minute. */
  readonly low: number;
  readonly high: number;
}

/** Baseline of one series of counts per minute. */
export class SeasonalBaseline {
  // One piece of memory for all of them, those of eight bytes in front.
  private readonly memory = new ArrayBuffer(memoryBytes);
  private readonly minuteEvents = new Float64Array(this.memory, 0, minutesPerHour);
  private readonly minuteExpected = new Float64Array(this.memory, minutesPerHour * 8, minutesPerHour);
  private readonly hourEvents = new Float32Array(this.memory, hoursFrom, hoursPerWeek);
  private readonly hourExposure = new Float32Array(this.memory, hoursFrom + hoursPerWeek * 4, hoursPerWeek);
  private readonly hourRates = new Float32Array(this.memory, hoursFrom + hoursPerWeek * 8, hoursPerWeek);
  private readonly hourVisited = new Int32Array(this.memory, hoursFrom + hoursPerWeek * 12, hoursPerWeek).fill(-1);
  private readonly minuteShape = new Float32Array(this.memory, hoursFrom + hoursPerWeek * 16, minutesPerHour).fill(1);
  private step = 1;
  private drift = 1;
  private driftObserved = 0;
  private driftExpected = 0;
  private slowErrorSum = modelError * modelError * slowErrorWeight;
  private slowErrorWeight = slowErrorWeight;
  private dispersionSum = priorDispersion * priorDispersionWeight;
  private dispersionWeight = priorDispersionWeight;
  private learnedMinutes = 0;
  private currentHour = -1;

  /** Minutes that were learned, since the beginning. */
  get minuteCount(): number {
    return this.learnedMinutes;
  }

  /** Variance beyond Poisson's, in units of the squared mean. */
  get dispersion(): number {
    return this.dispersionSum / this.dispersionWeight;
  }

  /** Squared relative error of the expected mean at a minute: what whole hours were off by, and how little was seen. */
  uncertaintyAt(minute: number): number {
    const events = this.hourEvents[hourOfWeek(minute)] ?? 0;
    const slowError = Math.max(this.slowErrorSum / this.slowErrorWeight, modelError * modelError);
    return slowError + 1 / (events + priorEvents * 2);
  }

  /** Expected count of a minute (minutes since 1970 in the site's own time zone). */
  expect(minute: number): Expectation {
    const here = this.rateAt(minute);
    const before = this.rateAt(minute - clockChangeMinutes);
    const after = this.rateAt(minute + clockChangeMinutes);
    const factor = this.step * this.drift * (this.minuteShape[minute % minutesPerHour] ?? 1);
    return {
      mean: here * factor,
      low: Math.min(here, before, after) * factor,
      high: Math.max(here, before, after) * factor,
    };
  }

  /** Learns a minute's final count. Minutes come in order; those that are missing or anomalous are left out. */
  learn(minute: number, count: number): void {
    const hour = Math.floor(minute / minutesPerHour);
    if (hour !== this.currentHour) {
      this.closeHour();
      this.currentHour = hour;
    }
    const { mean } = this.expect(minute);
    const isYoung = this.learnedMinutes < minutesPerDay;
    const clipped = isYoung ? count : this.clip(count, mean);
    this.learnHour(minute, hour, clipped);
    if (!isYoung) {
      this.driftObserved += clipped;
      this.driftExpected += mean;
      this.learnDispersion(clipped, mean);
    }
    this.learnedMinutes += 1;
  }

  /** Takes a new level over at once: from now on everything is `factor` times what it was. */
  acceptStep(factor: number): void {
    this.step *= factor;
    this.driftObserved = 0;
    this.driftExpected = 0;
  }

  /** Means of the hours of a week, Monday's first in front, without the drift within an hour. */
  weekRates(): readonly number[] {
    const level = this.step * this.drift;
    return Array.from(this.hourRates, (rate) => rate * level);
  }

  save(writer: StateWriter): void {
    for (const array of this.arrays()) {
      writer.addAll(array);
    }
    writer.add(this.step, this.drift, this.driftObserved, this.driftExpected, this.slowErrorSum, this.slowErrorWeight);
    writer.add(this.dispersionSum, this.dispersionWeight, this.learnedMinutes, this.currentHour);
  }

  restore(reader: StateReader): void {
    for (const array of this.arrays()) {
      reader.fill(array);
    }
    this.step = reader.next();
    this.drift = reader.next();
    this.driftObserved = reader.next();
    this.driftExpected = reader.next();
    this.slowErrorSum = reader.next();
    this.slowErrorWeight = reader.next();
    this.dispersionSum = reader.next();
    this.dispersionWeight = reader.next();
    this.learnedMinutes = reader.next();
    this.currentHour = reader.next();
  }

  private arrays() {
    const { hourEvents, hourExposure, hourVisited, minuteEvents, minuteExpected, hourRates, minuteShape } = this;
    return [hourEvents, hourExposure, hourVisited, minuteEvents, minuteExpected, hourRates, minuteShape];
  }

  private clip(count: number, mean: number): number {
    const spread = clipDeviations * Math.sqrt(mean + (this.dispersion + modelError * modelError) * mean * mean) + 1;
    return Math.min(Math.max(count, mean - spread), mean + spread);
  }

  private learnHour(minute: number, hour: number, count: number): void {
    const slot = hourOfWeek(minute);
    const week = Math.floor(hour / hoursPerWeek);
    if (this.hourVisited[slot] !== week) {
      this.hourVisited[slot] = week;
      this.hourEvents[slot] = (this.hourEvents[slot] ?? 0) * slotDecay;
      this.hourExposure[slot] = (this.hourExposure[slot] ?? 0) * slotDecay;
    }
    const within = minute % minutesPerHour;
    const level = this.step * this.drift;
    const flat = this.rateAt(minute) * level;
    this.hourEvents[slot] = (this.hourEvents[slot] ?? 0) + count;
    this.hourExposure[slot] = (this.hourExposure[slot] ?? 0) + level * (this.minuteShape[within] ?? 1);
    if (this.learnedMinutes >= minutesPerHour) {
      this.minuteEvents[within] = (this.minuteEvents[within] ?? 0) + count;
      this.minuteExpected[within] = (this.minuteExpected[within] ?? 0) + flat;
    }
  }

  private learnDispersion(count: number, mean: number): void {
    if (mean <= 0) {
      return;
    }
    // A week's memory: what was learned in the first days, while the shape was still wrong, has to fade.
    const fade = 1 - 1 / (7 * minutesPerDay);
    const weight = Math.min(mean * mean, 1);
    const excess = ((count - mean) ** 2 - mean) / (mean * mean);
    this.dispersionSum = this.dispersionSum * fade + weight * Math.min(Math.max(excess, -2), 10);
    this.dispersionWeight = this.dispersionWeight * fade + weight;
    if (this.dispersionSum < 0) {
      this.dispersionSum = 0;
    }
  }

  /** By how much whole hours are off, beyond what independent minutes would scatter. */
  private learnSlowError(observed: number, expected: number): void {
    if (expected < 1 || this.learnedMinutes < 2 * minutesPerDay) {
      return;
    }
    const fade = 1 - 1 / (2 * hoursPerWeek);
    const own = expected + (this.dispersion * expected * expected) / minutesPerHour;
    const weight = Math.min(1, expected / 30);
    const excess = ((observed - expected) ** 2 - own) / (expected * expected);
    this.slowErrorSum = this.slowErrorSum * fade + weight * Math.min(Math.max(excess, -0.1), 0.25);
    this.slowErrorWeight = this.slowErrorWeight * fade + weight;
  }

  private closeHour(): void {
    const { driftObserved, driftExpected } = this;
    this.learnSlowError(driftObserved, driftExpected);
    if (driftExpected > 0 && this.learnedMinutes > 7 * minutesPerDay) {
      this.drift *= ((driftObserved + driftPriorEvents) / (driftExpected + driftPriorEvents)) ** driftGain;
      this.drift = Math.min(Math.max(this.drift, 0.1), 10);
    }
    this.driftObserved = 0;
    this.driftExpected = 0;
    this.shapeHours();
    this.shapeMinutes();
  }

  /** Rates of the hours of the week: their own visits, drawn towards hour of day times day of week. */
  private shapeHours(): void {
    const { byHour, byDay, overall } = this.margins();
    for (let slot = 0; slot < hoursPerWeek; slot += 1) {
      const prior = Math.max(overall * (byHour[slot % 24] ?? 1) * (byDay[Math.floor(slot / 24)] ?? 1), 1e-9);
      const weight = priorMinutes + priorEvents / prior;
      this.hourRates[slot] =
        ((this.hourEvents[slot] ?? 0) + weight * prior) / ((this.hourExposure[slot] ?? 0) + weight);
    }
  }

  private margins(): { readonly byHour: Float64Array; readonly byDay: Float64Array; readonly overall: number } {
    const total = sumOf(this.hourEvents);
    const exposure = sumOf(this.hourExposure);
    const overall = exposure > 0 ? total / exposure : 0;
    const byHour = new Float64Array(24).fill(1);
    const byDay = new Float64Array(7).fill(1);
    // Two rounds: days may be missing from some hours, and hours from some days.
    for (let round = 0; round < 2; round += 1) {
      this.fitMargin(
        byHour,
        overall,
        (slot) => slot % 24,
        (slot) => byDay[Math.floor(slot / 24)] ?? 1
      );
      this.fitMargin(
        byDay,
        overall,
        (slot) => Math.floor(slot / 24),
        (slot) => byHour[slot % 24] ?? 1
      );
    }
    return { byHour, byDay, overall };
  }

  private fitMargin(
    margin: Float64Array,
    overall: number,
    placeOf: (slot: number) => number,
    otherOf: (slot: number) => number
  ): void {
    const events = new Float64Array(margin.length);
    const expected = new Float64Array(margin.length);
    for (let slot = 0; slot < hoursPerWeek; slot += 1) {
      const place = placeOf(slot);
      events[place] = (events[place] ?? 0) + (this.hourEvents[slot] ?? 0);
      expected[place] = (expected[place] ?? 0) + (this.hourExposure[slot] ?? 0) * overall * otherOf(slot);
    }
    for (let place = 0; place < margin.length; place += 1) {
      margin[place] = ((events[place] ?? 0) + priorEvents) / ((expected[place] ?? 0) + priorEvents);
    }
  }

  private shapeMinutes(): void {
    let sum = 0;
    for (let within = 0; within < minutesPerHour; within += 1) {
      const shape =
        ((this.minuteEvents[within] ?? 0) + priorMinuteEvents) /
        ((this.minuteExpected[within] ?? 0) + priorMinuteEvents);
      this.minuteShape[within] = shape;
      sum += shape;
    }
    for (let within = 0; within < minutesPerHour; within += 1) {
      this.minuteShape[within] = ((this.minuteShape[within] ?? 1) * minutesPerHour) / sum;
    }
  }

  /** Rate at a minute, drawn straight from the middle of one hour to the middle of the next. */
  private rateAt(minute: number): number {
    const position = minute / minutesPerHour - 0.5;
    const before = Math.floor(position);
    const share = position - before;
    const left = this.hourRates[weekSlot(before)] ?? 0;
    const right = this.hourRates[weekSlot(before + 1)] ?? 0;
    return left + (right - left) * share;
  }
}

// 1970 began on a Thursday: hour 0 of the week is Monday's first.
const mondayOffsetHours = 3 * 24;

function weekSlot(hour: number): number {
  return (((hour + mondayOffsetHours) % hoursPerWeek) + hoursPerWeek) % hoursPerWeek;
}

function hourOfWeek(minute: number): number {
  return weekSlot(Math.floor(minute / minutesPerHour));
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) {
    sum += value;
  }
  return sum;
}
