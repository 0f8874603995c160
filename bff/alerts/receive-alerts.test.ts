import { createHmac } from 'node:crypto';
import { createFakeAuditLog, createFakeIdempotencyStore, createFakeUnitOfWork } from '@loghunter/ports/testing';
import { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { mountGrafanaAlerts } from '../http/grafana-alerts.ts';
import { problemResponse, toProblem } from '../http/problem.ts';
import type { ServerContext } from '../http/server-context.ts';
import { Secret } from '../settings/secret.ts';
import { anEvent } from '../testing/plant-anomaly.ts';
import { createSharedSqlStores, openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer, testNowMs } from '../testing/test-server.ts';
import { createAlertReceiver } from './receive-alerts.ts';

const secret = 'a secret of the contact point';

beforeAll(() => openSharedDatabase(crypto.randomUUID()), 120_000);

/** An alert as Grafana 12 sends it. */
function alertOf(change: object = {}) {
  return {
    ...{ status: 'firing', fingerprint: 'c6eadffa33fcdf37', generatorURL: 'https://grafana.example/alerting/x/view' },
    labels: { alertname: 'High error rate', service_name: 'checkout', severity: 'critical' },
    annotations: { summary: 'Many errors for anna.muster@example.com' },
    ...{ startsAt: new Date(testNowMs - 60_000).toISOString(), endsAt: '0001-01-01T00:00:00Z' },
    ...{ silenceURL: 'https://grafana.example/alerting/silence/new', dashboardURL: '', panelURL: '', values: { B: 5 } },
    ...change,
  };
}

interface Signing {
  readonly key?: string;
  readonly ageSeconds?: number;
  /** Changes the text of the signature. */
  readonly spell?: (hex: string) => string;
}

async function createScene() {
  const server = await createTestServer();
  const { anomalies } = createSharedSqlStores();
  const { tenantId, clock } = server;
  const auditLog = createFakeAuditLog();
  const told: string[] = [];
  const live = {
    announce: async (_tenantId: string, topic: string, ids: readonly string[]) =>
      void told.push(`${topic} ${ids.toSorted().join(' ')}`),
  };
  const app = new Hono<ServerContext>();
  app.onError((error) => problemResponse(toProblem(error), 'request'));
  const receiver = createAlertReceiver({
    ...(await server.openFeature(tenantId)),
    ...{ tenantId, secret: new Secret(secret), anomalies, auditLog, live, clock },
    ...{ idempotency: createFakeIdempotencyStore(), unitOfWork: createFakeUnitOfWork() },
    openRedaction: async () => (await server.openFeature(tenantId)).redaction,
  });
  mountGrafanaAlerts(app, receiver, (_, next) => next());
  async function send(alerts: readonly object[], signing: Signing = {}) {
    const body = JSON.stringify({ receiver: 'LogHunter', status: 'firing', version: '1', orgId: 1, alerts });
    return post(body, signing);
  }
  async function post(body: string, { key = secret, ageSeconds = 0, spell = (hex) => hex }: Signing = {}) {
    const timestamp = String(Math.floor(clock.nowMs() / 1000) - ageSeconds);
    const response = await app.request('/api/v1/alerts/grafana', {
      method: 'POST',
      body,
      headers: {
        'X-Grafana-Alerting-Timestamp': timestamp,
        'X-Grafana-Alerting-Signature': spell(createHmac('sha256', key).update(`${timestamp}:${body}`).digest('hex')),
      },
    });
    return { status: response.status, answer: (await response.json()) as Readonly<Record<string, unknown>> };
  }
  async function listIncidents() {
    const range = { fromMs: testNowMs - 86_400_000, toMs: testNowMs + 86_400_000 };
    const filter = {
      range,
      severities: [],
      kinds: [],
      services: [],
      isOpen: null,
      isAcknowledged: null,
      isWithdrawn: null,
    };
    return (await anomalies.listIncidents(tenantId, filter, { limit: 10, offset: 0 })).incidents;
  }
  return { server, anomalies, tenantId, auditLog, told, app, send, post, listIncidents };
}

describe('an alert of Grafana', () => {
  test('opens an incident, once, closes it when it is resolved, and tells open pages of both', async () => {
    const { send, server, listIncidents, auditLog, told } = await createScene();
    expect(await send([alertOf()])).toMatchObject({ status: 200, answer: { openedCount: 1 } });
    server.clock.advance(60_000);
    expect(await send([alertOf()])).toMatchObject({ answer: { openedCount: 0, joinedCount: 0 } });
    const [incident] = await listIncidents();
    expect(incident).toMatchObject({ severity: 4, services: ['checkout'], kinds: ['alert'], eventCount: 1 });
    expect(incident?.title).not.toContain('anna.muster');
    expect(incident?.endedAtMs).toBeNull();
    server.clock.advance(60_000);
    const resolved = alertOf({ status: 'resolved', endsAt: new Date(testNowMs + 90_000).toISOString() });
    expect(await send([resolved])).toMatchObject({ answer: { closedCount: 1 } });
    expect(await listIncidents()).toMatchObject([{ endedAtMs: testNowMs + 90_000 }]);
    expect(auditLog.records.map(({ action }) => action)).toEqual(Array(3).fill('receiveGrafanaAlerts'));
    expect(told).toEqual(Array(2).fill(`incident ${incident?.id}`));
  });

  test('joins the incident of its service that is open or was just over, and none that is another’s, older or taken back', async () => {
    const { send, anomalies, tenantId, listIncidents } = await createScene();
    const common = {
      severity: 2,
      kinds: ['spike'],
      eventCount: 1,
      isWithdrawn: false,
      acknowledged: null,
      assignee: null,
    } as const;
    const times = { startedAtMs: testNowMs - 600_000, lastEventAtMs: testNowMs - 600_000 };
    const mine = { ...common, ...times, id: crypto.randomUUID(), title: 'mine', services: ['checkout', 'cart'] };
    const other = { ...common, ...times, id: crypto.randomUUID(), title: 'other', services: ['search'] };
    const old = { ...mine, id: crypto.randomUUID(), startedAtMs: testNowMs - 7_200_000 };
    const takenBack = { ...mine, id: crypto.randomUUID(), startedAtMs: testNowMs - 500_000 };
    await anomalies.write(tenantId, {
      incidents: [
        { ...mine, endedAtMs: testNowMs - 300_000 },
        { ...other, endedAtMs: null },
        { ...old, endedAtMs: testNowMs - 3_600_000 },
        { ...takenBack, endedAtMs: testNowMs - 300_000 },
      ],
      events: [anEvent({ incidentId: takenBack.id, details: { reasons: [], isWithdrawn: true } })],
    });
    expect(await send([alertOf()])).toMatchObject({ answer: { joinedCount: 1, openedCount: 0 } });
    const joined = (await listIncidents()).filter(({ kinds }) => kinds.includes('alert'));
    expect(joined).toMatchObject([{ id: mine.id, severity: 4, endedAtMs: null, eventCount: 2 }]);
  });

  test('gives the incident that it opens to whom an owner rule says, by a label of the alert', async () => {
    const { send, server, anomalies, tenantId, listIncidents } = await createScene();
    const assignee = { kind: 'team', id: 'payments', name: 'payments' } as const;
    const { workList } = await server.openFeature(tenantId);
    await workList.createOwnerRule(tenantId, { label: 'team', value: 'payments', assignee, createdBy: 'Ada' });
    const labels = { alertname: 'Slow', service_name: 'checkout', team: 'payments' };
    await send([
      alertOf({ labels }),
      alertOf({ fingerprint: 'other', labels: { ...labels, service_name: 'b', team: 'x' } }),
    ]);
    const owners = (await listIncidents()).map(({ services, assignee: owner }) => [services[0], owner]);
    expect(new Map(owners as Array<[string, unknown]>)).toEqual(
      new Map<string, unknown>([
        ['checkout', assignee],
        ['b', null],
      ])
    );
    const [owned] = (await listIncidents()).filter((incident) => incident.assignee !== null);
    expect(await anomalies.listIncidentChanges(tenantId, owned?.id ?? '', 10)).toMatchObject([
      { kind: 'assigned', reason: 'owner-rule', assignee, actor: null },
    ]);
  });

  test('among others in one call is told of once, together with them', async () => {
    const { send, listIncidents, told } = await createScene();
    const other = alertOf({ fingerprint: 'other', labels: { alertname: 'Slow', service_name: 'search' } });
    expect(await send([alertOf(), other])).toMatchObject({ answer: { openedCount: 2 } });
    const ids = (await listIncidents()).map(({ id }) => id);
    expect(told).toEqual([`incident ${ids.toSorted().join(' ')}`]);
  });

  test('is kept without what its labels and annotations hold by their names', async () => {
    const { send, anomalies, tenantId } = await createScene();
    const labels = { alertname: 'Slow', service_name: 'checkout', password: 'hunter2', api_key: 'Zx81kQpLm2' };
    await send([alertOf({ labels })]);
    const [event] = await anomalies.listOpenEvents(tenantId);
    expect(event?.service).toBe('checkout');
    expect(event?.details).toMatchObject({ labels: { ...labels, password: '<secret>', api_key: '<secret>' } });
  });

  test('of a rule on our own findings opens nothing', async () => {
    const { send, listIncidents } = await createScene();
    const labels = { __grafana_origin: 'plugin/loghunter-app', service: 'checkout' };
    expect(await send([alertOf({ labels })])).toMatchObject({ answer: { leftOutCount: 1 } });
    expect(await listIncidents()).toEqual([]);
  });

  test('that is not signed with the secret, or was signed long ago, is refused', async () => {
    const { send, app, listIncidents } = await createScene();
    expect(await send([alertOf()], { key: 'another secret, as long' })).toMatchObject({ status: 401 });
    expect(await send([alertOf()], { ageSeconds: 301 })).toMatchObject({ status: 401 });
    expect(await send([alertOf()], { ageSeconds: -301 })).toMatchObject({ status: 401 });
    const unsigned = await app.request('/api/v1/alerts/grafana', { method: 'POST', body: '{"alerts":[]}' });
    expect(unsigned.status).toBe(401);
    expect(await listIncidents()).toEqual([]);
  });

  test('that comes a second time in the same call is refused, and leaves everything as it is', async () => {
    const { send, listIncidents } = await createScene();
    await send([alertOf()]);
    expect(await send([alertOf()])).toMatchObject({ status: 409, answer: { code: 'conflict' } });
    expect(await listIncidents()).toMatchObject([{ eventCount: 1 }]);
  });

  test.each<[string, (hex: string) => string]>([
    ['with more behind it', (hex) => `${hex}zz`],
    ['in capitals', (hex) => hex.toUpperCase()],
    ['twice', (hex) => `${hex}, ${hex}`],
    ['cut short', (hex) => hex.slice(0, -2)],
  ])('that comes again with its signature %s is refused', async (_, spell) => {
    const { send, listIncidents } = await createScene();
    await send([alertOf()]);
    expect(await send([alertOf()], { spell })).toMatchObject({ status: 401, answer: { code: 'unauthenticated' } });
    expect(await listIncidents()).toMatchObject([{ eventCount: 1 }]);
  });

  test.each(['', '[]', '{"alerts":[{}]}', '{"alerts":{}}', '{"alerts":[{"status":"firing","startsAt":"now"}]}', 'x'])(
    'that cannot be read is refused: %s',
    async (body) => {
      const { post } = await createScene();
      expect(await post(body)).toMatchObject({ status: 400, answer: { code: 'invalid-request' } });
    }
  );
});
