import { expect } from 'vitest';
import type { MetricSeries, MetricStore } from '../metric-store.ts';
import type { ContractCase } from './contract-case.ts';

/** A store that answers `query` with {@link sampleSeries}. */
export interface MetricsUnderTest {
  readonly metrics: MetricStore;
  readonly query: string;
}

const atMs = Date.UTC(2026, 10, 20, 10);
const signal = new AbortController().signal;

/** Load of two services in percent, a value a minute for ten minutes. */
export const sampleSeries: readonly MetricSeries[] = ['checkout', 'payments'].map((job, place) => ({
  labels: { job },
  points: Array.from({ length: 10 }, (_, minute) => ({ atMs: atMs + minute * 60_000, value: place + minute / 2 })),
}));

const range = { fromMs: atMs, toMs: atMs + 9 * 60_000, stepSeconds: 60, signal };

/** What stores of metrics do that hold {@link sampleSeries}. */
export const metricStoreCases: ReadonlyArray<ContractCase<MetricsUnderTest>> = [
  {
    title: 'a range has a value for each step, both ends included',
    async run({ metrics, query }) {
      const series = await metrics.readRange({ ...range, query });
      expect(series.toSorted((a, b) => ((a.labels['job'] ?? '') < (b.labels['job'] ?? '') ? -1 : 1))).toEqual(
        sampleSeries
      );
    },
  },
  {
    title: 'a range before all values is empty',
    async run({ metrics, query }) {
      const hourMs = 3_600_000;
      const series = await metrics.readRange({ ...range, fromMs: atMs - 3 * hourMs, toMs: atMs - 2 * hourMs, query });
      expect(series.flatMap(({ points }) => points)).toEqual([]);
    },
  },
];
