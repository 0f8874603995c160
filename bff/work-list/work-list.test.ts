import type {
  ChangeMatchingWorkResponse,
  ChangeWorkResponse,
  Cluster,
  Comment,
  ListClusterHistoryResponse,
  ListClustersResponse,
  ListCommentsResponse,
  UndoWorkResponse,
  WorkAction,
} from '@loghunter/contracts';
import type { NewNotice } from '@loghunter/ports';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateKey } from '../api-keys/key-format.ts';
import { announceIncidents } from '../live/announce-incidents.ts';
import { sendJson } from '../testing/send-json.ts';
import { createSharedSqlStores, openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

// Opening the database that notices go to takes longer than a test may.
beforeAll(async () => {
  await openSharedDatabase(crypto.randomUUID());
}, 60_000);

async function listed(server: TestServer, query = ''): Promise<readonly Cluster[]> {
  return (await sendJson<ListClustersResponse>(server, 'GET', `/api/v1/clusters?${query}`)).clusters;
}

async function statesOf(server: TestServer): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await listed(server)).map(({ templateText, work }) => [templateText, work.state]));
}

function change(server: TestServer, clusterIds: readonly string[], action: WorkAction): Promise<ChangeWorkResponse> {
  return sendJson(server, 'POST', '/api/v1/cluster-changes', { clusterIds, action });
}

async function write(server: TestServer, atMs: number, ...texts: readonly string[]): Promise<void> {
  await server.push(
    { service_name: 'shop', team: 'web' },
    texts.map((text, index) => [atMs + index, text])
  );
  await server.scanner.scanOnce();
}

/** A shop that has been read for an hour, with two clusters in it. */
async function createShop(): Promise<TestServer> {
  const server = await createTestServer();
  await write(server, testNowMs - 50 * minuteMs, 'level=error cache got hot', 'level=error disk is full');
  await server.createFollower().follow();
  return server;
}

async function idsOf(server: TestServer): Promise<readonly string[]> {
  return (await listed(server, 'sort=firstSeen&order=asc')).map(({ id }) => id);
}

async function stateCounts(server: TestServer): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (let offset = 0; offset < 800; offset += 200) {
    for (const { work } of await listed(server, `limit=200&offset=${offset}`)) {
      counts[work.state] = (counts[work.state] ?? 0) + 1;
    }
  }
  return counts;
}

/** A key straight into the store, as the command line makes one: whoever calls with it is somebody of their own. */
async function somebody(server: TestServer, name: string, scopes: readonly string[]) {
  const { text, ...kept } = generateKey();
  const facts = { name, scopes, hourlyLimit: null, expiresAtMs: null, createdBy: 'test' };
  await server.apiKeys.createKey(server.tenantId, { ...kept, ...facts });
  return (method: string, path: string, body?: unknown): Promise<Response> => {
    const headers = { 'Content-Type': 'application/json', 'X-API-Key': text };
    return server.get(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  };
}

describe('comments', () => {
  test('are taken back by who wrote them and by administrators, by nobody else, and leave the history', async () => {
    const server = await createShop();
    const [hot = ''] = await idsOf(server);
    const [anna, bert, chief] = await Promise.all([
      somebody(server, 'anna', ['read', 'write']),
      somebody(server, 'bert', ['read', 'write']),
      somebody(server, 'chief', ['read', 'write', 'admin']),
    ]);
    const write = async (text: string) => {
      const made = await anna('POST', `/api/v1/clusters/${hot}/comments`, { text });
      expect(made.status).toBe(201);
      return (await made.json()) as Comment;
    };
    const texts = async () => {
      const { comments } = (await (
        await bert('GET', `/api/v1/clusters/${hot}/comments`)
      ).json()) as ListCommentsResponse;
      return comments.map(({ text, by, isMine }) => [text, by, isMine]);
    };
    const [first, second] = [await write('It is the cache'), await write('It was not the cache')];
    expect(await texts()).toEqual([
      ['It is the cache', 'anna', false],
      ['It was not the cache', 'anna', false],
    ]);
    const refused = await bert('DELETE', `/api/v1/comments/${first.id}`);
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'forbidden' }]);
    expect((await anna('DELETE', `/api/v1/comments/${first.id}`)).status).toBe(200);
    expect((await anna('DELETE', `/api/v1/comments/${first.id}`)).status).toBe(404);
    expect(await texts()).toEqual([['It was not the cache', 'anna', false]]);
    expect((await chief('DELETE', `/api/v1/comments/${second.id}`)).status).toBe(200);
    const history = await (await bert('GET', `/api/v1/clusters/${hot}/history`)).text();
    expect(history).not.toContain('the cache');
  });
});

describe('the state of a cluster', () => {
  test('is new for a week after the first line', async () => {
    const server = await createShop();
    expect(await statesOf(server)).toEqual({ 'level=error cache got hot': 'new', 'level=error disk is full': 'new' });
    server.clock.advance(7 * 24 * hourMs);
    await server.createFollower().follow();
    const week = await listed(server, `from=${testNowMs - hourMs}`);
    expect(week.map(({ work }) => work.state)).toEqual(['ongoing', 'ongoing']);
  });

  test('is changed for all that match a filter as one change, pushed in pieces, and undone as it was', async () => {
    const server = await createTestServer();
    const texts = Array.from({ length: 20 }, (_, place) => `level=warn${' slow'.repeat(place + 1)}`);
    for (const name of [...'abcdefghijklmnopqrstuvwxyz']) {
      const atMs = testNowMs - 45 * minuteMs;
      await server.push(
        { service_name: name },
        [...texts.entries()].map(([place, text]) => [atMs + place, text])
      );
    }
    await write(server, testNowMs - 50 * minuteMs, 'level=error cache got hot', 'level=error disk is full');
    await server.createFollower().follow();
    const [hot = ''] = await idsOf(server);
    await change(server, [hot], { kind: 'ignore' });
    const heard: string[] = [];
    const stop = new AbortController();
    const events = server.live.follow(server.tenantId, null, stop.signal);
    const first = events.next();
    const filter = { level: ['warn'], state: ['new', 'ongoing'] };
    const body = { filter, action: { kind: 'resolve' } };
    const answer = await sendJson<ChangeMatchingWorkResponse>(server, 'POST', '/api/v1/cluster-changes/matching', body);
    expect(answer).toMatchObject({ changedCount: 520, unchangedCount: 0 });
    for (let next = first; heard.length < 520; next = events.next()) {
      const { value } = await next;
      heard.push(...(value?.topic === 'cluster-work' ? value.ids : []));
    }
    stop.abort();
    expect(new Set(heard).size).toBe(520);
    expect(await stateCounts(server)).toEqual({ ignored: 1, new: 1, resolved: 520 });
    expect(await sendJson(server, 'POST', '/api/v1/cluster-changes/matching', body)).toMatchObject({ changedCount: 0 });
    const undone = await sendJson<UndoWorkResponse>(server, 'POST', `/api/v1/cluster-changes/${answer.id}/undo`);
    expect([undone.restored.length, undone.leftOutIds]).toEqual([520, []]);
    expect(await stateCounts(server)).toEqual({ ignored: 1, new: 521 });
    // A misspelt filter would otherwise be no filter, and everything would match.
    for (const [wrong, reason] of [
      [{ filter, action: { kind: 'resolve', release: '1.2' } }, 'matches 520 clusters'],
      [{ filter: { ...filter, services: ['a'] }, action: { kind: 'resolve' } }, 'services'],
    ] as const) {
      const refused = await server.get('/api/v1/cluster-changes/matching', {
        ...{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(wrong) },
      });
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining(reason)]);
    }
    expect(await stateCounts(server)).toEqual({ ignored: 1, new: 521 });
  });

  test('is changed one or many at a time, and undone as it was', async () => {
    const server = await createShop();
    const [hot = '', full = ''] = await idsOf(server);
    const resolved = await change(server, [hot, full, hot], { kind: 'resolve' });
    expect(resolved.changed.map(({ work }) => work.state)).toEqual(['resolved', 'resolved']);
    expect(await statesOf(server)).toEqual({
      'level=error cache got hot': 'resolved',
      'level=error disk is full': 'resolved',
    });
    const again = await change(server, [hot], { kind: 'resolve' });
    expect([again.changed, again.unchangedIds]).toEqual([[], [hot]]);
    await change(server, [full], { kind: 'ignore' });
    const undone = await sendJson<UndoWorkResponse>(server, 'POST', `/api/v1/cluster-changes/${resolved.id}/undo`);
    expect([undone.restored.map(({ clusterId }) => clusterId), undone.leftOutIds]).toEqual([[hot], [full]]);
    expect(await statesOf(server)).toEqual({
      'level=error cache got hot': 'new',
      'level=error disk is full': 'ignored',
    });
    const twice = await server.get(`/api/v1/cluster-changes/${resolved.id}/undo`, { method: 'POST' });
    expect(twice.status).toBe(409);
  });

  test('goes from resolved to regressed by a line from after it, never by one that only came late', async () => {
    const server = await createShop();
    const [hot = ''] = await idsOf(server);
    await change(server, [hot], { kind: 'resolve' });
    await write(server, testNowMs - 10 * minuteMs, 'level=error cache got hot');
    server.clock.advance(minuteMs);
    await server.scanner.scanOnce();
    await server.createFollower().follow();
    expect((await statesOf(server))['level=error cache got hot']).toBe('resolved');
    server.clock.advance(10 * minuteMs);
    await write(server, server.clock.nowMs() - minuteMs, 'level=error cache got hot');
    await server.createFollower().follow();
    expect((await statesOf(server))['level=error cache got hot']).toBe('regressed');
    const history = await sendJson<ListClusterHistoryResponse>(server, 'GET', `/api/v1/clusters/${hot}/history`);
    expect(history.entries.map((entry) => (entry.kind === 'state' ? [entry.by, entry.to, entry.reason] : []))).toEqual([
      ['', 'regressed', 'new-lines'],
      ['the installation', 'resolved', 'person'],
      ['', 'new', 'first-line'],
    ]);
  });

  test('leaves ignored when as many events as wanted came; they were counted all the time', async () => {
    const server = await createShop();
    const [hot = ''] = await idsOf(server);
    await change(server, [hot], { kind: 'ignore', until: { kind: 'count', eventCount: 2 } });
    server.clock.advance(minuteMs);
    await write(server, server.clock.nowMs() - 1000, 'level=error cache got hot');
    await server.createFollower().follow();
    expect((await statesOf(server))['level=error cache got hot']).toBe('ignored');
    expect((await listed(server)).find(({ id }) => id === hot)?.eventCount).toBe(2);
    server.clock.advance(minuteMs);
    await write(server, server.clock.nowMs() - 1000, 'level=error cache got hot');
    await server.createFollower().follow();
    expect((await statesOf(server))['level=error cache got hot']).toBe('escalating');
  });

  test('is resolved by itself when the cluster is quiet, only where that is wanted', async () => {
    const server = await createShop();
    server.clock.advance(3 * 24 * hourMs);
    await server.createFollower().follow();
    const range = `from=${testNowMs - hourMs}&to=${testNowMs}`;
    expect((await listed(server, range)).map(({ work }) => work.state)).toEqual(['new', 'new']);
    await server.createFollower({ quietMs: 24 * hourMs }).follow();
    expect((await listed(server, range)).map(({ work }) => work.state)).toEqual(['resolved', 'resolved']);
  });
});

describe('who is told', () => {
  test('of new and regressed clusters once, with redacted lines; not of what was there when reading began', async () => {
    const server = await createShop();
    server.clock.advance(2 * hourMs);
    await write(server, server.clock.nowMs() - minuteMs, 'level=error login of anna@example.org failed');
    await server.createFollower().follow();
    await server.createFollower().follow();
    const { notices } = createSharedSqlStores();
    const told = await notices.take(server.tenantId, 10);
    expect(told).toMatchObject([{ kind: 'cluster-new', service: 'shop', severity: 'MEDIUM', count: 1 }]);
    expect(JSON.stringify(told)).not.toContain('anna@example.org');
    const id = told[0]?.clusterId ?? '';
    await change(server, [id], { kind: 'resolve' });
    server.clock.advance(hourMs);
    await write(server, server.clock.nowMs() - minuteMs, 'level=error login of otto@example.org failed');
    await server.createFollower().follow();
    await server.createFollower().follow();
    expect(await notices.take(server.tenantId, 10)).toMatchObject([
      { kind: 'cluster-regressed', clusterId: id, severity: 'HIGH' },
    ]);
  });
});

describe('owners', () => {
  test('get new clusters by a label of their streams, the first rule that holds', async () => {
    const server = await createTestServer();
    const assignee = { kind: 'team', id: 'web', name: 'web' };
    await sendJson(server, 'POST', '/api/v1/owner-rules', { label: 'team', value: 'other', assignee });
    await sendJson(server, 'POST', '/api/v1/owner-rules', { label: 'team', value: 'web', assignee });
    await write(server, testNowMs - 30 * minuteMs, 'level=error cache got hot');
    await server.createFollower().follow();
    expect((await listed(server)).map(({ work }) => work.assignee)).toEqual([assignee]);
    expect(await listed(server, 'assignee=web')).toHaveLength(1);
    expect(await listed(server, 'assignee=none')).toHaveLength(0);
  });
});

describe('pages of the list', () => {
  test('go on by cursor, which holds for its own sort only', async () => {
    const server = await createShop();
    const first = await sendJson<ListClustersResponse>(server, 'GET', '/api/v1/clusters?limit=1&sort=service');
    const cursor = first.nextCursor ?? '';
    const second = await sendJson<ListClustersResponse>(
      server,
      'GET',
      `/api/v1/clusters?limit=1&sort=service&cursor=${cursor}`
    );
    expect(second.nextCursor).toBeNull();
    expect(new Set([...first.clusters, ...second.clusters].map(({ id }) => id)).size).toBe(2);
    for (const wrong of [
      `sort=level&cursor=${cursor}`,
      'cursor=x',
      `cursor=${Buffer.from('[1]').toString('base64url')}`,
    ]) {
      expect((await server.get(`/api/v1/clusters?${wrong}`)).status).toBe(400);
    }
  });

  test('mark what became new since the caller last looked, and nothing for who never looked', async () => {
    const server = await createShop();
    server.clock.advance(2 * hourMs);
    const unseen = async () => (await listed(server, 'unseen=true')).map(({ templateText }) => templateText);
    expect(await unseen()).toEqual([]);
    await sendJson(server, 'POST', '/api/v1/work-list/seen');
    server.clock.advance(minuteMs);
    await write(server, server.clock.nowMs() - 1000, 'level=error queue is stuck');
    await server.createFollower().follow();
    expect(await unseen()).toEqual(['level=error queue is stuck']);
    expect((await listed(server)).map(({ isUnseen }) => isUnseen)).toEqual([true]);
    server.clock.advance(1000);
    await sendJson(server, 'POST', '/api/v1/work-list/seen');
    expect(await unseen()).toEqual([]);
  });
});

describe('the live stream', () => {
  test('tells a second page of what the first one does, and goes on after a gap in the connection', async () => {
    const server = await createShop();
    const [hot = ''] = await idsOf(server);
    const events = await openStream(server, '/api/v1/live?topic=cluster-work');
    await change(server, [hot], { kind: 'resolve' });
    const seen = await events.next();
    expect(seen).toMatchObject({ topic: 'cluster-work', ids: [hot] });
    await events.close();
    await sendJson(server, 'POST', `/api/v1/clusters/${hot}/comments`, { text: 'looking' });
    await change(server, [hot], { kind: 'reopen' });
    const resumed = await openStream(server, '/api/v1/live', { 'Last-Event-ID': seen.position });
    expect(await resumed.next()).toMatchObject({ topic: 'comment', ids: [hot] });
    expect(await resumed.next()).toMatchObject({ topic: 'cluster-work', ids: [hot] });
    await resumed.close();
    const lost = await openStream(server, '/api/v1/live?after=999');
    expect(await lost.next()).toMatchObject({ topic: 'gap' });
    await lost.close();
  });

  test('begins with what happened within some seconds, and with a gap when that is more than a page of events', async () => {
    const server = await createTestServer();
    await server.live.announce(server.tenantId, 'job', ['old']);
    server.clock.advance(10_000);
    await server.live.announce(server.tenantId, 'job', ['new']);
    server.clock.advance(1000);
    const begun = await openStream(server, '/api/v1/live?within=5');
    expect(await begun.next()).toMatchObject({ topic: 'job', ids: ['new'] });
    await begun.close();
    const later = await openStream(server, '/api/v1/live?within=1');
    await server.live.announce(server.tenantId, 'job', ['newest']);
    expect(await later.next()).toMatchObject({ topic: 'job', ids: ['new'] });
    expect(await later.next()).toMatchObject({ topic: 'job', ids: ['newest'] });
    await later.close();
    server.clock.advance(10_000);
    for (let count = 0; count < 1001; count += 1) {
      await server.live.announce(server.tenantId, 'job', [String(count)]);
    }
    const many = await openStream(server, '/api/v1/live?within=5');
    expect(await many.next()).toMatchObject({ topic: 'gap' });
    await many.close();
  });

  test('tells of incidents when people are told of them, once', async () => {
    const server = await createTestServer();
    const notices = announceIncidents(createSharedSqlStores().notices, server.live);
    const events = await openStream(server, '/api/v1/live');
    const notice: NewNotice = {
      ...{ kind: 'incident-opened', severity: 'HIGH' },
      ...{ dedupKey: 'incident-opened:1', service: 'shop', namespace: '' },
      ...{ clusterId: null, incidentId: '5d1c1f0a-8d1b-4b5e-9d3e-000000000001', title: 'down', lines: [], count: 1 },
      ...{ firstSeenAtMs: null, range: { fromMs: testNowMs - minuteMs, toMs: testNowMs }, query: null },
      ...{ suspectDeploy: null, verdict: null, createdAtMs: testNowMs },
    };
    await notices.add(server.tenantId, notice);
    await notices.add(server.tenantId, notice);
    await server.live.announce(server.tenantId, 'job', ['last']);
    expect(await events.next()).toMatchObject({ topic: 'incident', ids: [notice.incidentId] });
    expect(await events.next()).toMatchObject({ topic: 'job' });
    await events.close();
  });
});

async function openStream(server: TestServer, path: string, headers: Readonly<Record<string, string>> = {}) {
  const client = new AbortController();
  const response = await server.get(path, { headers, signal: client.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    async next(): Promise<{ readonly position: string; readonly topic: string }> {
      for (;;) {
        const match = /id: (\d+)\ndata: (.*)\n\n/.exec(text);
        if (match !== null) {
          text = text.slice(match.index + match[0].length);
          return JSON.parse(match[2] ?? '') as { readonly position: string; readonly topic: string };
        }
        text += (await reader?.read())?.value ?? '';
      }
    },
    async close(): Promise<void> {
      client.abort();
      await reader?.cancel().catch(() => undefined);
    },
  };
}
