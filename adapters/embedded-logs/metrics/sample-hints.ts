import type { Grouping, RangeAggregation } from '@loghunter/engine/logql';

import { conditionNames, isIdleCondition } from '../pipeline/compile-condition.ts';
import { stageNames } from '../pipeline/compile-pipeline.ts';
import { earlyFilters } from '../pipeline/early-filters.ts';
import type { ParserHints } from '../pipeline/parser-hints.ts';

/** How the lines of a range aggregation become series. */
export interface SampleGrouping {
  /** Null keeps all labels. */
  readonly grouping: Grouping | null;
  /** The series has no labels whatever the lines have. */
  readonly isSingle: boolean;
}

/** The grouping that the lines of an aggregation get: its own, or that of a `sum` around it. */
export function sampleGrouping(
  aggregation: RangeAggregation,
  outer: { readonly grouping: Grouping | null } | null
): SampleGrouping {
  const given = outer === null ? aggregation.grouping : (outer.grouping ?? { mode: 'by' as const, labelNames: [] });
  const isSingle =
    aggregation.operation === 'absent_over_time' || (given?.mode === 'by' && given.labelNames.length === 0);
  const { unwrap } = aggregation;
  if (unwrap === null) {
    return { grouping: given, isSingle };
  }
  // The label that holds the number is no label of the series, unless a `by` asks for it.
  return given === null || given.labelNames.length === 0 || given.mode === 'without'
    ? { grouping: { mode: 'without', labelNames: [...(given?.labelNames ?? []), unwrap.label] }, isSingle }
    : { grouping: given, isSingle };
}

/** What Loki tells the parsers of a range aggregation about the labels that are needed. */
export function parserHintsOf(aggregation: RangeAggregation, { grouping, isSingle }: SampleGrouping): ParserHints {
  const { stages } = aggregation.query;
  const conditions = aggregation.unwrap?.conditions ?? [];
  const required = new Set(
    [
      ...stageNames(stages),
      ...conditions.filter((condition) => !isIdleCondition(condition)).flatMap(conditionNames),
      ...(grouping?.labelNames ?? []),
      ...(aggregation.unwrap === null ? [] : [aggregation.unwrap.label]),
    ].flatMap((name) => (name.endsWith('_extracted') ? [name, name.slice(0, -'_extracted'.length)] : [name]))
  );
  const preservesErrors = required.has('__error__');
  if (isSingle) {
    return required.size === 0
      ? { requiredNames: null, needsNothing: true, preservesErrors: false, filters: new Map() }
      : { requiredNames: required, needsNothing: false, preservesErrors, filters: earlyFilters(stages, conditions) };
  }
  if (grouping === null || grouping.mode === 'without' || grouping.labelNames.length === 0) {
    return {
      requiredNames: null,
      needsNothing: false,
      preservesErrors: false,
      filters: earlyFilters(stages, conditions),
    };
  }
  return { requiredNames: required, needsNothing: false, preservesErrors, filters: new Map() };
}
