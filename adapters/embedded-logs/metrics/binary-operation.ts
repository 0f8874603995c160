// Operators between two numbers, a number and series, or series and series.
import type { BinaryOperation, BinaryOperator, VectorMatching } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';

import { embeddedFailure } from '../embedded-failure.ts';
import { createSeriesCollector, groupLabels, labelKey, samplesByTime } from './series.ts';
import type { Sample, Series } from './series.ts';

/** What a metric query comes to: a number, or series. */
export type MetricValue = number | readonly Series[];

type Operation = Omit<BinaryOperation, 'left' | 'right' | 'kind'>;

const comparisons: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>(['==', '!=', '>', '>=', '<', '<=']);

/** Applies an operator. Throws `PortError` `rejected` when series cannot be matched without doubt. */
export function applyOperator(operation: Operation, left: MetricValue, right: MetricValue): MetricValue {
  const { operator, returnsBool } = operation;
  if (typeof left === 'number' && typeof right === 'number') {
    return compute(operator, left, right);
  }
  if (typeof left === 'number') {
    return mapSeries(right, (value) => combine(operator, left, value, returnsBool, value));
  }
  if (typeof right === 'number') {
    return mapSeries(left, (value) => combine(operator, value, right, returnsBool, value));
  }
  const collector = createSeriesCollector();
  const [ofLeft, ofRight] = [samplesByTime(left), samplesByTime(right)];
  const times = [...new Set([...ofLeft.keys(), ...ofRight.keys()])].sort((a, b) => (a < b ? -1 : 1));
  for (const timeNs of times) {
    collector.add(timeNs, joinSamples(operation, ofLeft.get(timeNs) ?? [], ofRight.get(timeNs) ?? []));
  }
  return collector.series();
}

function mapSeries(value: MetricValue, change: (value: number) => number | null): readonly Series[] {
  const series = typeof value === 'number' ? [] : value;
  return series.map(({ labels, points }) => ({
    labels,
    points: points.flatMap(([timeNs, point]) => {
      const changed = change(point);
      return changed === null ? [] : [[timeNs, changed] as const];
    }),
  }));
}

/** A comparison without `bool` keeps a value of the series' side, or nothing. */
function combine(
  operator: BinaryOperator,
  left: number,
  right: number,
  returnsBool: boolean,
  kept: number
): number | null {
  const result = compute(operator, left, right);
  return comparisons.has(operator) && !returnsBool ? (result === 1 ? kept : null) : result;
}

function compute(operator: BinaryOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? Number.NaN : left / right;
    case '%':
      return right === 0 ? Number.NaN : left % right;
    case '^':
      return left ** right;
    case '==':
      return Number(left === right);
    case '!=':
      return Number(left !== right);
    case '>':
      return Number(left > right);
    case '>=':
      return Number(left >= right);
    case '<':
      return Number(left < right);
    case '<=':
      return Number(left <= right);
    case 'and':
    case 'or':
    case 'unless':
      throw embeddedFailure('rejected', `'${operator}' joins series, not numbers`);
  }
}

function joinSamples(operation: Operation, left: readonly Sample[], right: readonly Sample[]): readonly Sample[] {
  const keyOf = matchKey(operation.matching);
  switch (operation.operator) {
    case 'and':
      return keepMatched(left, right, keyOf, true);
    case 'unless':
      return keepMatched(left, right, keyOf, false);
    case 'or':
      return [...left, ...keepMatched(right, left, keyOf, false)];
    default:
      return matchSamples(operation, left, right, keyOf);
  }
}

function matchKey(matching: VectorMatching | null): (sample: Sample) => string {
  if (matching === null) {
    return ({ labels }) => labelKey(labels);
  }
  const mode = matching.mode === 'on' ? 'by' : 'without';
  const keep = groupLabels({ mode, labelNames: matching.labelNames });
  return ({ labels }) => labelKey(keep(labels));
}

function keepMatched(
  samples: readonly Sample[],
  others: readonly Sample[],
  keyOf: (sample: Sample) => string,
  isKept: boolean
): readonly Sample[] {
  const keys = new Set(others.map(keyOf));
  return samples.filter((sample) => keys.has(keyOf(sample)) === isKept);
}

function matchSamples(
  { operator, returnsBool, matching }: Operation,
  left: readonly Sample[],
  right: readonly Sample[],
  keyOf: (sample: Sample) => string
): readonly Sample[] {
  const group = matching?.group ?? null;
  const isSwapped = group?.many === 'right';
  const [many, one] = isSwapped ? [right, left] : [left, right];
  const ones = uniqueByKey(one, keyOf, isSwapped ? 'left' : 'right');
  const seen = new Set<string>();
  return many.flatMap((sample) => {
    const key = keyOf(sample);
    const partner = ones.get(key);
    if (partner === undefined) {
      return [];
    }
    const labels = resultLabels(sample.labels, partner.labels, matching);
    const resultKey = group === null ? key : labelKey(labels);
    if (seen.has(resultKey)) {
      const needed =
        group === null
          ? 'many-to-one matching must be explicit (group_left/group_right)'
          : 'grouping labels must ensure unique matches';
      throw embeddedFailure('rejected', `multiple matches for labels: ${needed}`);
    }
    seen.add(resultKey);
    const [a, b] = isSwapped ? [partner.value, sample.value] : [sample.value, partner.value];
    const value = combine(operator, a, b, returnsBool, a);
    return value === null ? [] : [{ labels, value }];
  });
}

function uniqueByKey(
  samples: readonly Sample[],
  keyOf: (sample: Sample) => string,
  side: 'left' | 'right'
): ReadonlyMap<string, Sample> {
  const unique = new Map<string, Sample>();
  for (const sample of samples) {
    const key = keyOf(sample);
    if (unique.has(key)) {
      const reason = 'many-to-many matching not allowed: matching labels must be unique on one side';
      throw embeddedFailure('rejected', `found duplicate series on the ${side} hand-side;${reason}`);
    }
    unique.set(key, sample);
  }
  return unique;
}

function resultLabels(labels: Labels, ofPartner: Labels, matching: VectorMatching | null): Labels {
  if (matching === null) {
    return labels;
  }
  if (matching.group === null) {
    return groupLabels({ mode: matching.mode === 'on' ? 'by' : 'without', labelNames: matching.labelNames })(labels);
  }
  const names = new Set(matching.group.labelNames);
  const own = Object.entries(labels).filter(([name]) => !names.has(name));
  const taken = Object.entries(ofPartner).filter(([name]) => names.has(name));
  return Object.fromEntries([...own, ...taken]);
}
