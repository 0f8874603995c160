import type { CaseLine } from '@loghunter/engine/root-cause';
import { PortError } from '@loghunter/ports';
import {
  aSpan,
  createFakeMetricStore,
  createFakeTraceStore,
  sampleSeries,
  sampleSpans,
} from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import { noSignals, readSignals, type SignalRequest } from './read-signals.ts';

const atMs = Date.UTC(2026, 10, 20, 10);
const line = (service: string, traceId = ''): CaseLine => ({ atMs, service, traceId, spanId: '', text: 'a line' });
const request: SignalRequest = {
  baseline: { fromMs: atMs - 600_000, toMs: atMs - 1000 },
  incident: { fromMs: atMs - 1000, toMs: atMs + 600_000 },
  lines: { baseline: [], incident: [line('checkout', '004BF92F3577B34DA6A3CE929D0E0E4736')] },
  ...{ service: 'checkout', traceId: '', serviceLabels: ['service_name'], signal: new AbortController().signal },
};
const metrics = createFakeMetricStore(sampleSeries);
const sources = { traces: createFakeTraceStore(sampleSpans), metrics, loadQuery: 'load' };

describe('traces and metrics of an analysis', () => {
  test('are those of its windows, each span once, with the trace’s id as the lines write it', async () => {
    const { incident, baseline, traceGap, loadGap } = await readSignals(sources, request);
    expect(incident.spans.map(({ service, traceId }) => [service, traceId])).toEqual([
      ['checkout', '004BF92F3577B34DA6A3CE929D0E0E4736'],
      ['payments', '004BF92F3577B34DA6A3CE929D0E0E4736'],
    ]);
    expect(baseline).toEqual({ spans: [], loads: [] });
    expect(incident.loads[0]).toEqual({ service: 'checkout', atMs, percent: 0 });
    expect([traceGap, loadGap]).toEqual(['', '']);
  });

  test('are looked for by the services that write most when none is asked about', async () => {
    const { incident } = await readSignals(sources, { ...request, service: '' });
    expect(incident.spans).toHaveLength(2);
  });

  test('may have more spans than a call takes arguments', async () => {
    const spans = Array.from({ length: 200_000 }, (_, n) => aSpan({ spanId: `s${n}`, startMs: atMs, endMs: atMs + 1 }));
    const traces = { ...createFakeTraceStore([]), findSpans: () => Promise.resolve(spans) };
    const { incident } = await readSignals({ ...sources, traces }, request);
    expect(incident.spans).toHaveLength(200_000);
  });

  test('of a trace that is asked about are there although its service has others', async () => {
    const own = aSpan({ traceId: 'abcd', service: 'a-service-that-writes-nothing' });
    const { incident } = await readSignals(
      { ...sources, traces: createFakeTraceStore([...sampleSpans, own]) },
      { ...request, traceId: 'abcd' }
    );
    expect(incident.spans.map(({ traceId }) => traceId)).toContain('abcd');
  });

  test('that are not configured, or cannot be asked, are a gap with its reason and no failure', async () => {
    expect(await readSignals(noSignals, request)).toMatchObject({
      ...{ traceGap: 'No store of traces is configured', loadGap: expect.stringContaining('No Prometheus') as string },
    });
    const away = () =>
      Promise.reject(new PortError({ system: 'tempo', kind: 'unavailable', message: 'Tempo cannot be reached' }));
    const broken = {
      traces: { system: 'tempo' as const, readTrace: away, findSpans: away },
      metrics: { readRange: away },
    };
    expect(await readSignals({ ...broken, loadQuery: 'load' }, request)).toMatchObject({
      ...{ traceGap: 'It could not be asked: Tempo cannot be reached', incident: { spans: [], loads: [] } },
      loadGap: 'It could not be asked: Tempo cannot be reached',
    });
  });

  test('that show nothing say so', async () => {
    const { traceGap, loadGap } = await readSignals(
      { traces: createFakeTraceStore([]), metrics: createFakeMetricStore([]), loadQuery: 'load' },
      request
    );
    expect([traceGap, loadGap]).toEqual([
      'Tempo has no traces of checkout in the incident',
      'Prometheus has no processor load of any service in the incident',
    ]);
  });
});
