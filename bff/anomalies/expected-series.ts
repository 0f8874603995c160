import type { AnomalyFeature } from './anomaly-feature.ts';
import type { ExpectedMinute } from './series-band.ts';

/** What a series' baseline says; null: nothing was learned. */
export interface ExpectedSeries {
  readonly windowStartMs: number;
  readonly windowEndMs: number;
  readonly avgLogRate: number;
  readonly avgErrorRate: number;
  readonly p95ErrorRate: number;
  readonly expectTotal: (minuteMs: number) => ExpectedMinute;
  readonly expectErrors: (minuteMs: number) => ExpectedMinute;
}

/** The baseline of a series as it is kept. */
export async function readExpectedSeries(
  feature: Pick<AnomalyFeature, 'tenantId' | 'detection'>,
  seriesKey: string
): Promise<ExpectedSeries | null> {
  const row = await feature.detection.getBaseline(feature.tenantId, seriesKey);
  return row === null ? null : null;
}
