import type { ListPersonalFiltersResponse, PersonalFilter } from '@loghunter/contracts';
import { beforeAll, expect, test } from 'vitest';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer, type TestServer } from '../testing/test-server.ts';

// Opening the database takes longer than a test may.
beforeAll(async () => {
  await openSharedDatabase(crypto.randomUUID());
}, 60_000);

const path = '/api/v1/personal-filters';
const json = { 'Content-Type': 'application/json' };

async function keyOf(server: TestServer, name: string): Promise<string> {
  const body = JSON.stringify({ name, scopes: ['read', 'write'] });
  const made = (await (await server.get('/api/v1/api-keys', { method: 'POST', headers: json, body })).json()) as {
    readonly key: string;
  };
  return made.key;
}

async function call<T>(server: TestServer, key: string, method: string, address: string, body?: object): Promise<T> {
  const headers = { Authorization: `Bearer ${key}`, ...(body === undefined ? {} : json) };
  const response = await server.get(address, {
    ...{ method, headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, ...((await response.json()) as object) } as T;
}

test('filters of ones own are kept by name, seen and deleted by nobody else', async () => {
  const server = await createTestServer();
  const [ada, bob] = [await keyOf(server, 'ada'), await keyOf(server, 'bob')];
  const logql = { name: 'timeouts', filter: { query: '{app="shop"} |= "timeout"' } };
  const first = await call<PersonalFilter>(server, ada, 'POST', path, logql);
  const again = await call<PersonalFilter>(server, ada, 'POST', path, { ...logql, filter: { text: 'timeout' } });
  expect(again.id).toBe(first.id);
  const own = await call<ListPersonalFiltersResponse>(server, ada, 'GET', path);
  expect(own.personalFilters.map(({ name, filter }) => [name, filter])).toEqual([['timeouts', { text: 'timeout' }]]);
  expect((await call<ListPersonalFiltersResponse>(server, bob, 'GET', path)).personalFilters).toEqual([]);
  expect(await call(server, bob, 'DELETE', `${path}/${first.id}`)).toMatchObject({ status: 404 });
  expect(await call(server, ada, 'DELETE', `${path}/${first.id}`)).toMatchObject({ status: 200 });
  expect((await call<ListPersonalFiltersResponse>(server, ada, 'GET', path)).personalFilters).toEqual([]);
});
