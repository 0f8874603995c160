// Keys and tenants at the shell, on a real Postgres with a server that runs, and on the embedded database.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';
import { runLoghunter } from './loghunter-process.ts';

async function run(environment: Readonly<Record<string, string>>, ...words: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runLoghunter(words, '', environment);
  expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  return stdout.trim();
}

describe.skipIf(!hasPostgres())('keys and tenants at the shell beside a server', () => {
  let postgres: RunningPostgres;
  let server: RunningServer;
  let environment: Record<string, string>;

  beforeAll(async () => {
    postgres = await startPostgres();
    environment = {
      LOGHUNTER_PORT: '0',
      LOGHUNTER_LOG_LEVEL: 'silent',
      LOGHUNTER_LOKI_URL: 'http://127.0.0.1:9',
      LOGHUNTER_DATABASE_URL: postgres.url,
      LOGHUNTER_WITHOUT_IDENTITY: 'refuse',
    };
    server = await startServer(parseConfig(environment));
  });
  afterAll(async () => {
    await server.stop();
    await postgres.stop();
  });

  async function statusWith(key: string, path = '/api/v1/identity'): Promise<number> {
    return (await fetch(`${server.url}${path}`, { headers: { 'X-API-Key': key } })).status;
  }

  test('a key made at the shell is accepted, rotated and refused after it was revoked, within a second', async () => {
    const key = await run(environment, 'keys', 'create', '--name', 'ci', '--scope', 'read', 'admin', '--limit', '500');
    expect(await statusWith(key)).toBe(200);
    const listed = (await run(environment, 'keys', 'list')).split('\n').map((line) => line.split('\t'));
    expect(listed.map((fields) => fields.at(-1))).toEqual(['ci', 'bootstrap']);
    const [id = '', ends, ...facts] = listed[0] ?? [];
    expect(ends).toBe(`${key.slice(0, 8)}...${key.slice(-4)}`);
    expect(facts.slice(0, 4)).toEqual(['active', 'read,admin', '500', '-']);
    const successor = await run(environment, 'keys', 'rotate', id, '--grace', '1h');
    expect([await statusWith(key), await statusWith(successor)]).toEqual([200, 200]);
    await run(environment, 'keys', 'revoke', id);
    await vi.waitFor(async () => expect(await statusWith(key)).toBe(401), { timeout: 1000, interval: 50 });
    expect(await statusWith(successor)).toBe(200);
  });

  test('the first key was shown once by the server and runs the installation', async () => {
    expect(await statusWith(server.bootstrapKey ?? '', '/api/v1/tenants')).toBe(200);
    const second = await startServer(parseConfig(environment));
    expect(second.bootstrapKey).toBeNull();
    await second.stop();
  });

  test("a tenant made at the shell has keys of its own, and neither sees the other's", async () => {
    const id = await run(environment, 'tenants', 'create', 'payments', '--loki-org-id', 'team-payments');
    const key = await run(
      environment,
      'keys',
      'create',
      '--name',
      'theirs',
      '--scope',
      'admin',
      '--tenant',
      'payments'
    );
    await run(environment, 'tenants', 'map', '42', 'payments');
    const line = (await run(environment, 'tenants', 'list')).split('\n').find((each) => each.startsWith(id));
    expect(line?.split('\t')).toEqual([id, 'payments', 'team-payments', '42']);
    const listed = await fetch(`${server.url}/api/v1/api-keys`, { headers: { 'X-API-Key': key } });
    const { apiKeys } = (await listed.json()) as { apiKeys: Array<{ name: string }> };
    expect(apiKeys.map(({ name }) => name)).toEqual(['theirs']);
    expect(await statusWith(key, '/api/v1/tenants')).toBe(403);
  });

  test('what the API would refuse is one line and exit code 2', async () => {
    for (const [words, message] of [
      [['tenants', 'create', 'payments'], 'Another tenant has the name payments.'],
      [['tenants', 'map', '42', 'nobody'], 'there is no tenant nobody'],
      [['keys', 'revoke', '00000000-0000-4000-8000-000000000000'], 'There is no API key'],
      [['keys', 'create', '--name', 'x', '--expires', '2020-01-01'], 'body.expiresAt: must be a moment after now'],
    ] as const) {
      const { exitCode, stdout, stderr } = await runLoghunter([...words], '', environment);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`loghunter: ${message}`);
    }
  });

  test('what was done at the shell is in the audit log, without the keys', async () => {
    const rows = await postgres.runAsSuperuser(
      postgres.url,
      `select action || ' ' || result || ' ' || actor_name from audit_entries where actor_id = 'shell' order by sequence`
    );
    expect(rows).toMatch(/createApiKey ok \S+ at the shell/);
    expect(rows).toMatch(/createTenant conflict/);
    const all = await postgres.runAsSuperuser(
      postgres.url,
      `select string_agg(audit_entries::text, ' ') from audit_entries`
    );
    expect(all).not.toMatch(/lhk_[0-9A-Za-z]{36}/);
  });
});

test('the embedded database takes the shell while no server runs, and refuses it otherwise', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loghunter-keys-'));
  const environment = { LOGHUNTER_DATA_DIRECTORY: folder, LOGHUNTER_PORT: '0', LOGHUNTER_LOG_LEVEL: 'silent' };
  const server = await startServer(parseConfig(environment));
  const busy = await runLoghunter(['keys', 'create', '--name', 'x'], '', environment);
  expect([busy.exitCode, busy.stdout]).toEqual([3, '']);
  await server.stop();
  expect(await run(environment, 'keys', 'create', '--name', 'x')).toMatch(/^lhk_[0-9A-Za-z]{36}$/);
  await rm(folder, { recursive: true });
});
