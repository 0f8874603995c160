import type {
  ExportInvestigationResponse,
  Investigation,
  ListInvestigationsResponse,
  ListSimilarInvestigationsResponse,
  PinnedLine,
} from '@loghunter/contracts';
import { routeSchemas } from '@loghunter/contracts/schemas';
import { beforeAll, describe, expect, test } from 'vitest';
import { createSharedSqlStores, openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

const json = { 'Content-Type': 'application/json' };
const atMs = testNowMs - 300_000;
const text = 'level=error msg="cannot charge card of bob@example.com"';
const pin = { labels: { service_name: 'shop' }, timestampNs: `${atMs}000000`, text };

// The embedded database takes seconds to open on a busy machine.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

async function openServer(): Promise<{ readonly server: TestServer; readonly clusterIds: readonly string[] }> {
  const server = await createTestServer();
  await server.push({ service_name: 'shop' }, [
    [atMs, text],
    [atMs + 1000, 'level=warn msg="queue is long"'],
    [atMs + 2000, 'level=info msg="worker 7 is back"'],
  ]);
  await server.scanner.scanOnce();
  const range = { fromMs: testNowMs - 3_600_000, toMs: testNowMs };
  const { clusters } = await server.clusters.listClusters(
    server.tenantId,
    { range, services: [], namespaces: [], levels: [], text: '' },
    { sort: 'level', order: 'desc', limit: 10, offset: 0, trendPoints: 1 }
  );
  return { server, clusterIds: clusters.map(({ id }) => id) };
}

async function send<T>(server: TestServer, method: string, path: string, body?: object): Promise<T> {
  const response = await server.get(`/api/v1/investigations${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: json }),
  });
  return (await response.json()) as T;
}

const create = (server: TestServer, body: object) => send<Investigation>(server, 'POST', '', body);

describe('an investigation', () => {
  test('keeps its lines, comments and changes in one timeline', async () => {
    const { server, clusterIds } = await openServer();
    const { id } = await create(server, { title: 'Cards fail', services: ['shop'] });
    const line = await send<PinnedLine>(server, 'POST', `/${id}/lines`, { ...pin, note: 'the first one' });
    await send(server, 'POST', `/${id}/comments`, { text: 'It is the card service.' });
    const change = { title: 'Cards are refused', state: 'resolved', resolution: 'Rolled back to 2.14' };
    await send(server, 'PATCH', `/${id}`, change);
    const investigation = await send<Investigation>(server, 'GET', `/${id}`);
    expect(routeSchemas.getInvestigation.response.safeParse(investigation).error).toBeUndefined();
    expect(investigation).toMatchObject({ ...change, services: ['shop'], clusterIds: [clusterIds[0]] });
    expect(investigation.resolvedAt).not.toBeNull();
    expect(investigation.pinnedLines).toEqual([line]);
    expect(investigation.comments.map((comment) => comment.text)).toEqual(['It is the card service.']);
    expect(investigation.timeline.map(({ kind }) => kind)).toEqual([
      ...['log', 'created', 'pinned', 'comment', 'renamed', 'state', 'resolution'],
    ]);
  });

  test('copies pinned lines without what is private, with the hash of the line as it was read', async () => {
    const { server } = await openServer();
    const { id } = await create(server, { title: 'Cards fail' });
    const line = await send<PinnedLine>(server, 'POST', `/${id}/lines`, pin);
    expect(line.text).toBe('level=error msg="cannot charge card of <email>"');
    const body = JSON.stringify({ lines: [{ ...pin, text: undefined, hash: line.hash }] });
    const checked = await server.get('/api/v1/lines/verify', { method: 'POST', body, headers: json });
    expect(await checked.json()).toMatchObject({ lines: [{ state: 'verified' }] });
  });

  test('keeps no secret of the labels of a pinned line, nor in the query that leads to it', async () => {
    const { server } = await openServer();
    const labels = { service_name: 'shop', instance: '10.0.0.7:9090', api_key: 'Zx81kQpLm2' };
    await server.push(labels, [[atMs, text]]);
    const { id } = await create(server, { title: 'Cards fail' });
    const line = await send<PinnedLine>(server, 'POST', `/${id}/lines`, { ...pin, labels });
    expect(line.labels).toEqual({ ...labels, api_key: '<secret>' });
    expect(line.query).toBe('{instance="10.0.0.7:9090", service_name="shop"}');
    expect(JSON.stringify(await send(server, 'GET', `/${id}`))).not.toContain('Zx81kQpLm2');
  });

  test('pins a line once, and nothing that the log store does not have', async () => {
    const { server } = await openServer();
    const { id } = await create(server, { title: 'Cards fail' });
    const first = await send<PinnedLine>(server, 'POST', `/${id}/lines`, pin);
    const again = await send<PinnedLine>(server, 'POST', `/${id}/lines`, { ...pin, note: 'now with a note' });
    expect([again.id, again.note]).toEqual([first.id, 'now with a note']);
    expect(await send(server, 'POST', `/${id}/lines`, { ...pin, text: 'made up' })).toMatchObject({
      code: 'not-found',
    });
    const { text: _, ...unnamed } = pin;
    expect(await send(server, 'POST', `/${id}/lines`, unnamed)).toMatchObject({ code: 'invalid-request' });
    await send(server, 'DELETE', `/${id}/lines/${first.id}`);
    expect((await send<Investigation>(server, 'GET', `/${id}`)).pinnedLines).toEqual([]);
  });

  test('is found by state, text and cluster', async () => {
    const { server, clusterIds } = await openServer();
    const [clusterId = ''] = clusterIds;
    const one = await create(server, { title: 'Cards fail', clusterIds: [clusterId] });
    const other = await create(server, { title: 'Search is slow' });
    await send(server, 'PATCH', `/${other.id}`, { state: 'mitigated' });
    const find = async (query: string) =>
      (await send<ListInvestigationsResponse>(server, 'GET', query)).investigations.map(({ id }) => id);
    expect(await find('')).toEqual([other.id, one.id]);
    expect(await find('?state=open')).toEqual([one.id]);
    expect(await find('?text=SEARCH')).toEqual([other.id]);
    expect(await find(`?clusterId=${clusterId}`)).toEqual([one.id]);
  });

  test('shows past ones about the same clusters, most in common first, with what helped', async () => {
    const { server, clusterIds } = await openServer();
    const [a = '', b = '', c = ''] = clusterIds;
    const near = await create(server, { title: 'near', clusterIds: [a, b] });
    await send(server, 'PATCH', `/${near.id}`, { state: 'resolved', resolution: 'Restarted the cards' });
    await create(server, { title: 'far', clusterIds: [a, b, c] });
    await create(server, { title: 'none', clusterIds: [c] });
    const { id } = await create(server, { title: 'now', clusterIds: [a, b] });
    const { similar } = await send<ListSimilarInvestigationsResponse>(server, 'GET', `/${id}/similar`);
    expect(similar.map(({ investigation, similarity }) => [investigation.title, similarity])).toEqual([
      ['near', 1],
      ['far', 0.667],
    ]);
    expect(similar[0]?.text).toContain('what helped: Restarted the cards');
  });

  test('is exported as Markdown in which no text of others becomes markup', async () => {
    const { server } = await openServer();
    const hostile = '# Gone\n![x](http://evil.example/a.png) <script>alert(1)</script> ```';
    const { id } = await create(server, { title: `Cards ${hostile.slice(0, 6)}` });
    await send(server, 'POST', `/${id}/comments`, { text: hostile });
    await send(server, 'POST', `/${id}/lines`, pin);
    const { fileName, markdown } = await send<ExportInvestigationResponse>(server, 'GET', `/${id}/export`);
    expect(fileName).toMatch(/^2026-10-05-cards-gone\.md$/);
    expect(markdown.match(/^# .*$/gm)).toEqual(['# Cards \\# Gone']);
    expect(markdown).not.toMatch(/(?<!\\)!\[|(?<!\\)<script/);
    expect(markdown).toContain('cannot charge card of <email>');
    expect(markdown).toContain('## What we do so that it does not come back');
  });
});

test('an investigation is one annotation in Grafana, which another text replaces, without what is private', async () => {
  const written: Array<readonly [id: number, text: string]> = [];
  const tags: string[] = [];
  const server = await createTestServer({
    annotations: {
      create: (annotation) => {
        written.push([7, annotation.text]);
        tags.push(...annotation.tags);
        return Promise.resolve({ id: 7 });
      },
      change: (id, annotation) => {
        written.push([id, annotation.text]);
        return Promise.resolve();
      },
      find: () => Promise.resolve(written.map(([id, text]) => ({ id, text, tags, fromMs: 0, toMs: 1 }))),
    },
  });
  const { id } = await create(server, { title: 'Cards fail', services: ['shop'] });
  expect(await send(server, 'POST', `/${id}/annotations`, {})).toMatchObject({ annotationId: '7' });
  await send(server, 'POST', `/${id}/annotations`, { text: 'Call bob@example.com' });
  expect(written).toEqual([
    [7, 'Cards fail (open).'],
    [7, 'Call <email>'],
  ]);
  expect(tags).toEqual(['loghunter', 'investigation', `investigation:${id}`, 'shop']);
});

test('a new redaction rule also rewrites pinned lines and packs', async () => {
  const { server } = await openServer();
  const { id } = await create(server, { title: 'Cards fail' });
  await send(server, 'POST', `/${id}/lines`, pin);
  const { analyses } = createSharedSqlStores();
  const window = { fromMs: atMs, toMs: atMs + 60_000 };
  const analysis = await analyses.create(server.tenantId, {
    ...{ jobId: crypto.randomUUID(), subject: { kind: 'service', service: 'shop' }, subjectText: 'service shop' },
    ...{ service: 'shop', incident: window, baseline: window, createdBy: { kind: 'user', id: 'u', name: 'Ada' } },
  });
  await analyses.keepResult(server.tenantId, analysis.id, {
    ...{ packHash: 'a'.repeat(64), verdict: 'likely', confidence: 0.6, suspect: 'shop', clusterIds: [] },
    pack: { lines: [{ id: 'card', text: 'cannot charge card of Ada' }] },
  });
  const body = JSON.stringify({ name: 'cards', form: 'literal', pattern: 'charge card' });
  const made = await server.get('/api/v1/redaction/rules', { method: 'POST', body, headers: json });
  expect(made.status).toBe(201);
  const { pinnedLines } = await send<Investigation>(server, 'GET', `/${id}`);
  expect(pinnedLines[0]?.text).toBe('level=error msg="cannot <own-cards> of <email>"');
  expect((await analyses.get(server.tenantId, analysis.id))?.result?.pack).toEqual({
    lines: [{ id: 'card', text: 'cannot <own-cards> of Ada' }],
  });
});

test('an analysis that ends after it was attached brings its clusters along', async () => {
  const { server, clusterIds } = await openServer();
  const { analyses } = createSharedSqlStores();
  const window = { fromMs: atMs, toMs: atMs + 60_000 };
  const analysis = await analyses.create(server.tenantId, {
    ...{ jobId: crypto.randomUUID(), subject: { kind: 'service', service: 'shop' }, subjectText: 'service shop' },
    ...{ service: 'shop', incident: window, baseline: window, createdBy: { kind: 'user', id: 'u', name: 'Ada' } },
  });
  const { id } = await create(server, { title: 'Cards fail', analysisId: analysis.id });
  await analyses.keepResult(server.tenantId, analysis.id, {
    ...{ packHash: 'a'.repeat(64), verdict: 'likely', confidence: 0.6, suspect: 'cards', clusterIds, pack: {} },
  });
  const investigation = await send<Investigation>(server, 'GET', `/${id}`);
  expect(investigation).toMatchObject({ suspect: 'cards', clusterIds: clusterIds.toSorted() });
  expect(investigation.analyses).toMatchObject([{ id: analysis.id, status: 'succeeded', suspect: 'cards' }]);
});
