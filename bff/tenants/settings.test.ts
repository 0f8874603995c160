import type { ListSettingsResponse, Setting, SettingName } from '@loghunter/contracts';
import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { configOf } from '../settings/tenant-settings.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

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
