// Streams over a real connection: what the adapter makes of them is a part of the answer.
import { PortError } from '@loghunter/ports';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';
import { listen, type Listener } from './listen.ts';

// On a busy machine the first database takes longer than a test may.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

const listeners: Listener[] = [];
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.stop()));
});

async function addressOf(server: TestServer): Promise<string> {
  const listener = await listen((request) => server.get(request.url, request), '127.0.0.1', 0);
  listeners.push(listener);
  return listener.url;
}

/** A server whose database gives a cluster a page, until the page that it answers with the failure. */
async function createFailing(failure: PortError, pageCount: number): Promise<TestServer> {
  const filled = await createTestServer();
  await filled.push({ service_name: 'shop' }, [[testNowMs - 300_000, 'cannot reach 10.0.0.1 after 3 tries']]);
  await filled.scanner.scanOnce();
  let page = 0;
  return createTestServer({
    clusters: {
      ...filled.clusters,
      async listClusters(_tenantId, ...parameters) {
        page += 1;
        if (page > pageCount) {
          throw failure;
        }
        return { ...(await filled.clusters.listClusters(filled.tenantId, ...parameters)), nextKey: ['more'] };
      },
    },
  });
}

const away = new PortError({ system: 'postgres', kind: 'unavailable', isRetryable: true, message: 'Postgres is away' });
const refused = new PortError({ system: 'postgres', kind: 'rejected', message: 'token "password=hunter2" in select' });

describe('a file that cannot be read', () => {
  test.each([
    ['a database that is away', away, 503, 'store-unavailable'],
    ['a statement that it refuses', refused, 500, 'internal'],
  ])('from the beginning is the problem that it is: %s', async (_title, failure, status, code) => {
    const server = await createFailing(failure, 0);
    const answer = await fetch(`${await addressOf(server)}/api/v1/exports/clusters`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    const text = await answer.text();
    expect(JSON.parse(text)).toMatchObject({ code });
    expect(text).not.toContain('hunter2');
    expect(server.auditLog.records.map(({ action, result }) => [action, result])).toEqual([['exportClusters', code]]);
  });

  test('to its end breaks off, and says nothing of why but to those who run the server', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const server = await createFailing(refused, 1);
    const url = `${await addressOf(server)}/api/v1/exports/clusters.csv`;
    await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();
    expect(JSON.stringify(printed.mock.calls.map(String))).not.toContain('hunter2');
    printed.mockRestore();
  });
});

test.each(['/api/v1/live', '/api/v1/tail?query=%7Ba%3D%22b%22%7D', '/api/v1/exports/clusters'])(
  'HEAD opens no stream, which nobody would close: %s',
  async (path) => {
    const server = await createTestServer();
    const answer = await fetch(`${await addressOf(server)}${path}`, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('Allow')]).toEqual([405, 'GET']);
  }
);
