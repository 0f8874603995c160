// What is known of the values at one place of a template, in bounded space and mergeable.
import { DistinctCounter, distinctRelativeError } from './distinct-counter.ts';
import { readMeasuredValue } from './measured-value.ts';
import type { MeasureUnit } from './measured-value.ts';
import { isPersonalValue } from './personal-places.ts';
import { QuantileSketch, quantileRelativeError } from './quantile-sketch.ts';
import type { QuantileState } from './quantile-sketch.ts';
import { TopValues } from './top-values.ts';
import type { TopValue } from './top-values.ts';

/** Longest value that is kept, in UTF-16 units; longer ones are cut in lists, and counted whole. */
export const maxKeptValueLength = 120;

// Numbers of these types are amounts; the digits of an id are not.
const measuredTypes: ReadonlySet<string> = new Set(['number', 'quantity', 'value', 'any', 'quoted']);
const units: readonly MeasureUnit[] = ['none', 'ms', 'bytes', 'percent'];

// Begin with a character that no kept value has, so that a value cannot pass for a pseudonym.
const pseudonymMark = '\u0001';

/** What may be set. */
export interface VariableSketchOptions {
  /** True when all values are personal or secret, see `variablePlacesOf`. Default: false. */
  readonly isPersonal?: boolean;
  /**
   * Keyed hash of a value, made by the caller, who has the key. Without it personal values are counted and never listed.
   */
  readonly pseudonymOf?: (value: string) => string;
}

/** A sketch as plain JSON: below 140 KB, and below 4 KB for ordinary values, mostly below 1 KB. */
export interface VariableSketchState {
  readonly type: string;
  readonly isPersonal: boolean;
  readonly valueCount: number;
  readonly distinct: string;
  readonly top: ReadonlyArray<readonly [value: string, count: number]>;
  readonly missedCount: number;
  readonly numbers: Partial<Readonly<Record<MeasureUnit, QuantileState>>>;
}

/** A frequent value. */
export interface FrequentValue extends TopValue {
  /** True when `value` is the pseudonym of the value. */
  readonly isPseudonym: boolean;
}

/** Numbers at a place. */
export interface NumberSummary {
  readonly unit: MeasureUnit;
  /** Values that were numbers of this unit. */
  readonly valueCount: number;
  readonly min: number;
  readonly max: number;
  /** Values at the ranks 0.05, 0.25, 0.5, 0.75, 0.95 and 0.99, within `relativeError`. */
  readonly quantiles: ReadonlyArray<{ readonly ratio: number; readonly value: number }>;
  readonly relativeError: number;
}

/** What a sketch knows. */
export interface VariableSummary {
  readonly type: string;
  readonly isPersonal: boolean;
  readonly valueCount: number;
  readonly distinctEstimate: number;
  /** Standard error of the estimate, relative. */
  readonly distinctRelativeError: number;
  /** At most 64, most frequent first. */
  readonly topValues: readonly FrequentValue[];
  /** Null when no values, or personal ones only, were numbers. */
  readonly numbers: NumberSummary | null;
}

/** Values at one place of a template. */
export class VariableSketch {
  readonly #options: VariableSketchOptions;
  readonly #distinct: DistinctCounter;
  readonly #top: TopValues;
  readonly #numbers = new Map<MeasureUnit, QuantileSketch>();
  #type: string;
  #isPersonal: boolean;
  #valueCount = 0;

  /** Use {@link createVariableSketch} or {@link restoreVariableSketch}. */
  constructor(state: VariableSketchState, distinct: DistinctCounter, options: VariableSketchOptions) {
    this.#type = state.type;
    this.#isPersonal = state.isPersonal;
    this.#valueCount = state.valueCount;
    this.#distinct = distinct;
    this.#top = TopValues.of(state.top, state.missedCount);
    this.#options = options;
    for (const unit of units) {
      const numbers = state.numbers[unit];
      if (numbers !== undefined) {
        this.#numbers.set(unit, QuantileSketch.of(numbers));
      }
    }
  }

  /** Takes a value as it stood in a line; time linear in its length. */
  add(value: string): void {
    this.#valueCount += 1;
    this.#distinct.add(value);
    if (this.#isPersonal || isPersonalValue(this.#type, value)) {
      const pseudonym = this.#options.pseudonymOf?.(value);
      if (pseudonym !== undefined) {
        this.#top.add(pseudonymMark + pseudonym.slice(0, maxKeptValueLength));
      }
      return;
    }
    this.#top.add(keptTextOf(value));
    const measured = measuredTypes.has(this.#type) ? readMeasuredValue(value) : null;
    if (measured !== null) {
      this.#numbersOf(measured.unit).add(measured.amount);
    }
  }

  /** Takes all values of another sketch. Values that the other one showed stay hidden when this place is personal. */
  addAll(other: VariableSketch): void {
    this.#type = this.#type === other.#type ? this.#type : 'any';
    this.#isPersonal ||= other.#isPersonal;
    this.#valueCount += other.#valueCount;
    this.#distinct.addAll(other.#distinct);
    this.#top.addAll(other.#top);
    for (const [unit, numbers] of other.#numbers) {
      this.#numbersOf(unit).addAll(numbers);
    }
    if (this.#isPersonal) {
      this.#top.keepOnly((value) => value.startsWith(pseudonymMark));
      this.#numbers.clear();
    }
  }

  /** The sketch as plain data. */
  toJSON(): VariableSketchState {
    return {
      type: this.#type,
      isPersonal: this.#isPersonal,
      valueCount: this.#valueCount,
      distinct: this.#distinct.toText(),
      top: this.#top.list().map(({ value, count }) => [value, count] as const),
      missedCount: this.#top.missedCount,
      numbers: Object.fromEntries(
        units.flatMap((unit) => {
          const numbers = this.#numbers.get(unit);
          return numbers === undefined ? [] : [[unit, numbers.toState()]];
        })
      ),
    };
  }

  /** What the sketch knows; see {@link summarize}. */
  summary(): VariableSummary {
    return {
      type: this.#type,
      isPersonal: this.#isPersonal,
      valueCount: this.#valueCount,
      distinctEstimate: Math.min(this.#distinct.estimate(), this.#valueCount),
      distinctRelativeError,
      topValues: this.#top.list().map((top) => {
        const isPseudonym = top.value.startsWith(pseudonymMark);
        return { ...top, value: isPseudonym ? top.value.slice(1) : top.value, isPseudonym };
      }),
      numbers: this.#numberSummary(),
    };
  }

  #numbersOf(unit: MeasureUnit): QuantileSketch {
    const known = this.#numbers.get(unit) ?? new QuantileSketch();
    this.#numbers.set(unit, known);
    return known;
  }

  // Places hold one unit; where they hold several, the one with most values is shown.
  #numberSummary(): NumberSummary | null {
    const [first] = units
      .map((unit) => ({ unit, numbers: this.#numbers.get(unit) ?? new QuantileSketch() }))
      .sort((a, b) => b.numbers.valueCount - a.numbers.valueCount);
    if (first === undefined || first.numbers.valueCount === 0) {
      return null;
    }
    const { unit, numbers } = first;
    return {
      unit,
      valueCount: numbers.valueCount,
      min: numbers.min,
      max: numbers.max,
      quantiles: [0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((ratio) => ({ ratio, value: numbers.quantile(ratio) })),
      relativeError: quantileRelativeError,
    };
  }
}

function keptTextOf(value: string): string {
  const bounded = value.length > maxKeptValueLength ? value.slice(0, maxKeptValueLength) : value;
  return bounded.replaceAll(pseudonymMark, '').toWellFormed();
}

/**
 * Returns a sketch for the values at one place of a template.
 * @param type name of the place's variable type, such as `number` or `ip`
 * @example
 * const sketch = createVariableSketch('quantity');
 * sketch.add('12ms');
 * summarize(sketch).numbers?.max; // 12
 */
export function createVariableSketch(type: string, options: VariableSketchOptions = {}): VariableSketch {
  const state: VariableSketchState = {
    type,
    isPersonal: options.isPersonal ?? false,
    valueCount: 0,
    distinct: '',
    top: [],
    missedCount: 0,
    numbers: {},
  };
  return new VariableSketch(state, new DistinctCounter(), options);
}

/** Returns the sketch that was written as plain data; null when the data is not a sketch's. */
export function restoreVariableSketch(
  state: VariableSketchState,
  options: VariableSketchOptions = {}
): VariableSketch | null {
  const distinct = DistinctCounter.fromText(state.distinct);
  return distinct === null ? null : new VariableSketch(state, distinct, options);
}

/**
 * Returns a new sketch of the values of both, as if all had been added to one: exact in counts, distinct estimate, minimum,
 * maximum and quantiles, and within (values added) / 65 in the counts of frequent values. Commutative and associative
 * within that. Pseudonyms must have been made with the same key.
 */
export function merge(a: VariableSketch, b: VariableSketch, options: VariableSketchOptions = {}): VariableSketch {
  const merged = new VariableSketch(a.toJSON(), copyOf(a), options);
  merged.addAll(b);
  return merged;
}

/** Returns what a sketch knows: counts, distinct estimate, frequent values, and for numbers their range and quantiles. */
export function summarize(sketch: VariableSketch): VariableSummary {
  return sketch.summary();
}

function copyOf(sketch: VariableSketch): DistinctCounter {
  return DistinctCounter.fromText(sketch.toJSON().distinct) ?? new DistinctCounter();
}
