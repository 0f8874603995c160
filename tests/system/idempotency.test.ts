import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '@loghunter/bff/config';
import { startServer, type RunningServer } from '@loghunter/bff/server';
import { hasPostgres, startPostgres } from '../servers/postgres.ts';

const requestCount = 50;

for (const name of ['Postgres', 'PGlite']) {
  describe.skipIf(name === 'Postgres' && !hasPostgres())(`changes over HTTP on ${name}`, () => {
    let server: RunningServer;
    const closers: Array<() => Promise<unknown>> = [];
    beforeAll(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'loghunter-changes-'));
      closers.push(() => rm(folder, { recursive: true, force: true }));
      const variables: Record<string, string> = {
        LOGHUNTER_PORT: '0',
        LOGHUNTER_DATA_DIRECTORY: folder,
        LOGHUNTER_LOG_LEVEL: 'silent',
      };
      if (name === 'Postgres') {
        const postgres = await startPostgres();
        closers.push(() => postgres.stop());
        variables['LOGHUNTER_DATABASE_URL'] = postgres.url;
      }
      server = await startServer(parseConfig(variables));
      closers.push(() => server.stop());
    });
    afterAll(async () => {
      for (const close of closers.reverse()) {
        await close();
      }
    });

    function send(path: string, body: object, key?: string): Promise<Response> {
      return fetch(`${server.url}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'Content-Type': 'application/json', ...(key === undefined ? {} : { 'Idempotency-Key': key }) },
      });
    }

    async function read<T>(path: string): Promise<T> {
      return (await (await fetch(`${server.url}${path}`)).json()) as T;
    }

    test('the same request 50 times at once has one effect and one answer', async () => {
      const body = { name: 'errors', filter: { level: ['error'] } };
      const answers = await Promise.all(
        Array.from({ length: requestCount }, () => send('/api/v1/saved-filters', body, 'key-1'))
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { id: string }).id));
      expect(new Set(ids).size).toBe(1);
      const { savedFilters } = await read<{ savedFilters: unknown[] }>('/api/v1/saved-filters');
      expect(savedFilters).toHaveLength(1);
      const other = await send('/api/v1/saved-filters', { ...body, name: 'other' }, 'key-1');
      expect(other.status).toBe(422);
      const { entries } = await read<{ entries: Array<{ action: string; result: string }> }>(
        '/api/v1/audit?action=createSavedFilter&limit=500'
      );
      expect(entries.filter(({ result }) => result === 'ok')).toHaveLength(requestCount);
      expect(entries.filter(({ result }) => result === 'idempotency-key-reused')).toHaveLength(1);
    });

    test('a change that is refused leaves one row in the audit log and nothing else', async () => {
      expect((await send('/api/v1/saved-filters', { name: 'taken', filter: {} }, 'key-2')).status).toBe(201);
      const refused = await send('/api/v1/saved-filters', { name: 'taken', filter: {} }, 'key-3');
      expect(refused.status).toBe(409);
      const requestId = refused.headers.get('X-Request-Id');
      const { entries } = await read<{ entries: Array<{ requestId: string; result: string }> }>(
        '/api/v1/audit?limit=500'
      );
      expect(entries.filter((entry) => entry.requestId === requestId).map(({ result }) => result)).toEqual([
        'conflict',
      ]);
      // The refused request did not use its key up.
      expect((await send('/api/v1/saved-filters', { name: 'free', filter: {} }, 'key-3')).status).toBe(201);
    });

    test('a saved filter is renamed, linked and hidden', async () => {
      const made = (await (
        await send('/api/v1/saved-filters', { name: 'shop', filter: { service: ['shop', 'cart'], text: 'a b' } })
      ).json()) as { id: string; search: string };
      expect([...new URLSearchParams(made.search)].sort()).toEqual([
        ['service', 'cart'],
        ['service', 'shop'],
        ['text', 'a b'],
      ]);
      const patch = {
        method: 'PATCH',
        body: JSON.stringify({ name: 'the shop' }),
        headers: { 'Content-Type': 'application/json' },
      };
      expect((await fetch(`${server.url}/api/v1/saved-filters/${made.id}`, patch)).status).toBe(200);
      expect(await read(`/api/v1/saved-filters/${made.id}`)).toMatchObject({ name: 'the shop' });
      expect((await fetch(`${server.url}/api/v1/saved-filters/${made.id}`, { method: 'DELETE' })).status).toBe(200);
      expect((await fetch(`${server.url}/api/v1/saved-filters/${made.id}`)).status).toBe(404);
      expect((await fetch(`${server.url}/api/v1/saved-filters/${made.id}`, patch)).status).toBe(404);
    });

    test('a job that verifies the audit log runs in the server and says that all of it holds', async () => {
      const accepted = await send('/api/v1/jobs', { kind: 'audit-verification' });
      expect(accepted.status).toBe(202);
      const { id } = (await accepted.json()) as { id: string };
      const events = await (await fetch(`${server.url}/api/v1/jobs/${id}/events`)).text();
      const last = JSON.parse(
        events
          .trim()
          .split('\n\n')
          .at(-1)
          ?.replace(/^data: /, '') ?? ''
      ) as object;
      expect(last).toMatchObject({ status: 'succeeded', result: { broken: null } });
    });

    test('the export is one JSON value a line', async () => {
      const text = await (await fetch(`${server.url}/api/v1/audit/export?action=createSavedFilter`)).text();
      const lines = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { action: string });
      expect(lines.length).toBeGreaterThan(requestCount);
      expect(new Set(lines.map(({ action }) => action))).toEqual(new Set(['createSavedFilter']));
    });
  });
}
