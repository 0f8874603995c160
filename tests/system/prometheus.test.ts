import { createPrometheusMetricStore } from '@loghunter/adapters/telemetry';
import { metricStoreCases, sampleSeries } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPrometheus, startPrometheus, type RunningPrometheus } from '../servers/prometheus.ts';

function toOpenMetrics(): string {
  const rows = sampleSeries.flatMap(({ labels, points }) =>
    points.map(({ atMs, value }) => `load{job="${labels['job']}"} ${value} ${atMs / 1000}`)
  );
  return `# TYPE load gauge\n${rows.join('\n')}\n# EOF\n`;
}

describe.skipIf(!hasPrometheus())('metrics of a real Prometheus', () => {
  let prometheus: RunningPrometheus;
  beforeAll(async () => {
    prometheus = await startPrometheus(toOpenMetrics());
  }, 60_000);
  afterAll(() => prometheus?.stop());
  const open = () => createPrometheusMetricStore({ url: prometheus.url, orgId: null, token: null, timeoutMs: 10_000 });

  test.each(metricStoreCases)('$title', ({ run }) => run({ metrics: open(), query: 'sum by (job) (load)' }));

  test('a query that it cannot parse is refused with its own words', async () => {
    const range = { fromMs: 0, toMs: 60_000, stepSeconds: 60, signal: AbortSignal.timeout(10_000) };
    await expect(open().readRange({ ...range, query: 'sum by (' })).rejects.toMatchObject({
      ...{ kind: 'rejected', status: 400, message: expect.stringContaining('parse error') as string },
    });
  });

  test('a range of a month has no more points than are looked at', async () => {
    const [first] = sampleSeries;
    const fromMs = first?.points[0]?.atMs ?? 0;
    const range = { fromMs, toMs: fromMs + 30 * 86_400_000, stepSeconds: 1, signal: AbortSignal.timeout(10_000) };
    const series = await open().readRange({ ...range, query: 'vector(1)' });
    expect(series[0]?.points.length).toBeLessThanOrEqual(1000);
    expect(series[0]?.points.length).toBeGreaterThan(900);
  });
});
