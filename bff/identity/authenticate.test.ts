import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import type { Clock, PublicKey } from '@loghunter/ports';

import { beforeAll, describe, expect, test } from 'vitest';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';
import { createKnownKeys } from './known-keys.ts';
import { createOrganisationTenants } from './organisation-tenants.ts';
import { createIdentityVerifier } from './verify-identity.ts';
import type { AuthenticatorParts } from './authenticate.ts';
import { generateKey } from '../api-keys/key-format.ts';

const secret = 'the-shared-secret-of-now';
const previous = 'the-shared-secret-before';
const issuer = 'https://grafana.example/';
const nowSeconds = testNowMs / 1000;
const identityAddress = '/api/v1/identity';

interface Grafana {
  readonly signer: CryptoKey;
  readonly keys: PublicKey[];
  fetchCount: number;
}

let grafana: Grafana;
let publicKeyText: string;
beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(pair.publicKey);
  publicKeyText = JSON.stringify(jwk);
  grafana = { signer: pair.privateKey, keys: [{ ...jwk, kid: 'id-1', alg: 'ES256', use: 'sig' }], fetchCount: 0 };
});

interface Token {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly keyId?: string;
  readonly signer?: CryptoKey;
}

function sign({ claims = {}, keyId = 'id-1', signer = grafana.signer }: Token = {}): Promise<string> {
  return new SignJWT({
    ...{ iss: issuer, aud: ['org:1'], sub: 'user:7', iat: nowSeconds, exp: nowSeconds + 600 },
    ...{ name: 'Ada', role: 'Editor', type: 'user', ...claims },
  })
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .sign(signer);
}

function partsOf(server: TestServer, clock: Clock, operators: readonly string[]): AuthenticatorParts['grafana'] {
  const source = {
    fetchKeys() {
      grafana.fetchCount += 1;
      return Promise.resolve(grafana.keys);
    },
  };
  const keys = createKnownKeys({ source, clock, observeFailure: () => undefined });
  return {
    verifier: createIdentityVerifier({ keys, issuer, clock }),
    organisations: createOrganisationTenants({ store: server.tenants, clock, mode: 'mapped' }),
    operators: new Set(operators),
  };
}

/** A server that knows Grafana's users; organisation 1 is its tenant's. */
async function createGrafanaServer(operators: readonly string[] = []): Promise<TestServer> {
  const proxy: { parts: AuthenticatorParts['grafana'] } = { parts: null };
  const server = await createTestServer({
    secrets: [secret],
    role: null,
    grafana: {
      verifier: { verify: (token) => need(proxy.parts).verifier.verify(token) },
      organisations: { findTenantOf: (id) => need(proxy.parts).organisations.findTenantOf(id) },
      operators: new Set(operators),
    },
  });
  proxy.parts = partsOf(server, server.clock, operators);
  await server.tenants.mapOrganisation({ organisationId: 1, tenantId: server.tenantId });
  return server;
}

function need<T>(value: T | null): T {
  if (value === null) {
    throw new TypeError('not ready');
  }
  return value;
}

function throughProxy(token: string, more: Record<string, string> = {}): RequestInit {
  const headers = { Authorization: `Bearer ${secret}`, 'X-LogHunter-Scope': 'user', 'X-Grafana-Context': '{}' };
  return { headers: { ...headers, 'X-Grafana-Id': token, ...more } };
}

async function codeOf(answer: Response): Promise<unknown> {
  return answer.status === 200 ? 'ok' : ((await answer.json()) as { code: unknown }).code;
}

describe('shared secret', () => {
  const headers = (text: string) => ({ headers: { Authorization: text } });

  test.each([secret, previous])('the current and the previous secret are accepted', async (accepted) => {
    const server = await createTestServer({ secrets: [secret, previous] });
    expect((await server.get('/api/v1/clusters', headers(`Bearer ${accepted}`))).status).toBe(200);
  });

  test.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer <no value>',
    `Bearer ${secret}x`,
    `Bearer ${secret.slice(1)}`,
    secret,
    `Basic ${secret}`,
  ])('the header %j is refused: 401 for a direct call, 403 through Grafana', async (header) => {
    const server = await createTestServer({ secrets: [secret] });
    const direct = await server.get('/api/v1/clusters', headers(header));
    expect(direct.headers.get('WWW-Authenticate')).toBe('Bearer realm="loghunter"');
    expect([direct.status, await codeOf(direct)]).toEqual([401, 'unauthenticated']);
    for (const mark of ['X-Grafana-Id', 'X-Grafana-Context', 'X-LogHunter-Scope']) {
      const proxied = await server.get('/api/v1/clusters', { headers: { Authorization: header, [mark]: 'user' } });
      expect([proxied.status, await codeOf(proxied)]).toEqual([403, 'forbidden']);
      expect(proxied.headers.get('WWW-Authenticate')).toBeNull();
    }
  });

  test('headers that Grafana does not sign prove nothing', async () => {
    const server = await createTestServer({ secrets: [secret] });
    const forged = {
      'X-Grafana-Context': '{"IsGrafanaAdmin":true}',
      'X-Grafana-User': 'admin',
      'X-WEBAUTH-USER': 'admin',
    };
    expect((await server.get('/api/v1/clusters', { headers: forged })).status).toBe(403);
  });

  test('without a known Grafana whoever has the secret has the set role, also over the proxy, whatever the headers say', async () => {
    const server = await createTestServer({ secrets: [secret], role: 'viewer' });
    const proxied = {
      Authorization: `Bearer ${secret}`,
      'X-LogHunter-Scope': 'user',
      'X-Grafana-Context': '{"OrgRole":"Admin","IsGrafanaAdmin":true}',
      'X-Grafana-Id': await sign({ claims: { role: 'Admin' } }),
    };
    for (const more of [proxied, { Authorization: `Bearer ${secret}` }]) {
      const answer = await server.get(identityAddress, { headers: more });
      expect(await answer.json()).toMatchObject({ actor: { kind: 'installation' }, role: 'viewer' });
    }
  });

  test('unknown addresses below the API need credentials as well', async () => {
    const server = await createTestServer({ secrets: [secret] });
    expect((await server.get('/api/v1/nothing')).status).toBe(401);
  });

  test('liveness and metrics need none', async () => {
    const server = await createTestServer({ secrets: [secret] });
    expect((await server.get('/health')).status).toBe(200);
    expect((await server.get('/metrics')).status).toBe(200);
  });

  test('the embedded Loki is behind credentials, its pushes behind the role editor', async () => {
    const lokiApi = () => Promise.resolve(Response.json({ status: 'success' }));
    const server = await createTestServer({ secrets: [secret], role: 'viewer', lokiApi });
    expect((await server.get('/loki/api/v1/labels')).status).toBe(401);
    const answer = await server.get('/loki/api/v1/labels', headers(`Bearer ${secret}`));
    expect(await answer.json()).toEqual({ status: 'success' });
    const push = await server.get('/loki/api/v1/push', { method: 'POST', ...headers(`Bearer ${secret}`) });
    expect(push.status).toBe(403);
  });

  test("the embedded Loki is not another tenant's", async () => {
    const server = await createTestServer({ role: null, lokiApi: () => Promise.resolve(new Response()) });
    const other = await server.tenants.createTenant('other', null);
    const { text, ...kept } = generateKey();
    const facts = { name: 'k', scopes: ['read'], hourlyLimit: null, expiresAtMs: null, createdBy: 'me' };
    await server.apiKeys.createKey(other.id, { ...kept, ...facts });
    expect((await server.get('/loki/api/v1/labels', headers(`Bearer ${text}`))).status).toBe(403);
  });
});

describe("Grafana's signed identity", () => {
  test('says who calls, for which tenant and with which role', async () => {
    const server = await createGrafanaServer();
    const answer = await server.get(identityAddress, throughProxy(await sign()));
    expect(await answer.json()).toEqual({
      actor: { kind: 'grafana-user', id: 'user:7', name: 'Ada' },
      role: 'editor',
      tenant: { id: server.tenantId, name: 'default' },
    });
  });

  test.each([
    ['Viewer', 'viewer'],
    ['Editor', 'editor'],
    ['Admin', 'admin'],
    ['Operator', 'viewer'],
    ['None', 'viewer'],
    [undefined, 'viewer'],
    [['Admin', 'Viewer'], 'viewer'],
  ])('the role %j of a token makes a %s', async (role, expected) => {
    const server = await createGrafanaServer();
    const token = await sign({ claims: { role } });
    const answer = await server.get(identityAddress, throughProxy(token));
    expect(await answer.json()).toMatchObject({ role: expected });
  });

  test('only users that the configuration names run the installation, whatever the unsigned context says', async () => {
    const server = await createGrafanaServer(['user:1']);
    const overAdmin = { 'X-LogHunter-Scope': 'admin' };
    const context = { ...overAdmin, 'X-Grafana-Context': '{"IsGrafanaAdmin":true,"UserID":1}' };
    const other = await sign({ claims: { sub: 'user:2', role: 'Admin' } });
    expect((await server.get('/api/v1/tenants', throughProxy(other, context))).status).toBe(403);
    const named = await sign({ claims: { sub: 'user:1', role: 'Viewer' } });
    expect((await server.get('/api/v1/tenants', throughProxy(named, overAdmin))).status).toBe(200);
  });

  test("what needs an administrator is refused over the users' route, and to those who are none over its own", async () => {
    const server = await createGrafanaServer();
    const open = async (role: string, scope: string) => {
      const headers = throughProxy(await sign({ claims: { role } }), { 'X-LogHunter-Scope': scope });
      return (await server.get('/api/v1/api-keys', headers)).status;
    };
    expect(await open('Admin', 'admin')).toBe(200);
    expect(await open('Admin', 'user')).toBe(403);
    expect(await open('Editor', 'admin')).toBe(403);
  });

  test('an administrator makes keys that may less than they, over the route for administrators', async () => {
    const server = await createGrafanaServer();
    const { headers } = throughProxy(await sign({ claims: { role: 'Admin' } }), {
      'X-LogHunter-Scope': 'admin',
      'Content-Type': 'application/json',
    });
    const make = (scope: string) =>
      server.get('/api/v1/api-keys', {
        method: 'POST',
        ...(headers === undefined ? {} : { headers }),
        body: JSON.stringify({ name: 'a', scopes: [scope] }),
      });
    expect((await make('read')).status).toBe(201);
    expect((await make('operate')).status).toBe(403);
  });

  test('an organisation is the tenant that it is mapped to, and nobody without a mapping', async () => {
    const server = await createGrafanaServer();
    const other = await server.tenants.createTenant('other', null);
    const token = await sign({ claims: { aud: ['org:42'] } });
    expect(await codeOf(await server.get(identityAddress, throughProxy(token)))).toBe('forbidden');
    await server.tenants.mapOrganisation({ organisationId: 42, tenantId: other.id });
    server.clock.advance(5000);
    const answer = await server.get(identityAddress, throughProxy(token));
    expect(await answer.json()).toMatchObject({ tenant: { id: other.id } });
  });

  test.each<[string, () => Promise<string>]>([
    ['no signature', async () => `${(await sign()).split('.').slice(0, 2).join('.')}.`],
    ['another signature', async () => `${(await sign()).slice(0, -6)}AAAAAA`],
    ['alg none', () => Promise.resolve(unsigned({ alg: 'none', kid: 'id-1' }))],
    ['HS256 with the public key as its secret', () => signWithPublicKey()],
    ['another key under a known id', async () => sign({ signer: (await generateKeyPair('ES256')).privateKey })],
    ['an unknown key', () => sign({ keyId: 'id-unknown' })],
    ['another issuer', () => sign({ claims: { iss: 'https://evil.example/' } })],
    ['an issuer without its slash', () => sign({ claims: { iss: issuer.slice(0, -1) } })],
    ['no organisation', () => sign({ claims: { aud: ['grafana'] } })],
    ['two organisations', () => sign({ claims: { aud: ['org:1', 'org:2'] } })],
    ['organisation 0', () => sign({ claims: { aud: ['org:0'] } })],
    ['an organisation that is no number', () => sign({ claims: { aud: ['org:1e3'] } })],
    ['an end in the past', () => sign({ claims: { iat: nowSeconds - 700, exp: nowSeconds - 11 } })],
    ['a start in the future', () => sign({ claims: { iat: nowSeconds + 3600, exp: nowSeconds + 4200 } })],
    ['a start long ago', () => sign({ claims: { iat: nowSeconds - 7200, exp: nowSeconds + 600 } })],
    ['no end', () => sign({ claims: { exp: undefined } })],
    ['not before a later time', () => sign({ claims: { nbf: nowSeconds + 60 } })],
    ['no subject', () => sign({ claims: { sub: '' } })],
    ['a subject with a line break', () => sign({ claims: { sub: 'user:1\nx' } })],
    ['no token', () => Promise.resolve('nonsense')],
    ['a megabyte', () => Promise.resolve('x'.repeat(1_000_000))],
  ])('a token with %s is refused with 403', async (_, token) => {
    const server = await createGrafanaServer();
    const answer = await server.get(identityAddress, throughProxy(await token()));
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'forbidden']);
  });

  test('a good token without the secret, or with a wrong one, is refused', async () => {
    const server = await createGrafanaServer();
    const token = await sign();
    for (const Authorization of ['', 'Bearer <no value>', 'Bearer wrong-wrong-wrong-1']) {
      const answer = await server.get(identityAddress, throughProxy(token, { Authorization }));
      expect([answer.status, await codeOf(answer)]).toEqual([403, 'forbidden']);
    }
  });

  test.each(['', 'admin', 'User', 'user,admin'])(
    'a good token over a route with the scope %j is refused',
    async (scope) => {
      const server = await createGrafanaServer();
      const answer = await server.get(identityAddress, throughProxy(await sign(), { 'X-LogHunter-Scope': scope }));
      expect(answer.status).toBe(403);
    }
  );

  test('the secret without an identity is refused where Grafana is known', async () => {
    const server = await createGrafanaServer();
    const answer = await server.get(identityAddress, { headers: { Authorization: `Bearer ${secret}` } });
    expect(await codeOf(answer)).toBe('unauthenticated');
  });

  test('a token is good until its end and not longer, although it is remembered', async () => {
    const server = await createGrafanaServer();
    const token = await sign();
    expect((await server.get(identityAddress, throughProxy(token))).status).toBe(200);
    server.clock.advance(599_000);
    expect((await server.get(identityAddress, throughProxy(token))).status).toBe(200);
    server.clock.advance(12_000);
    expect((await server.get(identityAddress, throughProxy(token))).status).toBe(403);
  });

  test('a flood of unknown keys asks Grafana once a minute, and known keys go on working', async () => {
    const server = await createGrafanaServer();
    grafana.fetchCount = 0;
    expect((await server.get(identityAddress, throughProxy(await sign()))).status).toBe(200);
    const flood = await Promise.all(Array.from({ length: 200 }, (_, index) => sign({ keyId: `unknown-${index}` })));
    const answers = await Promise.all(flood.map((token) => server.get(identityAddress, throughProxy(token))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
    expect(grafana.fetchCount).toBe(1);
    server.clock.advance(60_000);
    await Promise.all(flood.map((token) => server.get(identityAddress, throughProxy(token))));
    expect(grafana.fetchCount).toBe(2);
    expect((await server.get(identityAddress, throughProxy(await sign()))).status).toBe(200);
  });
});

function unsigned(header: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: issuer, aud: ['org:1'], sub: 'user:7', iat: nowSeconds, exp: nowSeconds + 600, role: 'Admin' };
  return `${encode(header)}.${encode(claims)}.`;
}

function signWithPublicKey(): Promise<string> {
  return new SignJWT({ iss: issuer, aud: ['org:1'], sub: 'user:7', iat: nowSeconds, exp: nowSeconds + 600 })
    .setProtectedHeader({ alg: 'HS256', kid: 'id-1' })
    .sign(new TextEncoder().encode(publicKeyText));
}

describe('a server without a secret', () => {
  test.each([
    [{}, 200],
    [{ Host: '127.0.0.1:3001' }, 200],
    [{ Host: 'localhost', Origin: 'http://localhost:3000' }, 200],
    [{ Host: '[::1]:3001' }, 200],
    [{ Host: 'evil.example:3001' }, 403],
    [{ Host: '127.0.0.1.evil.example' }, 403],
    [{ Host: '127.0.0.1:3001', Origin: 'https://evil.example' }, 403],
    [{ Host: '127.0.0.1:3001', Origin: 'null' }, 403],
  ])('answers this machine, and no browser that another site sends: %j', async (headers, status) => {
    const server = await createTestServer();
    expect((await server.get(identityAddress, { headers })).status).toBe(status);
  });

  test('leaves names to whoever sends a credential', async () => {
    const server = await createTestServer({ secrets: [secret], role: 'viewer' });
    const headers = { Host: 'loghunter.example', Authorization: `Bearer ${secret}` };
    expect((await server.get(identityAddress, { headers })).status).toBe(200);
  });
});
