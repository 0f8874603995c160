import type { RangeAggregation, Unwrapping } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';
import type { NanosecondRange } from '@loghunter/ports';

import { embeddedFailure } from '../embedded-failure.ts';
import { compileCondition } from '../pipeline/compile-condition.ts';
import { compilePipeline, rejectInvalid } from '../pipeline/compile-pipeline.ts';
import { allLabelsOf, failLine, labelOf, startLine } from '../pipeline/line-state.ts';
import type { LineState, Stage } from '../pipeline/line-state.ts';
import { parseByteSize, parseGoDuration, parseNumber } from '../pipeline/units.ts';
import type { StreamIndex } from '../streams/stream-index.ts';
import { parserHintsOf } from './sample-hints.ts';
import type { SampleGrouping } from './sample-hints.ts';
import { labelKey } from './series.ts';

/** Numbers of one series, in order of time. */
export interface SampleSeries {
  readonly labels: Labels;
  readonly samples: ReadonlyArray<{ readonly timestampNs: bigint; readonly value: number }>;
}

/**
 * Turns the lines of a range aggregation into numbers, series by series. Throws `PortError` `rejected` when a stage failed on a line, as
 * Loki refuses such a query, unless the query asks for `__error__`.
 */
export function extractSamples(
  index: StreamIndex,
  aggregation: RangeAggregation,
  grouping: SampleGrouping,
  range: NanosecondRange
): readonly SampleSeries[] {
  const { query } = aggregation;
  const pipeline = compilePipeline(query.stages, parserHintsOf(aggregation, grouping));
  const valueOf = compileValue(aggregation);
  const collector = createCollector(grouping);
  for (const stream of index.select(query.matchers)) {
    for (const entry of stream.between(range.fromNs, range.toNs)) {
      const state = startLine(stream.labels, entry);
      const value = pipeline === null || pipeline(state) ? valueOf(state) : null;
      if (value !== null) {
        collector.add(state, value);
      }
    }
  }
  return collector.series();
}

function compileValue({ operation, unwrap }: RangeAggregation): (state: LineState) => number | null {
  if (unwrap !== null) {
    return compileUnwrapping(unwrap);
  }
  const isSize = operation === 'bytes_over_time' || operation === 'bytes_rate';
  return isSize ? ({ line }) => Buffer.byteLength(line) : () => 1;
}

function compileUnwrapping({ label, conversion, conditions }: Unwrapping): (state: LineState) => number | null {
  const read = numberReader(conversion);
  const filters: readonly Stage[] = conditions.map((condition) => rejectInvalid(() => compileCondition(condition)));
  return function unwrap(state) {
    const text = labelOf(state, label);
    if (text === undefined || text === '') {
      return null;
    }
    const value = read(text);
    if (value === null) {
      failLine(state, 'SampleExtractionErr', `'${text}' is no number`);
    }
    return filters.every((filter) => filter(state)) ? (value ?? 0) : null;
  };
}

function numberReader(conversion: Unwrapping['conversion']): (text: string) => number | null {
  switch (conversion) {
    case null:
      return parseNumber;
    case 'bytes':
      return parseByteSize;
    case 'duration':
    case 'duration_seconds':
      return (text) => {
        const durationNs = parseGoDuration(text);
        return durationNs === null ? null : Number(durationNs) / 1e9;
      };
  }
}

interface Collected {
  readonly labels: Labels;
  readonly samples: Array<{ readonly timestampNs: bigint; readonly value: number }>;
}

function createCollector(grouping: SampleGrouping): {
  add(state: LineState, value: number): void;
  series(): readonly SampleSeries[];
} {
  const collected = new Map<string, Collected>();
  // Lines of a stream without labels of their own are in one series.
  const ofStream = new Map<Labels, Collected>();

  function seriesOf(state: LineState): Collected {
    const isPlain = state.parsed.size === 0 && state.deleted.size === 0 && Object.keys(state.metadata).length === 0;
    const known = isPlain && state.error === null ? ofStream.get(state.stream) : undefined;
    if (known !== undefined) {
      return known;
    }
    const labels = seriesLabels(state, grouping);
    const key = labelKey(labels);
    const series = collected.get(key) ?? { labels, samples: [] };
    collected.set(key, series);
    if (isPlain && state.error === null) {
      ofStream.set(state.stream, series);
    }
    return series;
  }

  return {
    add(state, value) {
      seriesOf(state).samples.push({ timestampNs: state.timestampNs, value });
    },
    series() {
      for (const { samples } of collected.values()) {
        // A series may come from several streams.
        samples.sort((a, b) => (a.timestampNs < b.timestampNs ? -1 : a.timestampNs > b.timestampNs ? 1 : 0));
      }
      return [...collected.values()];
    },
  };
}

function seriesLabels(state: LineState, { grouping, isSingle }: SampleGrouping): Labels {
  if (state.error !== null) {
    if (state.parsed.get('__preserve_error__') !== 'true') {
      throw embeddedFailure(
        'rejected',
        `pipeline error: '${state.error}'. Use a label filter such as | __error__="" to skip such lines.`
      );
    }
    return allLabelsOf(state);
  }
  if (isSingle) {
    return {};
  }
  if (grouping === null) {
    return allLabelsOf(state);
  }
  if (grouping.mode === 'without') {
    const names = new Set(grouping.labelNames);
    return Object.fromEntries(Object.entries(allLabelsOf(state)).filter(([name]) => !names.has(name)));
  }
  const named = grouping.labelNames.flatMap((name) => {
    // What a stage took away stays away from the groups, even when a later stage has set it again.
    const value = state.deleted.has(name) ? undefined : labelOf(state, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(named);
}
