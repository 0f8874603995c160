// Watches one series of plain values (a metric), of which nothing is known beforehand: neither range nor season nor step.
import { RollingQuantile } from './rolling-quantile.ts';

/** Values that the usual range is taken from. */
const rangeLength = 1500;
/** Values kept for each hour of the day. */
const hourLength = 120;
/** Values that a feature's own usual size is taken from, and the share of them that counts as usual. */
const normLength = 2000;
const usualShare = 0.99;
/** A feature that is so many times its usual size says no more than that. */
const featureLimit = 6;
/** Nothing is told of the first values: everything is new then. */
const leastValues = 100;
/** After an alarm, weaker ones are held back for this share of the history, within bounds. */
const holdShare = 0.05;
const leastHold = 30;
const mostHold = 400;
/** An alarm so much stronger breaks through. */
const breakThrough = 1.5;

/** Below every deviation that a metric has; a series of zeros has none. */
const leastScale = 1e-30;

/** A feature divided by its own usual size, so that a restless series raises its own bar. */
class NormalizedFeature {
  private readonly sizes = new RollingQuantile(normLength);

  rate(size: number, floor: number): number {
    const usual = Math.max(this.sizes.quantile(usualShare), floor);
    this.sizes.add(size);
    return usual > 0 ? Math.min(size / usual, featureLimit) : 0;
  }
}

/** Mean of the last values. */
class MovingMean {
  private readonly values: number[] = [];
  private readonly length: number;
  private sum = 0;

  constructor(length: number) {
    this.length = length;
  }

  add(value: number): number {
    this.values.push(value);
    this.sum += value;
    if (this.values.length > this.length) {
      this.sum -= this.values.shift() ?? 0;
    }
    return this.sum / this.values.length;
  }
}

/** Weights of the features: what is out of range counts most. The rest is equal: no weight was searched for. */
const outOfRangeWeight = 3;
/** Weighted sum from which on a value counts as an alarm that holds weaker ones back. */
const alarmStrength = 8;

/**
 * Scores every value of a series by how unusual it is: 0 for usual, 1 and more for what deserves a look. Looks back only.
 * Features: distance outside the range of the last 1,500 values and of all, deviation from the hour of day (single, and
 * means of 8 and 24), change against the value before, and restlessness.
 */
export class ValueDetector {
  private readonly recent = new RollingQuantile(rangeLength);
  private readonly hours = Array.from({ length: 24 }, () => new RollingQuantile(hourLength));
  private readonly deviations = new RollingQuantile(normLength);
  private readonly features = {
    hour: new NormalizedFeature(),
    hourShort: new NormalizedFeature(),
    hourLong: new NormalizedFeature(),
    change: new NormalizedFeature(),
    spread: new NormalizedFeature(),
  };
  private readonly shortMean = new MovingMean(8);
  private readonly longMean = new MovingMean(24);
  private readonly shortSpread = new MovingMean(24);
  private readonly longSpread = new MovingMean(400);
  private least = Number.POSITIVE_INFINITY;
  private most = Number.NEGATIVE_INFINITY;
  private previous: number | undefined;
  private count = 0;
  private lastAlarm = Number.NEGATIVE_INFINITY;
  private lastStrength = 0;

  /** Score of the next value; `hourOfDay` 0..23. A value that is not finite is missing: 0. */
  observe(value: number, hourOfDay: number): number {
    if (!Number.isFinite(value)) {
      return 0;
    }
    const strength = this.strength(value, hourOfDay);
    this.learn(value, hourOfDay);
    return this.count <= leastValues ? 0 : this.holdBack(strength);
  }

  private strength(value: number, hourOfDay: number): number {
    const scale = this.scale();
    const hour = this.hours[hourOfDay] ?? this.recent;
    const centre = hour.size >= 12 ? hour.quantile(0.5) : this.recent.quantile(0.5);
    const residual = this.recent.size === 0 ? 0 : value - centre;
    const change = value - (this.previous ?? value);
    const { features } = this;
    return (
      outOfRangeWeight * this.outside(value, this.recent.quantile(0), this.recent.quantile(1), scale) +
      outOfRangeWeight * this.outside(value, this.least, this.most, scale) +
      features.hour.rate(Math.abs(residual), scale) +
      features.hourShort.rate(Math.abs(this.shortMean.add(residual)), scale / 2) +
      features.hourLong.rate(Math.abs(this.longMean.add(residual)), scale / 3) +
      features.change.rate(Math.abs(change), scale / 2) +
      features.spread.rate(Math.abs(this.spreadChange(change, scale)), 0.5)
    );
  }

  /** Logarithm of how restless the last values are against the values before; 0 for as usual. */
  private spreadChange(change: number, scale: number): number {
    const floor = scale ** 2 / 100;
    const short = this.shortSpread.add(change * change);
    const long = this.longSpread.add(change * change);
    return Math.log((short + floor) / (long + floor));
  }

  /** How far a value lies outside a range, in units of that range. */
  private outside(value: number, least: number, most: number, scale: number): number {
    if (this.recent.size < leastValues) {
      return 0;
    }
    const beyond = Math.max(least - value, value - most, 0);
    return Math.min(featureLimit, (4 * beyond) / Math.max(most - least, scale));
  }

  /** Usual deviation from the hour's middle; never 0. */
  private scale(): number {
    const usual = this.deviations.quantile(0.5) * 1.4826;
    const range = this.recent.quantile(1) - this.recent.quantile(0);
    return Math.max(usual, range / 100, Math.abs(this.recent.quantile(0.5)) / 1e6, leastScale);
  }

  private learn(value: number, hourOfDay: number): void {
    const hour = this.hours[hourOfDay] ?? this.recent;
    if (this.count > 0) {
      this.deviations.add(Math.abs(value - (hour.size >= 12 ? hour : this.recent).quantile(0.5)));
    }
    hour.add(value);
    this.recent.add(value);
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    this.previous = value;
    this.count += 1;
  }

  private holdBack(strength: number): number {
    const hold = Math.min(Math.max(holdShare * this.count, leastHold), mostHold);
    const isHeld = this.count - this.lastAlarm < hold && strength < this.lastStrength * breakThrough;
    if (isHeld) {
      return strength / (10 * alarmStrength);
    }
    if (strength > alarmStrength) {
      this.lastAlarm = this.count;
      this.lastStrength = strength;
    }
    return strength / alarmStrength;
  }
}
