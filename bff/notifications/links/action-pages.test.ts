import type { AnomalyStore, IncidentRow, Notice } from '@loghunter/ports';
import {
  createFakeAuditLog,
  createFakeIdempotencyStore,
  createFakeUnitOfWork,
  sampleNotice,
} from '@loghunter/ports/testing';
import { Hono } from 'hono';
import { beforeAll, describe, expect, test } from 'vitest';
import { mountActionPages } from '../../http/action-pages.ts';
import { securityHeaders } from '../../http/security-headers.ts';
import type { ServerContext } from '../../http/server-context.ts';
import { Secret } from '../../settings/secret.ts';
import { createNotificationScene, type NotificationScene } from '../../testing/notification-scene.ts';
import { createSharedSqlStores, openSharedDatabase } from '../../testing/shared-sql-stores.ts';
import { buttonsOfNotice, createActionPages } from './action-pages.ts';
import { noticeButtons } from './notice-buttons.ts';
import { actionLifetimeMs, readAction, signAction, type SignedAction } from './signed-action.ts';

const key = new Secret('key-of-webhooks-for-tests');
const incidentId = crypto.randomUUID();
const publicUrl = 'https://loghunter.example';

// The first test is not to wait for the database of all.
beforeAll(() => openSharedDatabase(crypto.randomUUID()), 120_000);

/** A message with buttons that was delivered, and the pages behind them. */
async function createButtonScene(
  title = 'checkout fails',
  findClusterId: (scene: NotificationScene) => Promise<string | null> = () => Promise.resolve(null)
) {
  const { notices, investigations, anomalies, deliveries } = createSharedSqlStores();
  let tenantId = '';
  const scene = await createNotificationScene({
    buttonsOf: (notice, delivery) => buttonsOfNotice({ key, publicUrl }, tenantId, notice, delivery),
  });
  tenantId = scene.server.tenantId;
  const { clock } = scene.server;
  await anomalies.write(tenantId, { incidents: [incidentAt(clock.nowMs(), title)], events: [] });
  await scene.addChannel({ kind: 'webhook', url: 'https://hook.example/' });
  await scene.notice({ incidentId, title, clusterId: await findClusterId(scene) });
  await scene.dispatch();
  await scene.deliver();
  const auditLog = createFakeAuditLog();
  const idempotency = createFakeIdempotencyStore();
  const pages = createActionPages({
    ...{ key, deliveries, idempotency, auditLog, clock, openFeature: scene.server.openFeature },
    unitOfWork: createFakeUnitOfWork(),
    grafanaRootUrl: 'https://grafana.example/',
  });
  const app = new Hono<ServerContext>();
  app.use(securityHeaders());
  mountActionPages(app, pages, (_, next) => next());
  const { notices: told } = scene.received[0]?.json['data'] as {
    notices: ReadonlyArray<{ actions: ReadonlyArray<{ label: string; url: string }> }>;
  };
  const buttons = told[0]?.actions ?? [];
  const request = async (label: string, method: string) =>
    app.request(buttons.find((button) => button.label === label)?.url ?? 'none', { method });
  return { ...scene, tenantId, anomalies, investigations, notices, auditLog, buttons, request, app };
}

function incidentAt(nowMs: number, title: string): IncidentRow {
  return {
    ...{ id: incidentId, title, severity: 3, services: ['checkout'], kinds: ['errors'], eventCount: 1 },
    ...{ startedAtMs: nowMs, lastEventAtMs: nowMs, endedAtMs: null },
    ...{ isWithdrawn: false, acknowledged: null, assignee: null },
  };
}

const acknowledgedBy = async (anomalies: AnomalyStore, tenantId: string) =>
  (await anomalies.getIncident(tenantId, incidentId))?.acknowledged?.by ?? null;

describe('a button', () => {
  test('shows on GET what it would do and changes nothing, however often it is looked at', async () => {
    const { request, tenantId, anomalies, auditLog } = await createButtonScene('<b>checkout</b> fails');
    for (let look = 0; look < 3; look += 1) {
      const page = await request('Acknowledge', 'GET');
      const html = await page.text();
      expect([page.status, html.includes('<form method="post">'), html.includes('<b>checkout')]).toEqual([
        ...[200, true, false],
      ]);
      expect(page.headers.get('Content-Security-Policy')).toContain("form-action 'self'");
    }
    expect(await acknowledgedBy(anomalies, tenantId)).toBeNull();
    expect(auditLog.records).toEqual([]);
  });

  test('acts on POST once, with its row in the audit log, and tells the channels', async () => {
    const { request, tenantId, anomalies, auditLog, notices } = await createButtonScene();
    const done = await request('Acknowledge', 'POST');
    expect(await done.text()).toContain(`https://grafana.example/a/loghunter-app/anomalies/incidents/${incidentId}`);
    expect((await request('Acknowledge', 'POST')).status).toBe(409);
    expect(await acknowledgedBy(anomalies, tenantId)).toMatchObject({
      id: 'signed-link',
      name: 'a button in a channel',
    });
    expect(auditLog.records).toMatchObject([
      { action: 'button:acknowledge', object: { kind: 'incidents', id: incidentId }, result: 'ok' },
    ]);
    expect((await notices.take(tenantId, 10)).map(({ kind }) => kind)).toEqual(['incident-acknowledged']);
  });

  test('opens an investigation of what the message was about, one whatever text its address is given', async () => {
    const { request, tenantId, investigations, buttons, app, server } = await createButtonScene();
    expect((await request('Open case', 'POST')).status).toBe(200);
    const url = buttons.find(({ label }) => label === 'Open case')?.url ?? '';
    for (const more of ['.1', '.2', '.', '=', '%20', '*']) {
      expect([more, (await app.request(`${url}${more}`, { method: 'POST' })).status]).toEqual([more, 410]);
    }
    // Another true token that names the same.
    const signed = readAction(key, url.split('/').at(-1) ?? '', server.clock.nowMs());
    const again = signAction(key, { ...(signed as SignedAction), expiresAtMs: server.clock.nowMs() + 60_000 });
    expect((await app.request(`${publicUrl}/actions/${again}`, { method: 'POST' })).status).toBe(409);
    const list = await investigations.list(tenantId, { incidentId, limit: 10, offset: 0 });
    expect(list.investigations).toMatchObject([{ title: 'checkout fails', services: ['checkout'] }]);
  });

  test('is good for less than a day, and no other text opens it', async () => {
    const { request, buttons, app, server } = await createButtonScene();
    const url = buttons[0]?.url ?? '';
    for (const changed of [url.slice(0, -2), url.replace('/actions/', '/actions/e'), `${publicUrl}/actions/x.y`]) {
      expect((await app.request(changed, { method: 'POST' })).status).toBe(410);
    }
    server.clock.advance(actionLifetimeMs + 60_000);
    expect((await request('Acknowledge', 'POST')).status).toBe(410);
  });

  test.each([
    ['Ignore for a day', 'ignored until 2026-10-06 10:20 UTC'],
    ['Ignore until 10 times as many', 'ignored until it comes ten times as often'],
  ])('ignores the cluster: %s', async (label, words) => {
    const { request, server } = await createButtonScene('checkout fails', async (scene) => {
      await scene.server.push({ service_name: 'shop' }, [[scene.server.clock.nowMs() - 300_000, 'level=error no']]);
      await scene.server.scanner.scanOnce();
      const { clusters } = (await scene.call('GET', 'clusters')) as { clusters: ReadonlyArray<{ id: string }> };
      return clusters[0]?.id ?? '';
    });
    expect(await (await request(label, 'POST')).text()).toContain(words);
    const { clusters } = (await (await server.get('/api/v1/clusters')).json()) as { clusters: readonly unknown[] };
    expect(clusters).toMatchObject([{ work: { state: 'ignored' } }]);
  });

  test('is not there for what is over, and for what the notice does not name', () => {
    const notice = { ...sampleNotice({ incidentId }), id: incidentId };
    const labels = (change: Partial<Notice>) =>
      noticeButtons.filter((button) => button.isFor({ ...notice, ...change })).map(({ label }) => label);
    expect(labels({})).toEqual(['Acknowledge', 'Open case']);
    expect(labels({ incidentId: null, clusterId: incidentId })).toEqual([
      'Ignore for a day',
      'Ignore until 10 times as many',
      'Open case',
    ]);
    expect(labels({ kind: 'incident-closed' })).toEqual([]);
  });
});

describe('a signed action', () => {
  const action: SignedAction = {
    ...{ tenantId: crypto.randomUUID(), deliveryId: crypto.randomUUID(), noticeId: crypto.randomUUID() },
    ...{ action: 'acknowledge', expiresAtMs: 1_800_000_000_000 },
  };

  test('is read back with its key before its end, and not after, and not with another key', () => {
    const token = signAction(key, action);
    expect(readAction(key, token, action.expiresAtMs - 1)).toEqual(action);
    expect(readAction(key, token, action.expiresAtMs)).toBeNull();
    expect(readAction(new Secret('another key, as long'), token, 0)).toBeNull();
  });

  test('is read as it was written and in no other spelling of the same bytes', () => {
    const token = signAction(key, action);
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    // A MAC of 32 bytes leaves the lowest two bits of its last letter unused.
    const sibling = `${token.slice(0, -1)}${letters[letters.indexOf(token.at(-1) ?? '') ^ 1]}`;
    const bytesOf = (text: string) => Buffer.from(text.split('.')[1] ?? '', 'base64url').toString('hex');
    expect(bytesOf(sibling)).toBe(bytesOf(token));
    for (const other of [sibling, `${token}=`, `${token}.`, `${token}.1`, ` ${token}`, `${token}\n`, token.slice(1)]) {
      expect([other, readAction(key, other, 0)]).toEqual([other, null]);
    }
    for (const none of ['', '.', '..', token.replace('.', '')]) {
      expect([none, readAction(key, none, 0)]).toEqual([none, null]);
    }
  });

  test('does not take the signature of another action', () => {
    const [, mac] = signAction(key, action).split('.');
    const [payload] = signAction(key, { ...action, action: 'open-case' }).split('.');
    expect(readAction(key, `${payload}.${mac}`, 0)).toBeNull();
  });
});
