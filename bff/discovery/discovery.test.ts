import type { ListLabelNamesResponse, ListLabelValuesResponse, ListServicesResponse } from '@loghunter/contracts';
import { expect, test } from 'vitest';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

async function getJson<T>(server: TestServer, path: string): Promise<T> {
  return (await (await server.get(path)).json()) as T;
}

async function createShop(): Promise<TestServer> {
  const server = await createTestServer();
  await server.push({ service_name: 'shop', namespace: 'web' }, [[testNowMs - 60_000, 'a line']]);
  await server.push({ service_name: 'db', namespace: 'data' }, [[testNowMs - 90_000, 'a line']]);
  return server;
}

test('label names and values come from the log store', async () => {
  const server = await createShop();
  expect(await getJson<ListLabelNamesResponse>(server, '/api/v1/labels')).toEqual({
    names: ['namespace', 'service_name'],
  });
  const values = await getJson<ListLabelValuesResponse>(server, '/api/v1/labels/namespace/values');
  expect(values).toEqual({ values: ['data', 'web'], isTruncated: false });
  expect(await getJson<ListLabelValuesResponse>(server, '/api/v1/labels/nothing/values')).toEqual({
    values: [],
    isTruncated: false,
  });
});

test('the log store is asked once a minute', async () => {
  const server = await createShop();
  const askedCount = () => server.fakeLogs.calls.filter((call) => call === 'listLabelNames').length;
  await server.get('/api/v1/labels?from=0&to=60000');
  await server.get('/api/v1/labels?from=0&to=60000');
  expect(askedCount()).toBe(1);
  server.clock.advance(60_001);
  await server.get('/api/v1/labels?from=0&to=60000');
  expect(askedCount()).toBe(2);
});

test('what lies in the cache and is no list is loaded again', async () => {
  const server = await createShop();
  const key = `labels:${server.tenantId}:names:0:60000`;
  await server.cache.set(key, '{"not":"a list"}', 60_000);
  expect(await getJson<ListLabelNamesResponse>(server, '/api/v1/labels?from=0&to=60000')).toEqual({ names: [] });
  await server.cache.set(key, 'broken', 60_000);
  expect((await server.get('/api/v1/labels?from=0&to=60000')).status).toBe(200);
});

test('more than 5,000 values are cut and say so', async () => {
  const server = await createShop();
  server.fakeLogs.listLabelValues = () => Promise.resolve(Array.from({ length: 5001 }, (_, index) => String(index)));
  const answer = await getJson<ListLabelValuesResponse>(server, '/api/v1/labels/pod/values');
  expect(answer.values).toHaveLength(5000);
  expect(answer.isTruncated).toBe(true);
});

test('services are those of streams that have been read', async () => {
  const server = await createShop();
  await server.scanner.scanOnce();
  server.clock.advance(180_000);
  await server.scanner.scanOnce();
  expect(await getJson<ListServicesResponse>(server, '/api/v1/services?namespace=web')).toEqual({
    services: [{ service: 'shop', namespace: 'web' }],
  });
  expect((await getJson<ListServicesResponse>(server, '/api/v1/services')).services).toHaveLength(2);
});
