// What the work list makes of counts that stay, come from before a decision, or were another cluster's.
import type {
  ChangeMatchingWorkResponse,
  Cluster,
  ClusterRuleResponse,
  ListClusterHistoryResponse,
  ListClustersResponse,
  WorkAction,
} from '@loghunter/contracts';
import { beforeAll, describe, expect, test } from 'vitest';
import { sendJson } from '../testing/send-json.ts';
import { createSharedSqlStores, openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

const minuteMs = 60_000;
const web = { kind: 'team', id: 'web', name: 'web' } as const;

beforeAll(async () => {
  await openSharedDatabase(crypto.randomUUID());
}, 60_000);

/** Twenty minutes later: lines of five minutes ago, read and followed. */
async function write(server: TestServer, texts: readonly string[], labels = {}): Promise<void> {
  server.clock.advance(20 * minuteMs);
  const atMs = server.clock.nowMs() - 5 * minuteMs;
  await server.push(
    { service_name: 'shop', ...labels },
    texts.map((text, index) => [atMs + index, `level=error ${text}`])
  );
  await follow(server);
}

async function follow(server: TestServer): Promise<void> {
  await server.scanner.scanOnce();
  await server.createFollower().follow();
}

async function listed(server: TestServer): Promise<readonly Cluster[]> {
  const range = `from=${testNowMs - 60 * minuteMs}&to=${server.clock.nowMs()}`;
  const path = `/api/v1/clusters?limit=200&sort=firstSeen&order=asc&${range}`;
  const pages = [0, 200].map((offset) => sendJson<ListClustersResponse>(server, 'GET', `${path}&offset=${offset}`));
  return (await Promise.all(pages)).flatMap(({ clusters }) => clusters);
}

async function find(server: TestServer, word: string): Promise<readonly Cluster[]> {
  return (await listed(server)).filter(({ templateText }) => templateText.includes(word));
}

async function change(server: TestServer, clusters: readonly Cluster[], action: WorkAction): Promise<void> {
  const clusterIds = clusters.map(({ id }) => id);
  await sendJson(server, 'POST', '/api/v1/cluster-changes', { clusterIds, action });
}

function takeNotices(server: TestServer) {
  return createSharedSqlStores().notices.take(server.tenantId, 500);
}

const names =
  'alice bob carol dave erin frank grace heidi ivan judy mallory niaj olivia peggy rupert sybil trent victor walter xavier yvonne zoe';
const sessions = names.split(' ').map((name) => `session of user ${name} closed by peer unexpectedly`);

describe('a cluster that lines of a known release go on to', () => {
  test('keeps no other one waiting, however many there are', async () => {
    const server = await createTestServer();
    const texts = Array.from(
      { length: 202 },
      (_, place) => `${'very '.repeat(place % 15)}slow ${'again '.repeat(place / 15)}`
    );
    await write(server, texts, { release: 'v1' });
    const all = (await listed(server)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(all).toHaveLength(202);
    const last = all.slice(-1);
    await change(server, all.slice(0, -1), { kind: 'resolve', release: 'v2' });
    await change(server, last, { kind: 'resolve' });
    await write(server, texts, { release: 'v1' });
    const states = (await listed(server)).map(({ id, work }) => [id, work.state]);
    expect(states.filter(([, state]) => state !== 'resolved')).toEqual([[last[0]?.id, 'regressed']]);
  });

  test('is not opened by lines of a later release from before it was resolved, in the same minute', async () => {
    const server = await createTestServer();
    await write(server, ['disk is full'], { release: 'v1' });
    server.clock.advance(45_000);
    const line = [server.clock.nowMs() - 40_000, 'level=error disk is full'] as const;
    await server.push({ service_name: 'shop', release: 'v2' }, [line]);
    await follow(server);
    await change(server, await listed(server), { kind: 'resolve', release: 'v2' });
    await write(server, ['disk is full'], { release: 'v1' });
    expect((await listed(server)).map(({ work }) => work.state)).toEqual(['resolved']);
    await write(server, ['disk is full'], { release: 'v2' });
    expect((await listed(server)).map(({ work }) => work.state)).toEqual(['regressed']);
  });
});

describe('what the scanner learns', () => {
  test('takes over that its clusters are ignored and whose they are, and is told to nobody as new', async () => {
    const server = await createTestServer();
    await write(server, ['cache got hot']);
    await write(server, sessions.slice(0, 2));
    expect(await takeNotices(server)).toHaveLength(2);
    const known = await find(server, 'session');
    await change(server, known, { kind: 'ignore' });
    await change(server, known, { kind: 'assign', assignee: web });
    await write(server, sessions);
    const [learned, ...others] = await find(server, 'session');
    expect([learned?.templateText, others]).toEqual([expect.stringContaining('<*>'), []]);
    expect(learned?.work).toMatchObject({ state: 'ignored', assignee: web });
    expect(await takeNotices(server)).toEqual([]);
    const path = `/api/v1/clusters/${learned?.id ?? ''}/history`;
    const { entries } = await sendJson<ListClusterHistoryResponse>(server, 'GET', path);
    expect(entries.map((entry) => (entry.kind === 'comment' ? entry.text : 'reason' in entry && entry.reason))).toEqual(
      expect.arrayContaining([
        'person',
        'Taken over from 2 clusters that are part of this one now: ignored, assigned to web.',
      ])
    );
    expect(JSON.stringify(entries)).not.toContain('owner-rule');
  });

  test('is open, and not new, when people put its clusters away in different ways; the history says so', async () => {
    const server = await createTestServer();
    await write(server, ['cache got hot']);
    await write(server, sessions.slice(0, 2));
    await takeNotices(server);
    const [one, other] = await find(server, 'session');
    await change(server, one === undefined ? [] : [one], { kind: 'ignore' });
    await change(server, other === undefined ? [] : [other], { kind: 'resolve' });
    await write(server, sessions);
    const [learned] = await find(server, 'session');
    expect(learned?.work).toMatchObject({ state: 'ongoing', assignee: null });
    expect(await takeNotices(server)).toEqual([]);
    const history = await server.get(`/api/v1/clusters/${learned?.id ?? ''}/history`);
    expect(await history.text()).toContain('put away in different ways');
  });
});

test('a cluster that is ignored until so many more events does not count those that a merge brings along', async () => {
  const server = await createTestServer();
  await write(server, ['cache got hot']);
  await write(server, Array<string>(150).fill('disk is full'));
  const hot = await find(server, 'hot');
  const [disk] = await find(server, 'disk');
  await change(server, hot, { kind: 'ignore', until: { kind: 'count', eventCount: 100 } });
  server.clock.advance(minuteMs);
  await follow(server);
  await takeNotices(server);
  const rule = { kind: 'merge', clusterIds: [disk?.id], intoId: hot[0]?.id };
  const made = await sendJson<ClusterRuleResponse>(server, 'POST', '/api/v1/cluster-rules', { rule });
  await follow(server);
  expect((await listed(server)).map(({ eventCount, work }) => [eventCount, work.state])).toEqual([[151, 'ignored']]);
  await sendJson(server, 'DELETE', `/api/v1/cluster-rules/${made.rule.id}`);
  await follow(server);
  expect((await find(server, 'hot')).map(({ work }) => work.state)).toEqual(['ignored']);
  await sendJson(server, 'POST', '/api/v1/cluster-rules', { rule });
  await write(server, Array<string>(100).fill('disk is full'));
  expect((await listed(server)).map(({ eventCount, work }) => [eventCount, work.state])).toEqual([[251, 'escalating']]);
  expect((await takeNotices(server)).map(({ kind }) => kind)).toEqual(['cluster-escalating']);
});

test('all that match a filter does not overwrite what somebody did between the look and the lock', async () => {
  const server = await createTestServer();
  await write(server, ['cache got hot', 'disk is full', 'queue is stuck']);
  const [hot, disk] = await listed(server);
  const listClusters = server.clusters.listClusters.bind(server.clusters);
  const meanwhile = async () => {
    Object.assign(server.clusters, { listClusters });
    await change(server, hot === undefined ? [] : [hot], { kind: 'ignore' });
    await change(server, disk === undefined ? [] : [disk], { kind: 'assign', assignee: web });
  };
  Object.assign(server.clusters, {
    listClusters: async (...asked: Parameters<typeof listClusters>) => {
      const list = await listClusters(...asked);
      await meanwhile();
      return list;
    },
  });
  const body = { filter: { state: ['new'], assignee: ['none'] }, action: { kind: 'resolve' } };
  const answer = await sendJson<ChangeMatchingWorkResponse>(server, 'POST', '/api/v1/cluster-changes/matching', body);
  expect(answer).toMatchObject({ changedCount: 1, unchangedCount: 0 });
  const works = (await listed(server)).map(({ work }) => [work.state, work.assignee?.id ?? null]);
  expect(works).toEqual([
    ['ignored', null],
    ['new', 'web'],
    ['resolved', null],
  ]);
});
