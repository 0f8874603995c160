import { describe, test } from 'vitest';
import { metricStoreCases, sampleSeries } from './metric-store.cases.ts';
import { createFakeMetricStore, createFakeTraceStore } from './signal-stores-fake.ts';
import { sampleSpans, traceStoreCases } from './trace-store.cases.ts';

describe('the fakes of traces and metrics keep their contracts', () => {
  test.each(traceStoreCases)('$title', ({ run }) => run(createFakeTraceStore(sampleSpans)));
  test.each(metricStoreCases)('$title', ({ run }) =>
    run({ metrics: createFakeMetricStore(sampleSeries), query: 'load' })
  );
});
