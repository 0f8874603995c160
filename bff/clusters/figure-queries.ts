import type { FigureQuery } from '@loghunter/contracts';
import { printQuery, rangeAggregation, sum, type LogQuery, type MetricQuery } from '@loghunter/engine/logql';
import { planTrend, type MinuteRange } from '@loghunter/ports';
import { presentRange } from '../http/time-range.ts';
import { trendPointsOf } from './list-clusters.ts';

const nsPerMs = 1_000_000n;

/** Lines of each stream in the whole range. */
export function countOver(query: LogQuery, { fromMs, toMs }: MinuteRange): MetricQuery {
  return rangeAggregation('count_over_time', query, BigInt(toMs - fromMs) * nsPerMs);
}

/** A query of numbers at the end of the range. */
export function numbers(query: MetricQuery, range: MinuteRange): FigureQuery {
  return { expression: printQuery(query), range: presentRange(range), isExact: false, type: 'instant' };
}

/** Lines over the range in the steps of its trend, by labels where some are named. */
export function overTime(query: LogQuery, range: MinuteRange, labelNames: readonly string[] = []): FigureQuery {
  const { stepMs } = planTrend(range, trendPointsOf(range));
  const grouping = labelNames.length === 0 ? null : ({ mode: 'by', labelNames } as const);
  const counts = sum(rangeAggregation('count_over_time', query, BigInt(stepMs) * nsPerMs), grouping);
  return { expression: printQuery(counts), range: presentRange(range), isExact: false, type: 'range' };
}

/** A share: one number by another. */
export function ratio(left: MetricQuery, right: MetricQuery): MetricQuery {
  return { kind: 'binary-operation', operator: '/', returnsBool: false, matching: null, left, right };
}
