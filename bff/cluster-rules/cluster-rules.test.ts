import type {
  ClusterRuleResponse,
  ExplainEventResponse,
  ListClusterLinesResponse,
  ListClusterNamesResponse,
  ListClusterRulesResponse,
  ListClustersResponse,
  NewClusterRule,
  PreviewClusterRuleResponse,
  ProblemDetails,
} from '@loghunter/contracts';
import { describe, expect, test } from 'vitest';
import { createTestServer, testNowMs, type TestLine, type TestServer } from '../testing/test-server.ts';

const minuteMs = 60_000;

async function send<T>(server: TestServer, method: string, path: string, body?: unknown, status = 200): Promise<T> {
  const init = { method, headers: { 'Content-Type': 'application/json' } };
  const response = await server.get(path, body === undefined ? init : { ...init, body: JSON.stringify(body) });
  const answer = (await response.json()) as T;
  expect([response.status, status === response.status ? null : answer]).toEqual([status, null]);
  return answer;
}

const create = (server: TestServer, rule: NewClusterRule): Promise<ClusterRuleResponse> =>
  send(server, 'POST', '/api/v1/cluster-rules', { rule }, 201);
const undo = (server: TestServer, { rule }: ClusterRuleResponse): Promise<ClusterRuleResponse> =>
  send(server, 'DELETE', `/api/v1/cluster-rules/${rule.id}`);

/** Templates with titles and counts of events and lines, as the list shows them. */
async function listed(server: TestServer): Promise<Array<readonly [string, number]>> {
  const list = await send<ListClustersResponse>(server, 'GET', '/api/v1/clusters');
  return list.clusters
    .map(({ templateText, title, eventCount }) => [title ?? templateText, eventCount] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

async function idOf(server: TestServer, text: string): Promise<string> {
  const list = await send<ListClustersResponse>(server, 'GET', `/api/v1/clusters?text=${encodeURIComponent(text)}`);
  return list.clusters[0]?.id ?? 'none';
}

function linesAt(atMs: number, texts: readonly string[]): TestLine[] {
  return texts.map((text, index) => [atMs + index, text]);
}

const queues = [
  'queue orders drained in 5 ms',
  'queue orders drained in 7 ms',
  'queue returns drained in 5 ms',
  'cache is warm',
  'cache got hot',
];
const before = [
  ['cache got hot', 1],
  ['cache is warm', 1],
  ['queue orders drained in <*>', 2],
  ['queue returns drained in <*>', 1],
];

async function createShop(): Promise<TestServer> {
  const server = await createTestServer();
  await server.push({ service_name: 'shop' }, linesAt(testNowMs - 30 * minuteMs, queues));
  await server.scanner.scanOnce();
  expect(await listed(server)).toEqual(before);
  return server;
}

async function scanMore(server: TestServer, service: string, ...texts: readonly string[]): Promise<void> {
  await server.push({ service_name: service }, linesAt(server.clock.nowMs(), texts));
  server.clock.advance(10_000);
  await server.scanner.scanOnce();
}

describe('a merge', () => {
  test('holds for stored and future lines, and undoing it restores every figure', async () => {
    const server = await createShop();
    const [from, into] = [await idOf(server, 'cache got hot'), await idOf(server, 'cache is warm')];
    const created = await create(server, { kind: 'merge', clusterIds: [from], intoId: into });
    expect(created.rule).toMatchObject({ rule: { kind: 'merge', clusterIds: [from], intoId: into }, undone: null });
    await scanMore(server, 'shop', 'cache got hot');
    expect(await listed(server)).toEqual([['cache is warm', 3], ...before.slice(2)]);
    const lines = await send<ListClusterLinesResponse>(server, 'GET', `/api/v1/clusters/${into}/lines`);
    expect(lines.lines.map(({ text }) => text)).toContain('cache got hot');
    // Its old name leads to what it is part of now; ids of nothing are left out.
    const others = await idOf(server, 'queue orders');
    const renamed = await create(server, { kind: 'rename', clusterId: others, title: 'Orders drain' });
    const query = [from, into, others, crypto.randomUUID()].map((id) => `id=${id}`).join('&');
    const names = await send<ListClusterNamesResponse>(server, 'GET', `/api/v1/cluster-names?${query}`);
    expect(new Map(names.clusters.map(({ id, ...name }) => [id, name]))).toEqual(
      new Map<string, unknown>([
        [from, { shownId: into, templateText: 'cache is warm' }],
        [into, { shownId: into, templateText: 'cache is warm' }],
        [others, { shownId: others, templateText: 'queue orders drained in <*>', title: 'Orders drain' }],
      ])
    );
    await undo(server, renamed);
    await undo(server, created);
    expect(await listed(server)).toEqual([['cache got hot', 2], ...before.slice(1)]);
  });
});

describe('a mask', () => {
  test('takes in what differs in the word only, and shows it as a variable', async () => {
    const server = await createShop();
    const clusterId = await idOf(server, 'queue orders');
    const created = await create(server, { kind: 'mask', clusterId, word: 'orders' });
    await scanMore(server, 'shop', 'queue returns drained in 9 ms');
    expect(await listed(server)).toEqual([...before.slice(0, 2), ['queue <*> drained in <*>', 4]]);
    await undo(server, created);
    expect(await listed(server)).toEqual([...before.slice(0, 3), ['queue returns drained in <*>', 2]]);
  });

  test('takes in words that come later', async () => {
    const server = await createShop();
    const clusterId = await idOf(server, 'cache is warm');
    await create(server, { kind: 'mask', clusterId, word: 'warm' });
    await scanMore(server, 'shop', 'cache is tepid');
    expect((await listed(server)).slice(1, 2)).toEqual([['cache is <*>', 2]]);
    const lines = await send<ListClusterLinesResponse>(server, 'GET', `/api/v1/clusters/${clusterId}/lines`);
    expect(lines.lines.map(({ text }) => text)).toEqual(['cache is tepid', 'cache is warm']);
  });

  test('everywhere reaches other services, each with a cluster of its own', async () => {
    const server = await createShop();
    await scanMore(server, 'billing', 'cache is cold', 'cache is cold');
    const clusterId = await idOf(server, 'cache is warm');
    await create(server, { kind: 'mask', clusterId, word: 'warm', reach: 'everywhere' });
    const list = await send<ListClustersResponse>(server, 'GET', '/api/v1/clusters?text=cache is');
    expect(list.clusters.map((cluster) => [cluster.service, cluster.templateText, cluster.eventCount])).toEqual([
      ['billing', 'cache is <*>', 2],
      ['shop', 'cache is <*>', 1],
    ]);
  });
});

describe('a split', () => {
  test('makes future lines with different values different clusters, and undoing it brings all together', async () => {
    const server = await createShop();
    const clusterId = await idOf(server, 'queue orders');
    const created = await create(server, { kind: 'split', clusterId, variable: 0 });
    await scanMore(
      server,
      'shop',
      ...Array.from({ length: 3 }, () => 'queue orders drained in 5 ms'),
      'queue orders drained in 8 ms'
    );
    expect((await listed(server)).slice(2)).toEqual([
      ['queue orders drained in 5 ms', 3],
      ['queue orders drained in 8 ms', 1],
      ['queue orders drained in <*>', 2],
      ['queue returns drained in <*>', 1],
    ]);
    await undo(server, created);
    expect((await listed(server)).slice(2)).toEqual([
      ['queue orders drained in <*>', 6],
      ['queue returns drained in <*>', 1],
    ]);
  });
});

describe('a title', () => {
  test('is shown, may be changed back, and goes when it is undone', async () => {
    const server = await createShop();
    const clusterId = await idOf(server, 'cache is warm');
    const titles = async (): Promise<string | undefined> =>
      (await listed(server)).map(([title]) => title).find((title) => title.includes('warm'));
    await create(server, { kind: 'rename', clusterId, title: 'warm' });
    const second = await create(server, { kind: 'rename', clusterId, title: 'very warm' });
    expect(await titles()).toBe('very warm');
    await undo(server, second);
    expect(await titles()).toBe('warm');
    await create(server, { kind: 'rename', clusterId, title: 'very warm' });
    const back = await create(server, { kind: 'rename', clusterId, title: 'warm' });
    expect(await titles()).toBe('warm');
    await undo(server, back);
    expect(await titles()).toBe('very warm');
  });
});

describe('a preview', () => {
  test('of a mask counts clusters and stored lines and shows real lines before and after; nothing is kept', async () => {
    const server = await createShop();
    const [clusterId, returns] = [await idOf(server, 'queue orders'), await idOf(server, 'queue returns')];
    const rule = { kind: 'mask', clusterId, word: 'orders' } as const;
    const preview = await send<PreviewClusterRuleResponse>(server, 'POST', '/api/v1/cluster-rules/preview', { rule });
    expect(preview).toMatchObject({ changedClusterCount: 1, eventCount: 1, lineCount: 1, movedEventCount: 1 });
    expect(preview.changedClusters).toMatchObject([{ clusterId: returns, intoId: clusterId, eventCount: 1 }]);
    expect(preview.examples).toEqual([
      {
        text: 'queue returns drained in 5 ms',
        before: { clusterId: returns, templateText: 'queue returns drained in <*>' },
        after: { clusterId, templateText: 'queue <*> drained in <*>' },
      },
    ]);
    expect(await listed(server)).toEqual(before);
  });

  test('of a split says into how many clusters real lines would go', async () => {
    const server = await createShop();
    const rule = { kind: 'split', clusterId: await idOf(server, 'queue orders'), variable: 0 } as const;
    const preview = await send<PreviewClusterRuleResponse>(server, 'POST', '/api/v1/cluster-rules/preview', { rule });
    expect(preview).toMatchObject({ changedClusterCount: 0, readEventCount: 2, movedEventCount: 2, placeCount: 2 });
    expect(preview.places.map(({ templateText }) => templateText).sort()).toEqual([
      'queue orders drained in 5 ms',
      'queue orders drained in 7 ms',
    ]);
  });
});

describe('the list of rules', () => {
  test('comes in pages, newest change first, with undone ones on request', async () => {
    const server = await createShop();
    const clusterId = await idOf(server, 'cache is warm');
    const first = await create(server, { kind: 'rename', clusterId, title: 'one' });
    const second = await create(server, { kind: 'mask', clusterId, word: 'warm' });
    await undo(server, first);
    const page = (query: string): Promise<ListClusterRulesResponse> =>
      send(server, 'GET', `/api/v1/cluster-rules?${query}`);
    expect((await page('')).rules.map(({ id }) => id)).toEqual([second.rule.id]);
    const all = await page('includeUndone=true&limit=1');
    expect(all).toMatchObject({ totalCount: 2, maxRuleCount: 1000, rules: [{ id: first.rule.id, undone: {} }] });
    expect((await page('includeUndone=true&offset=1')).rules.map(({ id }) => id)).toEqual([second.rule.id]);
    expect((await page('kind=merge')).rules).toEqual([]);
  });
});

describe('a rule is refused', () => {
  const unknown = '11111111-2222-4333-8444-555555555555';

  test.each<[string, (id: string) => object, number, string]>([
    ['of an unknown cluster', () => ({ kind: 'mask', clusterId: unknown, word: 'x' }), 404, 'not-found'],
    ['into an unknown cluster', (id) => ({ kind: 'merge', clusterIds: [id], intoId: unknown }), 404, 'not-found'],
    ['with a word that is not there', (clusterId) => ({ kind: 'mask', clusterId, word: 'x' }), 422, 'rule-refused'],
    ['with itself', (id) => ({ kind: 'merge', clusterIds: [id], intoId: id }), 422, 'rule-refused'],
    ['with a place that is not there', (clusterId) => ({ kind: 'split', clusterId, variable: 9 }), 422, 'rule-refused'],
    ['of an unknown kind', (clusterId) => ({ kind: 'paint', clusterId }), 400, 'invalid-request'],
    ['with a field too many', (clusterId) => ({ kind: 'rename', clusterId, title: 'a', x: 1 }), 400, 'invalid-request'],
  ])('%s', async (_, ruleOf, status, code) => {
    const server = await createShop();
    const rule = ruleOf(await idOf(server, 'queue orders'));
    for (const path of ['/api/v1/cluster-rules', '/api/v1/cluster-rules/preview']) {
      expect((await send<ProblemDetails>(server, 'POST', path, { rule }, status)).code).toBe(code);
    }
  });

  test('that splits what a mask opened', async () => {
    const server = await createShop();
    const clusterId = await idOf(server, 'queue orders');
    await create(server, { kind: 'mask', clusterId, word: 'orders' });
    const body = { rule: { kind: 'split', clusterId, variable: 0 } };
    const problem = await send<ProblemDetails>(server, 'POST', '/api/v1/cluster-rules', body, 422);
    expect(problem.detail).toContain('undo that rule instead');
    await create(server, { kind: 'split', clusterId, variable: 1 });
  });

  test('that is undone already, or is none', async () => {
    const server = await createShop();
    const clusterId = await idOf(server, 'queue orders');
    const created = await create(server, { kind: 'rename', clusterId, title: 'q' });
    await undo(server, created);
    await send(server, 'DELETE', `/api/v1/cluster-rules/${created.rule.id}`, undefined, 409);
    await send(server, 'DELETE', `/api/v1/cluster-rules/${unknown}`, undefined, 404);
  });

  test('of viewers, who may list and ask for explanations', async () => {
    const server = await createTestServer({ role: 'viewer' });
    await send(server, 'GET', '/api/v1/cluster-rules');
    await send(server, 'POST', '/api/v1/clusters/explain', { text: 'took 5 ms' });
    const rule = { kind: 'rename', clusterId: unknown, title: 'q' };
    await send(server, 'POST', '/api/v1/cluster-rules', { rule }, 403);
    await send(server, 'POST', '/api/v1/cluster-rules/preview', { rule }, 403);
    await send(server, 'DELETE', `/api/v1/cluster-rules/${unknown}`, undefined, 403);
  });
});

describe('an explanation', () => {
  test('names what was kept and masked, and each kind of rule that moved the line', async () => {
    const server = await createShop();
    const clusterId = await idOf(server, 'queue orders');
    const { rule } = await create(server, { kind: 'mask', clusterId, word: 'orders' });
    const explanation = await send<ExplainEventResponse>(server, 'POST', '/api/v1/clusters/explain', {
      text: '2026-10-05 10:00:00 INFO queue returns drained in 5 ms',
      service: 'shop',
    });
    expect(explanation).toMatchObject({
      signature: 'queue returns drained in <*>',
      fields: { level: 'INFO' },
      masked: [{ text: '5 ms', type: 'quantity' }],
      trace: null,
    });
    expect(explanation.steps.map(({ by, ruleIds }) => [by, ruleIds])).toEqual([
      ['event', []],
      ['user', [rule.id]],
    ]);
    expect(explanation.steps.at(-1)).toMatchObject({ clusterId, templateText: 'queue <*> drained in <*>' });
  });

  test('of a stack trace says which frames count', async () => {
    const server = await createTestServer();
    const text =
      'java.lang.IllegalStateException: x\n\tat java.util.List.of(List.java:1)\n\tat com.shop.Cart.add(Cart.java:2)';
    const explanation = await send<ExplainEventResponse>(server, 'POST', '/api/v1/clusters/explain', { text });
    const frames = explanation.trace?.exceptions[0]?.frames.map(({ name, isUsed }) => [name, isUsed]);
    expect(frames).toEqual([
      ['java.util.List.of', false],
      ['com.shop.Cart.add', true],
    ]);
  });
});
