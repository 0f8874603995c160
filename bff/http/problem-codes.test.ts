// Made from the route table: a new route is covered when it is added, and a code that no recipe reaches fails.
import { routes, scopes, type ProblemCode, type Route, type RouteId } from '@loghunter/contracts';
import { PortError, type HttpClient } from '@loghunter/ports';
import { Registry } from 'prom-client';
import { beforeAll, describe, expect, test } from 'vitest';
import { generateKey } from '../api-keys/key-format.ts';
import { createBudgetedLogStore } from '../query-budget/budgeted-log-store.ts';
import { createQueryBudget } from '../query-budget/query-budget.ts';
import { createQueryMeter } from '../query-budget/query-meter.ts';
import type { TestServer } from '../testing/test-server.ts';
import { call, createScene, unknownId, withObject, type Scene } from '../testing/valid-calls.ts';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';

// The embedded database takes seconds to open on a busy machine.
beforeAll(async () => void (await openSharedDatabase(crypto.randomUUID())), 120_000);

const table: Readonly<Record<RouteId, Route>> = routes;
const ids = Object.keys(routes) as RouteId[];

/** Makes the server answer a route with a code. */
type Recipe = (id: RouteId) => Promise<Response>;

async function fullScene(id: RouteId): Promise<Scene> {
  return withObject(await createScene(), id);
}

async function plantKey(server: TestServer, planted: readonly string[], hourlyLimit: number | null): Promise<string> {
  const { text, ...kept } = generateKey();
  const facts = { name: 'planted', scopes: planted, hourlyLimit, expiresAtMs: null, createdBy: 'test' };
  await server.apiKeys.createKey(server.tenantId, { ...kept, ...facts });
  return text;
}

const withKey = (key: string) => ({ headers: { 'X-API-Key': key } });

/** The database goes away before it has said whose the key is. */
async function failDatabase(id: RouteId, kind: PortError['kind']): Promise<Response> {
  const scene = await createScene({ role: null });
  const key = await plantKey(scene.server, scopes, null);
  const failure = new PortError({ system: 'postgres', kind, message: 'Postgres is away' });
  Object.assign(scene.server.apiKeys, { findByHash: () => Promise.reject(failure) });
  return call(scene, id, withKey(key));
}

async function failLogs(id: RouteId, kind: PortError['kind']): Promise<Response> {
  const scene = await fullScene(id);
  scene.server.fakeLogs.failWith(new PortError({ system: 'loki', kind, message: `Loki: ${kind}` }));
  return call(scene, id);
}

/** Every query for lines costs more than it may. */
async function leaveNoBudget(id: RouteId): Promise<Response> {
  const scene = await fullScene(id);
  const { tenantId, ledger, clock, fakeLogs } = scene.server;
  const none = { minuteBytes: 1, queryBytes: 1 };
  const settings = {
    ...{ mode: 'enforce' as const, maxConcurrentQueries: 1, maxWaitMs: 0 },
    limits: { people: none, background: none, ai: none },
  };
  const meter = createQueryMeter(new Registry());
  const store = { ...fakeLogs };
  const budget = createQueryBudget({ tenantId, ledger, store, settings, meter, clock, system: 'loki' });
  Object.assign(fakeLogs, createBudgetedLogStore(budget, store, 'people'));
  return call(scene, id);
}

/** The same request twice, with a name that something else has; its answer was shown once where it is a secret. */
async function repeat(id: RouteId): Promise<Response> {
  const scene = await fullScene(id);
  await withObject(scene, id, 'taken');
  const headers = table[id].answersSecret === true ? { 'Idempotency-Key': 'one' } : {};
  await call(scene, id, { headers, name: 'taken' });
  return call(scene, id, { headers, name: 'taken' });
}

const askForNoChange: Recipe = async (id) => {
  const scene = await fullScene(id);
  return call(scene, id, { body: { rule: { kind: 'rename', clusterId: scene.clusterId, title: '' } } });
};

/** Twice at the same time: both see that nobody has made it yet. */
const raceItself: Recipe = async (id) => {
  const scene = await fullScene(id);
  const answers = await Promise.all([call(scene, id), call(scene, id)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  return answers.find(({ status }) => status === 409) ?? Response.error();
};

const fetchTooSoon: Recipe = async (id) => {
  const scene = await createScene();
  const job = (await (await call(scene, 'startExport')).json()) as { readonly id: string };
  return call({ ...scene, objectId: job.id }, id);
};

const refusal = () => Promise.reject(new PortError({ system: 'http', kind: 'rejected', message: 'private address' }));
const refusing: HttpClient = { check: refusal, send: refusal, close: () => Promise.resolve() };

async function failGrafana(id: RouteId, kind: PortError['kind']): Promise<Response> {
  const failure = new PortError({ system: 'grafana', kind, message: `Grafana: ${kind}` });
  const fail = () => Promise.reject(failure);
  const scene = await withObject(await createScene({ annotations: { create: fail, change: fail, find: fail } }), id);
  return call(scene, id);
}

const neverDeclared: Recipe = (id) => Promise.reject(new TypeError(`${id} declares what every route may answer`));

const recipes: Readonly<Record<ProblemCode, Recipe>> = {
  'invalid-request': async (id) => call(await createScene(), id, { search: '?misspelt=1' }),
  'payload-too-large': async (id) => call(await createScene(), id, { search: `?long=${'x'.repeat(9000)}` }),
  unauthenticated: async (id) => call(await createScene({ role: null }), id),
  forbidden: async (id) => {
    const scene = await createScene({ role: null });
    const other = table[id].role === 'viewer' ? 'write' : 'read';
    return call(scene, id, withKey(await plantKey(scene.server, [other], null)));
  },
  'rate-limited': async (id) => {
    const scene = await createScene({ role: null });
    const key = withKey(await plantKey(scene.server, scopes, 1));
    await call(scene, id, key);
    return call(scene, id, key);
  },
  'store-unavailable': (id) => failDatabase(id, 'unavailable'),
  timeout: (id) =>
    table[id].problems.includes('loki-unavailable') ? failLogs(id, 'timeout') : failDatabase(id, 'timeout'),
  'unsupported-media-type': async (id) => call(await createScene(), id, { headers: { 'Content-Type': 'text/plain' } }),
  'idempotency-key-reused': async (id) => {
    const scene = await fullScene(id);
    const headers = { 'Idempotency-Key': 'one' };
    expect((await call(scene, id, { headers, name: 'another' })).status).toBeLessThan(300);
    return call({ ...scene, objectId: unknownId }, id, { headers });
  },
  'not-found': async (id) => {
    const scene = await createScene();
    const search = id === 'compareClusters' ? { search: `?deploy=${unknownId}` } : {};
    return call({ ...scene, clusterId: unknownId, tenantId: unknownId, webhookId: unknownId }, id, search);
  },
  'loki-unavailable': (id) => failLogs(id, 'unavailable'),
  'loki-query-failed': (id) => failLogs(id, 'rejected'),
  'not-supported': async (id) => {
    if (id === 'startExplanation') {
      return call(await withObject(await createScene({ modelVariables: { LOGHUNTER_MODELS: 'false' } }), id), id);
    }
    if (id === 'annotateInvestigation') {
      return call(await withObject(await createScene({ annotations: null }), id), id);
    }
    return ['createWebhook', 'createChannel', 'changeChannel'].includes(id)
      ? call(await createScene({ webhookKey: null }), id)
      : failLogs(id, 'not-supported');
  },
  'grafana-unavailable': (id) => failGrafana(id, 'unavailable'),
  'grafana-failed': (id) => failGrafana(id, 'rejected'),
  'query-rejected': leaveNoBudget,
  'rule-refused': askForNoChange,
  'address-refused': async (id) => call(await createScene({ http: refusing }), id),
  conflict: async (id) =>
    id === 'createClusterRule'
      ? raceItself(id)
      : id === 'downloadExport' || id === 'deleteExport'
        ? fetchTooSoon(id)
        : repeat(id),
  internal: neverDeclared,
  'method-not-allowed': neverDeclared,
};

const pairs = ids.flatMap((id) => table[id].problems.map((code) => [id, code] as const));

test.each(ids)('%s answers the plain call, so that what a recipe changes decides', async (id) => {
  const response = await call(await fullScene(id), id);
  await response.body?.cancel();
  expect(response.status).toBe(table[id].status ?? 200);
});

describe('every problem that a route declares', () => {
  test.each(pairs)('%s can answer %s', async (id, code) => {
    const response = await recipes[code](id);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code });
  });
});
