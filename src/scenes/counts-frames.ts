import { FieldType, type DataFrame } from '@grafana/data';
import type { GetClusterCountsResponse } from '@loghunter/contracts';

/** One frame per level; the field's name is the level, by which the panel picks its colour. */
export function countsToFrames(counts: GetClusterCountsResponse, refId: string): DataFrame[] {
  const startMs = Date.parse(counts.range.from);
  return counts.series.map((series) => ({
    refId,
    length: series.counts.length,
    fields: [
      {
        name: 'Time',
        type: FieldType.time,
        config: { interval: counts.stepMs },
        values: series.counts.map((_, index) => startMs + index * counts.stepMs),
      },
      { name: series.level, type: FieldType.number, config: {}, values: [...series.counts] },
    ],
  }));
}
