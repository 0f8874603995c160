import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ListInstallationSettingsResponse,
  ListSettingsResponse,
  Setting,
  SettingName,
} from '@loghunter/contracts';
import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { configOf } from '../settings/tenant-settings.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';
import { listInstallationSettings } from './settings.ts';

async function read(server: TestServer, name: SettingName): Promise<Setting | undefined> {
  const { settings } = (await (await server.get('/api/v1/settings')).json()) as ListSettingsResponse;
  return settings.find((setting) => setting.name === name);
}

function put(server: TestServer, name: string, value: unknown): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return server.get(`/api/v1/settings/${name}`, { method: 'PUT', headers, body: JSON.stringify({ value }) });
}

test("a tenant's value holds until it is taken away, and says where it comes from", async () => {
  const server = await createTestServer();
  expect(await read(server, 'retentionDays')).toMatchObject({ value: 90, origin: 'default', maxValue: 90 });
  const changed = (await (await put(server, 'retentionDays', 7)).json()) as { setting: Setting };
  expect(changed.setting).toMatchObject({ value: 7, origin: 'tenant', installationValue: 90 });
  expect(await read(server, 'retentionDays')).toEqual(changed.setting);
  const reset = await server.get('/api/v1/settings/retentionDays', { method: 'DELETE' });
  expect(await reset.json()).toMatchObject({ setting: { value: 90, origin: 'default' } });
});

test.each([
  ['retentionDays', 91, 'body.value: must be 1 to 90 days'],
  ['retentionDays', 0, 'body.value: must be 1 to 90 days'],
  ['queryCacheSeconds', 3601, 'body.value: must be 0 to 3600 seconds'],
  ['peopleQueryMebibytes', 10_241, 'body.value: must be 1 to 10240 mebibytes'],
  ['retentionDays', 1.5, 'body.value: Invalid input: expected int, received number'],
  ['retentionDays', '7', 'body.value: Invalid input: expected number, received string'],
])('%s = %j is refused: %s', async (name, value, detail) => {
  const server = await createTestServer();
  const answer = await put(server, name, value);
  expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([400, detail]);
  expect((await put(server, 'LOGHUNTER_TENANT', 1)).status).toBe(400);
});

test('only administrators change settings, and only their own tenant has them', async () => {
  const server = await createTestServer({ role: 'editor' });
  expect((await put(server, 'retentionDays', 7)).status).toBe(403);
  const other = await server.tenants.createTenant('other', null);
  await server.tenants.changeSetting(other.id, 'retentionDays', 3);
  expect(await read(server, 'retentionDays')).toMatchObject({ value: 90, origin: 'default' });
});

test('the environment is named where it was set, and bounds what was stored before', () => {
  const config = parseConfig({ LOGHUNTER_RETENTION_DAYS: '30', LOGHUNTER_BUDGET_PEOPLE_QUERY_MIB: '100' });
  expect(config.givenSettings).toEqual(new Set(['LOGHUNTER_RETENTION_DAYS', 'LOGHUNTER_BUDGET_PEOPLE_QUERY_MIB']));
  const settings = { retentionDays: 60, peopleQueryMebibytes: 10, queryCacheSeconds: 0, unknown: 5 };
  const own = configOf({ settings }, config);
  expect([own.retentionMs / 86_400_000, own.queryCacheMs]).toEqual([30, 0]);
  expect(own.budget.limits.people).toEqual({ ...config.budget.limits.people, queryBytes: 10 * 1024 * 1024 });
  expect(own.budget.limits.background).toEqual(config.budget.limits.background);
  expect(configOf({ settings: {} }, config)).toBe(config);
});

test('administrators see what the environment sets and where each value comes from, and no secret', async () => {
  const server = await createTestServer({ role: 'admin' });
  await put(server, 'retentionDays', 7);
  const answer = await server.get('/api/v1/installation-settings');
  const { settings } = (await answer.json()) as ListInstallationSettingsResponse;
  const of = (name: string) => settings.find((setting) => setting.name === name);
  expect(of('LOGHUNTER_RETENTION_DAYS')).toMatchObject({ value: '7', unit: 'days', origin: 'tenant' });
  expect(of('LOGHUNTER_PORT')).toMatchObject({ value: '8787', unit: null, origin: 'default', isSet: false });
  expect(of('LOGHUNTER_DATABASE_URL')).toMatchObject({ value: null, isSecret: true, origin: 'default' });
  expect(of('LOGHUNTER_DATABASE_URL')?.whenUnset).toContain('embedded database');
});

test('what was set has its origin, and a secret is never more than set', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'loghunter-settings-')), 'secret');
  const secret = 'a-secret-that-is-longer-than-thirty-two-letters';
  writeFileSync(file, secret);
  const { described } = parseConfig({
    LOGHUNTER_GRAFANA_SECRET_FILE: file,
    LOGHUNTER_WEBHOOK_KEY: secret,
    LOGHUNTER_TIME_ZONE: 'Europe/Berlin',
  });
  const of = (name: string) => described.find((setting) => setting.name === name);
  expect(of('LOGHUNTER_GRAFANA_SECRET')).toMatchObject({ origin: 'file', isSet: true, value: null });
  expect(of('LOGHUNTER_WEBHOOK_KEY')).toMatchObject({ origin: 'environment', isSet: true, value: null });
  expect(of('LOGHUNTER_TIME_ZONE')).toMatchObject({ origin: 'environment', value: 'Europe/Berlin' });
  expect(JSON.stringify(described)).not.toContain(secret);
});

test('administrators of another tenant than the configured one do not see how the installation is set', async () => {
  const server = await createTestServer();
  const feature = await server.openFeature(server.tenantId);
  const callAs = (role: 'admin' | 'operator', tenantId: string) =>
    listInstallationSettings(
      { ...feature, tenantId },
      {},
      {
        ...{ requestId: 'r', signal: new AbortController().signal },
        principal: { tenantId, role, actor: { kind: 'grafana-user', id: '7', name: 'ann' } },
      }
    );
  const other = await server.tenants.createTenant('other', null);
  await expect(callAs('admin', other.id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(callAs('operator', other.id)).resolves.toMatchObject({ settings: expect.any(Array) });
  await expect(callAs('admin', server.tenantId)).resolves.toMatchObject({ settings: expect.any(Array) });
});
