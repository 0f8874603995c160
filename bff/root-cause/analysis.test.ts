import type { Analysis, LineVerification, StartAnalysisResponse } from '@loghunter/contracts';
import { routeSchemas } from '@loghunter/contracts/schemas';
import { defaultServiceSettings } from '@loghunter/engine/records';
import { PortError, type RuledCluster } from '@loghunter/ports';
import { aSpan, createFakeMetricStore, createFakeTraceStore, createFakeUnitOfWork } from '@loghunter/ports/testing';
import { pino } from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import { anEvent, anIncident } from '../testing/plant-anomaly.ts';
import { createSharedSqlStores, openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer, testNowMs, type TestLine, type TestServer } from '../testing/test-server.ts';
import { startWorkers } from '../jobs/start-workers.ts';
import { createAnalysisKind } from './analysis-kind.ts';
import { noSignals, type SignalSources } from './read-signals.ts';
import { beginAutomaticAnalyses } from './automatic-analyses.ts';

const minuteMs = 60_000;
const json = { 'Content-Type': 'application/json' };
const start = testNowMs - 90 * minuteMs;
const onset = testNowMs - 20 * minuteMs;
const secret = 'AKIAIOSFODNN7EXAMPLQ';

/** Requests every ten seconds; from the onset on payments fail, and checkout complains. Search has always been failing. */
function makeLines(): Readonly<Record<string, TestLine[]>> {
  const lines: Record<'checkout' | 'payments' | 'search', TestLine[]> = { checkout: [], payments: [], search: [] };
  for (let at = start, count = 0; at < testNowMs; at += 10_000, count += 1) {
    const trace = `trace_id=${(0xabc0000 + count).toString(16).padStart(16, '0')}`;
    const isBad = at >= onset && count % 2 === 0;
    lines.checkout.push([at, `level=info msg="order received" ${trace}`]);
    lines.payments.push([at + 20, `level=info msg="authorization requested" ${trace}`]);
    lines.payments.push([
      at + 50,
      isBad
        ? `level=error msg="charge failed: pool exhausted" key=${secret} ${trace}`
        : `level=info msg="authorization granted" ${trace}`,
    ]);
    lines.checkout.push([
      at + 90,
      isBad
        ? `level=error msg="order failed: payments unavailable" ${trace}`
        : `level=info msg="order placed" ${trace}`,
    ]);
    lines.search.push([at + 5000, 'level=error msg="index shard 3 is corrupt"']);
  }
  return lines;
}

// The embedded database takes seconds to open on a busy machine.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

async function openServer(signals: SignalSources = noSignals): Promise<TestServer> {
  const stores = createSharedSqlStores();
  const kinds = [
    createAnalysisKind({
      ...{
        analyses: stores.analyses,
        deploys: stores.deploys,
        services: defaultServiceSettings,
        signalsOf: () => signals,
      },
      clusters: {
        readCoverage: (tenantId, range) => server.clusters.readCoverage(tenantId, range),
        readEventCounts: () => Promise.resolve(new Map()),
      },
      ...{ anomalies: stores.anomalies, notices: stores.notices, unitOfWork: createFakeUnitOfWork() },
      clock: { nowMs: () => server.clock.nowMs(), sleep: (ms, signal) => server.clock.sleep(ms, signal) },
      // Every cluster is stored.
      clusterRules: { readClustersById: (_, ids) => Promise.resolve(ids.map((id) => ({ id }) as RuledCluster)) },
      openTenant: () => {
        const { logs, identifier, redaction } = server.toolContext();
        return Promise.resolve({ logs, backgroundLogs: logs, identifier, redaction });
      },
    }),
  ];
  const server = await createTestServer({ jobKinds: kinds });
  for (const [service, lines] of Object.entries(makeLines())) {
    await server.push({ service_name: service, pod: `${service}-1` }, lines);
  }
  await startWorkers(
    {
      ...{ jobs: server.jobs, queue: server.queue, unitOfWork: createFakeUnitOfWork(), auditLog: server.auditLog },
      ...{ cache: server.cache, clock: server.clock, logger: pino({ level: 'silent' }), kinds },
    },
    1
  );
  return server;
}

async function post<T>(server: TestServer, path: string, body: object): Promise<{ status: number; answer: T }> {
  const response = await server.get(path, { method: 'POST', body: JSON.stringify(body), headers: json });
  return { status: response.status, answer: (await response.json()) as T };
}

const request = {
  subject: { kind: 'service', service: 'checkout' },
  incident: { from: String(onset - 2 * minuteMs), to: String(testNowMs) },
  baseline: { from: String(start), to: String(onset - 2 * minuteMs) },
};

async function analyse(server: TestServer, body: object = request): Promise<Analysis> {
  const { status, answer } = await post<StartAnalysisResponse>(server, '/api/v1/analyses', body);
  expect([status, answer.analysis.status]).toEqual([202, 'queued']);
  await server.queue.deliver();
  return (await (await server.get(`/api/v1/analyses/${answer.analysis.id}`)).json()) as Analysis;
}

function packOf({ pack }: Analysis): NonNullable<Analysis['pack']> {
  if (pack === null) {
    throw new TypeError('the analysis has no pack');
  }
  return pack;
}

describe('an analysis', () => {
  test('blames the service that failed first, not the one that complains nor the loud old error', async () => {
    const server = await openServer();
    const analysis = await analyse(server);
    expect(analysis).toMatchObject({ status: 'succeeded', verdict: 'confirmed', suspect: 'payments', failure: null });
    const pack = packOf(analysis);
    expect(routeSchemas.getAnalysis.response.safeParse(analysis).error).toBeUndefined();
    expect(Date.parse(pack.timeline.onset ?? '')).toBe(onset + 50);
    expect(pack.suspects.map(({ service }) => service)).not.toContain('search');
    expect(JSON.stringify(pack.ruledOut)).toContain('index shard');
    expect(pack.propagation.basis).toBe('traces');
    expect(pack.windows.baseline.isComplete).toBe(true);
    expect(analysis.text).toContain('Suspect: payments');
  });

  test('tells no secret of the lines, in pack, text or store', async () => {
    const server = await openServer();
    const analysis = await analyse(server);
    expect(JSON.stringify(analysis)).not.toContain(secret);
    expect(packOf(analysis).lines.some(({ text }) => text.includes('pool exhausted'))).toBe(true);
  });

  test('gives the same pack and hash for the same lines', async () => {
    const server = await openServer();
    const first = await analyse(server);
    const second = await analyse(server);
    expect(second.id).not.toBe(first.id);
    expect([second.packHash, second.pack]).toEqual([first.packHash, first.pack]);
  });

  test('looks at spans and metrics where they are configured, and its findings name traces and PromQL', async () => {
    const spans = Array.from({ length: 120 }, (_, n) => start + n * 45_000).flatMap((at, n) => {
      const traceId = `feed${n.toString(16).padStart(12, '0')}`;
      const onTheWayMs = at >= onset ? 900 + n : 20 + (n % 5);
      const own = { traceId, startMs: at };
      return [
        aSpan({ ...own, spanId: `a${n}`, service: 'checkout', operation: 'POST /orders', endMs: at + onTheWayMs + 10 }),
        aSpan({ ...own, spanId: `b${n}`, parentId: `a${n}`, service: 'payments', operation: 'charge', endMs: at + 10 }),
      ];
    });
    const points = Array.from({ length: 90 }, (_, n) => start + n * minuteMs).map((atMs, n) => ({
      ...{ atMs, value: atMs >= onset ? 95 : 10 + (n % 3) },
    }));
    const server = await openServer({
      traces: createFakeTraceStore(spans),
      metrics: createFakeMetricStore([{ labels: { job: 'shop/payments' }, points }]),
      loadQuery: 'load',
    });
    const pack = packOf(await analyse(server));
    const slow = pack.findings.find(({ traceIds }) => traceIds !== undefined);
    const load = pack.findings.find(({ kind }) => kind === 'high-load');
    expect(load).toMatchObject({ service: 'payments', metricQuery: 'load', firstAt: new Date(onset).toISOString() });
    expect(slow?.traceIds?.[0]).toMatch(/^feed/);
    expect(pack.suspects[0]?.channels.map(({ channel }) => channel)).toEqual(expect.arrayContaining(['calls', 'load']));
    const edge = pack.propagation.edges.find(({ to }) => to === 'payments');
    expect(edge?.affectedCount).toBeGreaterThan(0);
    const unread = pack.notLookedAt.map(({ what }) => what);
    expect(unread.filter((what) => what === 'Traces' || what === 'Metrics')).toEqual([]);
  });

  test('of an alert is of the service that its labels name', async () => {
    const server = await openServer();
    const subject = { kind: 'alert', labels: { alertname: 'OrdersFail', service_name: 'checkout' } };
    const analysis = await analyse(server, { ...request, subject });
    expect(analysis).toMatchObject({ subjectText: 'alert OrdersFail', suspect: 'payments', subject });
    const found = await server.get('/api/v1/analyses?service=checkout');
    expect(await found.json()).toMatchObject({ totalCount: 1, analyses: [{ id: analysis.id }] });
  });

  test('is one while an equal one is open', async () => {
    const server = await openServer();
    const ids = await Promise.all(
      [1, 2].map(
        async () => (await post<StartAnalysisResponse>(server, '/api/v1/analyses', request)).answer.analysis.id
      )
    );
    expect(new Set(ids).size).toBe(1);
  });

  test('of a trace reads the services that it went through', async () => {
    const server = await openServer();
    const traceId = (0xabc0000).toString(16).padStart(16, '0');
    const analysis = await analyse(server, {
      subject: { kind: 'trace', traceId },
      incident: { from: String(start), to: String(testNowMs) },
      baseline: { from: String(start - 60 * minuteMs), to: String(start) },
    });
    const pack = packOf(analysis);
    expect(pack.propagation.services.map(({ service }) => service).toSorted()).toEqual(['checkout', 'payments']);
    expect(pack.notLookedAt.map(({ what }) => what)).toContain('Services that the trace did not reach');
  });

  test('fails with the reason while the log store is away, and its evidence stays absent', async () => {
    const server = await openServer();
    server.fakeLogs.failWith(new PortError({ system: 'loki', kind: 'rejected', message: 'Loki says no' }));
    const analysis = await analyse(server);
    expect(analysis).toMatchObject({ status: 'failed', failure: 'Loki says no', pack: null, text: '' });
  });

  test.each([
    [{ incident: { from: '1000', to: '1000' } }, 'body.incident.from'],
    [{ incident: { from: String(testNowMs - 7 * 60 * minuteMs), to: String(testNowMs) } }, 'body.incident.from'],
    [{ ...request, baseline: { from: String(onset), to: String(testNowMs) } }, 'body.baseline.to'],
  ])('with windows that make no sense is refused: %j', async (windows, path) => {
    const server = await createTestServer();
    const { status, answer } = await post<{ errors: Array<{ path: string }> }>(server, '/api/v1/analyses', {
      subject: { kind: 'service', service: 'checkout' },
      ...windows,
    });
    expect([status, answer.errors[0]?.path]).toEqual([400, path]);
  });
});

describe('quoted lines', () => {
  async function verify(server: TestServer, lines: readonly object[]): Promise<LineVerification[]> {
    return (await post<{ lines: LineVerification[] }>(server, '/api/v1/lines/verify', { lines })).answer.lines;
  }
  const toReference = ({ labels, timestampNs, hash, text }: NonNullable<Analysis['pack']>['lines'][number]) => ({
    ...{ labels, timestampNs, hash, text },
  });

  test('are verified when the log store has them, refuted when it has others, unverified when it has nothing', async () => {
    const server = await openServer();
    const references = packOf(await analyse(server)).lines.map(toReference);
    expect(references.length).toBeGreaterThan(3);
    expect(new Set((await verify(server, references)).map(({ state }) => state))).toEqual(new Set(['verified']));
    const [first] = references;
    const falsified = [
      { ...first, hash: '0'.repeat(32) },
      { ...first, text: 'payments is fine' },
      { ...first, labels: { service_name: 'nobody' } },
      { ...first, timestampNs: '1000' },
    ];
    expect((await verify(server, falsified)).map(({ state }) => state)).toEqual([
      'refuted',
      'refuted',
      'unverified',
      'unverified',
    ]);
  });

  test('are unverified while the log store is away', async () => {
    const server = await openServer();
    const references = packOf(await analyse(server)).lines.map(toReference);
    server.fakeLogs.failWith(new PortError({ system: 'loki', kind: 'unavailable', message: 'Loki is away' }));
    expect(await verify(server, references.slice(0, 1))).toMatchObject([
      { state: 'unverified', reason: expect.stringContaining('Loki is away') },
    ]);
  });
});

describe('incidents', () => {
  async function plant(server: TestServer, severity: 2 | 3): Promise<string> {
    const incident = anIncident({ severity, services: ['checkout'], startedAtMs: onset, lastEventAtMs: onset });
    const event = anEvent({ incidentId: incident.id, severity, startedAtMs: onset });
    await server.anomalies.write(server.tenantId, { incidents: [incident], events: [event] });
    return incident.id;
  }

  test('are analysed from their start on', async () => {
    const server = await openServer();
    const id = await plant(server, 3);
    const analysis = await analyse(server, { subject: { kind: 'incident', id } });
    expect(analysis).toMatchObject({ suspect: 'payments', subject: { kind: 'incident', id } });
    expect(Date.parse(analysis.incident.from)).toBe(onset - 5 * minuteMs);
  });

  test('that have ended are analysed without a message, which would open them again at receivers', async () => {
    const server = await openServer();
    const id = await plant(server, 3);
    const incident = await server.anomalies.getIncident(server.tenantId, id);
    await server.anomalies.write(server.tenantId, {
      incidents: incident === null ? [] : [{ ...incident, endedAtMs: testNowMs - minuteMs }],
      events: [],
    });
    const { analyses, notices } = createSharedSqlStores();
    await beginAutomaticAnalyses({
      ...{ analyses, investigations: null, anomalies: server.anomalies, clock: server.clock, jobs: server.jobs },
      ...{ queue: server.queue, unitOfWork: createFakeUnitOfWork() },
      listTenantIds: () => Promise.resolve([server.tenantId]),
    });
    await server.queue.deliver();
    expect((await analyses.list(server.tenantId, { limit: 10, offset: 0 })).analyses[0]?.status).toBe('succeeded');
    expect((await notices.take(server.tenantId, 10)).map(({ kind }) => kind)).not.toContain('incident-analysed');
  });

  test('are analysed by themselves once, when they are HIGH or CRITICAL', async () => {
    const server = await openServer();
    await plant(server, 2);
    const id = await plant(server, 3);
    const { analyses, investigations } = createSharedSqlStores();
    const parts = {
      ...{
        analyses,
        investigations,
        anomalies: server.anomalies,
        clock: server.clock,
        jobs: server.jobs,
        queue: server.queue,
      },
      ...{ unitOfWork: createFakeUnitOfWork(), listTenantIds: () => Promise.resolve([server.tenantId]) },
    };
    await beginAutomaticAnalyses(parts);
    await beginAutomaticAnalyses(parts);
    const { analyses: begun } = await analyses.list(server.tenantId, { limit: 10, offset: 0 });
    expect(begun.map(({ subject, createdBy }) => [subject['id'], createdBy.name])).toEqual([[id, 'the schedule']]);
    await server.queue.deliver();
    await beginAutomaticAnalyses(parts);
    const after = await analyses.list(server.tenantId, { limit: 10, offset: 0 });
    expect(after.analyses.map(({ status, result }) => [status, result?.suspect])).toEqual([['succeeded', 'payments']]);
    const told = (await createSharedSqlStores().notices.take(server.tenantId, 10)).filter(
      ({ kind }) => kind === 'incident-analysed'
    );
    expect(told).toMatchObject([{ dedupKey: `incident-analysed:${id}`, severity: 'HIGH', service: 'checkout' }]);
    expect(told[0]?.verdict).toContain('Suspect: payments.');
    expect(told[0]?.lines[0]).toContain('pool exhausted');
    expect(JSON.stringify(told)).not.toContain(secret);
    const opened = await investigations.list(server.tenantId, { limit: 10, offset: 0 });
    expect(opened.investigations.map(({ incidentId, suspect }) => [incidentId, suspect])).toEqual([[id, 'payments']]);
    const [investigation] = opened.investigations;
    expect(investigation?.clusterIds).toEqual(after.analyses[0]?.result?.clusterIds);
    const entries = await investigations.listEntries(server.tenantId, investigation?.id ?? '');
    expect(entries.map(({ kind }) => kind)).toEqual(['created', 'analysis']);
  });
});
