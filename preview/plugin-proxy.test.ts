import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderRouteTemplate } from './plugin-routes.ts';
import { createPreviewServer, type PreviewServer } from './preview-server.ts';

const manifest = {
  id: 'some-app',
  routes: [
    {
      path: 'admin/*',
      reqRole: 'Admin',
      url: '{{ .JsonData.serverUrl }}',
      headers: [{ name: 'X-LogHunter-Scope', content: 'admin' }],
    },
    {
      path: 'bff/*',
      url: '{{ .JsonData.serverUrl }}',
      headers: [{ name: 'Authorization', content: 'Bearer {{ .SecureJsonData.serverSecret }}' }],
    },
  ],
};

interface Seen {
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

let seen: Seen[] = [];
let directory: string;
let preview: PreviewServer;
let address: string;
const upstream = createServer((request, answer) => {
  seen.push({ url: request.url, headers: request.headers });
  answer.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'a=b', server: 'x' }).end('{"fine":true}');
});

beforeEach(async () => {
  seen = [];
  directory = await mkdtemp(join(tmpdir(), 'loghunter-preview-'));
  await writeFile(join(directory, 'plugin.json'), JSON.stringify(manifest));
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const serverUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  preview = await createPreviewServer({ distDirectory: directory, serverSecret: 'the secret' });
  address = await preview.listen(0);
  preview.connect(serverUrl);
});

afterEach(async () => {
  await preview.close();
  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  await rm(directory, { recursive: true });
});

const proxied = '/api/plugin-proxy/some-app/bff/api/v1/x?a=1%2F2&a=3';

test('a call reaches the server with path, query and secret', async () => {
  const answer = await fetch(address + proxied);
  expect(await answer.json()).toEqual({ fine: true });
  expect(seen[0]?.url).toBe('/api/v1/x?a=1%2F2&a=3');
  expect(seen[0]?.headers.authorization).toBe('Bearer the secret');
});

test('what the browser says of itself does not reach the server', async () => {
  await fetch(address + proxied, {
    headers: { cookie: 's=1', authorization: 'Bearer mine', 'x-grafana-id': 'forged' },
  });
  expect(seen[0]?.headers).not.toHaveProperty('cookie');
  expect(seen[0]?.headers['x-grafana-id']).not.toBe('forged');
  expect(seen[0]?.headers.authorization).toBe('Bearer the secret');
});

test('the server gets an identity that the keys of the preview confirm', async () => {
  await fetch(address + proxied, { headers: { cookie: 'loghunter-preview-user=ada:Editor' } });
  const { keys } = (await (await fetch(`${address}/api/signing-keys/keys`)).json()) as { keys: [JsonWebKey] };
  const [head = '', claims = '', signature = ''] = String(seen[0]?.headers['x-grafana-id']).split('.');
  const key = createPublicKey({ key: keys[0], format: 'jwk' });
  const signed = Buffer.from(`${head}.${claims}`);
  const isRight = verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  expect(isRight).toBe(true);
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    iss: `${address}/`,
    aud: ['org:1'],
    name: 'ada',
    role: 'Editor',
  });
});

test.each([
  ['Viewer', 403],
  ['Editor', 403],
  ['Admin', 200],
])('the route for administrators answers a user with the role %s with %d', async (role, status) => {
  const headers = { cookie: `theme=dark; loghunter-preview-user=ada:${role}` };
  const answer = await fetch(`${address}/api/plugin-proxy/some-app/admin/api/v1/x`, { headers });
  expect(answer.status).toBe(status);
});

test('the server cannot set cookies', async () => {
  const answer = await fetch(address + proxied);
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('an address where nobody answers is a bad gateway', async () => {
  await saveSettings({ enabled: true, pinned: true, jsonData: { serverUrl: 'http://127.0.0.1:9' } });
  const answer = await fetch(address + proxied);
  expect(answer.status).toBe(502);
});

test('a secret that was never set arrives as Grafana writes it', () => {
  const values = { JsonData: {}, SecureJsonData: {} };
  expect(renderRouteTemplate('Bearer {{ .SecureJsonData.serverSecret }}', values)).toBe('Bearer <no value>');
});

test('settings without enabled disable the app, as in Grafana', async () => {
  await saveSettings({ secureJsonData: { serverSecret: 'other' } });
  const answer = await fetch(address + proxied);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({ message: 'Plugin is not enabled' });
});

test('stored settings tell of secrets only that they are there', async () => {
  const stored = await (await fetch(`${address}/api/plugins/some-app/settings`)).text();
  expect(JSON.parse(stored).secureJsonFields).toEqual({ serverSecret: true });
  expect(stored).not.toContain('the secret');
});

test('pages of other sites are turned away', async () => {
  const answer = await fetch(address + proxied, { headers: { origin: 'http://elsewhere.example' } });
  expect(answer.status).toBe(403);
  expect(seen).toHaveLength(0);
});

test('files outside the plugin are not served', async () => {
  const answer = await fetch(`${address}/public/plugins/some-app/..%2F..%2Fetc%2Fpasswd`);
  expect(answer.status).toBe(404);
});

async function saveSettings(change: unknown): Promise<void> {
  await fetch(`${address}/api/plugins/some-app/settings`, { method: 'POST', body: JSON.stringify(change) });
}
