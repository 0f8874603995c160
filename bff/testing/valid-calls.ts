// A call of every route that it answers with a success, on a server that has one of everything.
import { routes, type Route, type RouteId } from '@loghunter/contracts';
import { defaultModelSettings, type HttpClient } from '@loghunter/ports';
import { anEgressEntry } from '@loghunter/ports/testing';
import { plantAnalysis } from './plant-analysis.ts';
import { plantAnomaly } from './plant-anomaly.ts';
import { plantExport } from './plant-export.ts';
import { createTestServer, testNowMs, type TestServer, type TestServerOptions } from './test-server.ts';

const table: Readonly<Record<RouteId, Route>> = routes;
const json = { 'Content-Type': 'application/json' };

/** An id of nothing. */
export const unknownId = '5d1c1f0a-8d1b-4b5e-9d3e-000000000001';

/** What the calls of a test are about. */
export interface Scene {
  readonly server: TestServer;
  /** Id for the route's path; of something that is there, for whoever runs the server. */
  readonly objectId: string;
  readonly clusterId: string;
  readonly tenantId: string;
  readonly webhookId: string | undefined;
  readonly analysisId: string;
  /** Of a line that is pinned in the investigation. */
  readonly lineId: string;
}

const shopLine = { atMs: testNowMs - 300_000, text: 'level=error cannot reach 10.0.0.1 after 3 tries' };
const pinnedLine = {
  labels: { service_name: 'shop' },
  timestampNs: `${shopLine.atMs}000000`,
  text: shopLine.text,
};

/** Bodies of the routes that take one. A name makes one request another than one with another name. */
const bodies: Partial<Record<RouteId, (scene: Scene, name: string) => object>> = {
  explainEvent: (_, name) => ({ text: name }),
  createClusterRule: ({ clusterId }, name) => ({ rule: { kind: 'rename', clusterId, title: name } }),
  // The one kind that reads lines also where it moves none.
  previewClusterRule: ({ clusterId }) => ({ rule: { kind: 'split', clusterId, variable: 1 } }),
  createApiKey: (_, name) => ({ name, scopes: ['read'] }),
  rotateApiKey: (_, name) => ({ graceSeconds: name.length }),
  changeSetting: () => ({ value: 20 }),
  createTenant: (_, name) => ({ name }),
  updateTenant: (_, name) => ({ name }),
  mapOrganisation: ({ tenantId }) => ({ tenantId }),
  checkQuery: () => ({ language: 'logql', query: '{service_name="shop"}' }),
  createRedactionRule: (_, name) => ({ name, form: 'literal', pattern: 'tyrannosaurus' }),
  previewRedactionRule: (_, name) => ({
    rule: { name, form: 'literal', pattern: 'reach' },
    query: '{service_name="shop"}',
  }),
  createSavedFilter: (_, name) => ({ name, filter: {} }),
  renameSavedFilter: (_, name) => ({ name }),
  savePersonalFilter: (_, name) => ({ name, filter: { query: '{service_name="shop"}' } }),
  startJob: ({ webhookId }, name) => ({
    kind: 'ledger-verification',
    since: String(testNowMs - name.length),
    ...(webhookId === undefined ? {} : { webhookId }),
  }),
  startAnalysis: ({ clusterId }, name) => ({
    subject: { kind: 'cluster', id: clusterId },
    baseline: { from: String(testNowMs - 7_200_000 - name.length), to: String(testNowMs - 3_600_000) },
  }),
  verifyLines: () => ({ lines: [{ labels: { service_name: 'shop' }, timestampNs: '1', hash: '0'.repeat(32) }] }),
  createInvestigation: ({ clusterId }, name) => ({ title: name, clusterIds: [clusterId] }),
  changeInvestigation: (_, name) => ({ title: name }),
  pinLine: (_, name) => ({ ...pinnedLine, note: name }),
  addComment: (_, name) => ({ text: name }),
  annotateInvestigation: (_, name) => ({ text: name }),
  attachAnalysis: ({ analysisId }) => ({ analysisId }),
  acknowledgeIncidents: () => ({ ids: [unknownId] }),
  assignIncidents: () => ({ ids: [unknownId], assignee: null }),
  giveAnomalyFeedback: () => ({ verdict: 'down' }),
  startRehearsal: (_, name) => ({ days: name.length }),
  createDeploy: (_, name) => ({ service: 'shop', version: name }),
  searchLogs: (_, name) => ({ text: name === 'mine' ? 'cannot' : name }),
  changeWork: ({ clusterId }) => ({ clusterIds: [clusterId], action: { kind: 'resolve' } }),
  startExport: (_, name) => ({ format: 'csv', clusters: { text: name } }),
  changeMatchingWork: () => ({ filter: {}, action: { kind: 'resolve' } }),
  createComment: (_, name) => ({ text: name }),
  createOwnerRule: (_, name) => ({ label: 'team', value: name, assignee: { kind: 'team', id: 'web', name: 'web' } }),
  changeModelSettings: (_, name) => ({ budgets: { callsPerMinute: 100 + name.length } }),
  testModelProvider: () => ({ provider: 'anthropic' }),
  previewExplanation: ({ analysisId }) => ({ analysisId }),
  startExplanation: ({ analysisId }, name) => ({ analysisId, isFresh: name === 'another' }),
  giveExplanationFeedback: (_, name) => ({ isUseful: true, reason: name }),
  createWebhook: (_, name) => ({ name, url: 'https://hook.example/' }),
  createChannel: (_, name) => ({ name, target: { kind: 'webhook', url: 'https://hook.example/' } }),
  changeChannel: (_, name) => ({
    ...{ name, isEnabled: true, rules: {}, target: { kind: 'webhook', url: 'https://hook.example/' } },
  }),
};

/** Query strings of the routes that ask for one. */
const searches: Partial<Record<RouteId, string>> = {
  getServiceSeries: '?service=shop',
  listClusterNames: `?id=${unknownId}`,
};

/** The route that makes what another one is about, by the first segment of its path, and the field of the answer that holds it. */
const makers: Readonly<Record<string, readonly [route: RouteId, field?: string]>> = {
  analyses: ['startAnalysis', 'analysis'],
  explanations: ['startExplanation', 'explanation'],
  investigations: ['createInvestigation'],
  'cluster-changes': ['changeWork'],
  comments: ['createComment'],
  'owner-rules': ['createOwnerRule'],
  'api-keys': ['createApiKey', 'apiKey'],
  'cluster-rules': ['createClusterRule', 'rule'],
  jobs: ['startJob'],
  redaction: ['createRedactionRule', 'rule'],
  'saved-filters': ['createSavedFilter'],
  'personal-filters': ['savePersonalFilter'],
  tenants: ['createTenant', 'tenant'],
  webhooks: ['createWebhook', 'webhook'],
  channels: ['createChannel', 'channel'],
  deliveries: ['testChannel'],
};

const willing: HttpClient = {
  check: () => Promise.resolve(),
  send: () => Promise.reject(new TypeError('not called')),
  close: () => Promise.resolve(),
};

const noIds = { analysisId: unknownId, lineId: unknownId };

/** A server with a cluster, on which all is allowed that the options do not forbid; nothing else is there. */
export async function createScene(options: TestServerOptions = {}): Promise<Scene> {
  const server = await createTestServer({ http: willing, ...options });
  await server.push({ service_name: 'shop' }, [[shopLine.atMs, shopLine.text]]);
  await server.scanner.scanOnce();
  const range = { fromMs: testNowMs - 3_600_000, toMs: testNowMs };
  const filter = { range, services: [], namespaces: [], levels: [], text: '' };
  const page = { sort: 'count', order: 'desc', limit: 1, offset: 0, trendPoints: 1 } as const;
  const { clusters } = await server.clusters.listClusters(server.tenantId, filter, page);
  const clusterId = clusters[0]?.id ?? 'none';
  return { server, objectId: unknownId, clusterId, tenantId: server.tenantId, webhookId: undefined, ...noIds };
}

/** The scene with something in it that the route is about. */
export async function withObject(scene: Scene, id: RouteId, name = 'mine'): Promise<Scene> {
  const { path } = table[id];
  const kind = path.split('/')[3] ?? '';
  if (kind === 'grafana-organisations') {
    await scene.server.tenants.mapOrganisation({ organisationId: 7, tenantId: scene.tenantId });
    return scene;
  }
  if (kind === 'explanations') {
    const { analyses, tenantId } = scene.server;
    const explained = { ...scene, analysisId: await plantAnalysis(analyses, tenantId) };
    return path.includes('{id}') ? makeWith(explained, id, makers[kind], name) : explained;
  }
  if (kind === 'egress' && path.includes('{id}')) {
    const begun = await scene.server.egress.begin(scene.tenantId, anEgressEntry(), defaultModelSettings.budgets);
    return { ...scene, objectId: begun.kind === 'begun' ? begun.id : 'refused' };
  }
  if (!path.includes('{id}') || kind === 'clusters') {
    return { ...scene, objectId: scene.clusterId };
  }
  const planted = kind === 'exports' ? await plantExport(scene.server) : await plantAnomaly(scene.server, kind);
  if (planted !== null) {
    return { ...scene, objectId: planted };
  }
  if (kind === 'deliveries') {
    return makeWith(await withObject(scene, 'testChannel', name), id, makers[kind], name);
  }
  return makeWith(scene, id, makers[kind], name);
}

async function makeWith(scene: Scene, id: RouteId, made: (typeof makers)[string] | undefined, name: string) {
  const [maker, field] = made ?? [];
  if (maker === undefined) {
    throw new TypeError(`say here how to make what ${id} is about`);
  }
  // What hangs on a cluster is made there.
  const place = table[maker].path.startsWith('/api/v1/clusters/') ? scene.clusterId : scene.objectId;
  const response = await call({ ...scene, objectId: place }, maker, { name });
  const answer = (await response.json()) as Readonly<Record<string, unknown>>;
  const object = (field === undefined ? answer : answer[field]) as { readonly id?: string } | undefined;
  if (object?.id === undefined) {
    throw new TypeError(`${maker} made nothing: ${JSON.stringify(answer)}`);
  }
  const own = { ...scene, objectId: object.id };
  if (id === 'retryJob') {
    await call(own, 'cancelJob');
  }
  return maker === 'createInvestigation' ? withParts(own, id) : own;
}

/** The investigation with what the route is about in it. */
async function withParts(scene: Scene, id: RouteId): Promise<Scene> {
  if (id === 'attachAnalysis') {
    const started = (await (await call(scene, 'startAnalysis')).json()) as {
      readonly analysis: { readonly id: string };
    };
    return { ...scene, analysisId: started.analysis.id };
  }
  if (id === 'unpinLine') {
    const pinned = (await (await call(scene, 'pinLine')).json()) as { readonly id: string };
    return { ...scene, lineId: pinned.id };
  }
  return scene;
}

/** What a call has otherwise than the plain one. */
export interface CallChanges {
  readonly name?: string;
  readonly search?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Calls the route with what it asks for. */
export function call(scene: Scene, id: RouteId, changes: CallChanges = {}): Promise<Response> {
  const { method, path } = table[id];
  const address = path
    .replace('{id}', scene.objectId)
    .replace('{organisationId}', '7')
    .replace('{lineId}', scene.lineId)
    .replace('{name}', id.endsWith('Setting') ? 'retentionDays' : 'service_name');
  const body = changes.body ?? bodies[id]?.(scene, changes.name ?? 'mine');
  return scene.server.get(`${address}${changes.search ?? searches[id] ?? ''}`, {
    method,
    headers: { ...(body === undefined ? {} : json), ...changes.headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
