import { beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../settings/secret.ts';
import { openSharedDatabase } from '../testing/shared-sql-stores.ts';
import { createScene, type Scene } from '../testing/valid-calls.ts';
import { openSecret, sealSecret } from './sealed-secret.ts';

// The first test is not to wait for the database of all.
beforeAll(() => openSharedDatabase(crypto.randomUUID()), 120_000);

const json = { 'Content-Type': 'application/json' };

async function send(scene: Scene, method: string, path: string, body?: object) {
  const response = await scene.server.get(`/api/v1/${path}`, {
    ...{ method, headers: json },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Readonly<Record<string, unknown>>;
  return { status: response.status, text: JSON.stringify(answer), answer };
}

const slackUrl = 'https://hooks.slack.example/services/T000/B000/verysecretpart';

describe('channels', () => {
  test('never show what is secret again, also not in the audit log', async () => {
    const scene = await createScene();
    const target = { kind: 'slack', secretUrl: slackUrl };
    const made = await send(scene, 'POST', 'channels', { name: 'on call', target });
    const key = { kind: 'pagerduty', secretRoutingKey: 'R0123456789ABCDEF0123456789ABCDE' };
    await send(scene, 'POST', 'channels', { name: 'pager', target: key });
    const { text } = await send(scene, 'GET', 'channels');
    for (const shown of [made.text, text, JSON.stringify(scene.server.auditLog.records)]) {
      expect(shown).not.toMatch(/verysecret|R0123456789/);
    }
    expect(made.answer).toMatchObject({
      channel: { target: { kind: 'slack', host: 'hooks.slack.example', secretEnd: 'part' } },
      secret: null,
    });
  });

  test('get rules that wake nobody by default, and keep the ones that people set', async () => {
    const scene = await createScene();
    const target = { kind: 'webhook', url: 'https://hook.example/' };
    const { answer } = await send(scene, 'POST', 'channels', { name: 'hook', target });
    expect(answer['secret']).toMatch(/^whsec_/);
    const { id, rules } = answer['channel'] as { id: string; rules: object };
    expect(rules).toEqual({ minSeverity: 'HIGH', kinds: [], services: [], quietHours: null, groupSeconds: 30 });
    const quietHours = { timeZone: 'Europe/Vienna', from: '22:00', to: '07:00', exceptFrom: 'CRITICAL' };
    const wanted = { minSeverity: 'LOW', kinds: ['cluster-new'], services: ['cart'], quietHours, groupSeconds: 0 };
    await send(scene, 'PUT', `channels/${id}`, { name: 'hook', rules: wanted, isEnabled: false });
    const { answer: list } = await send(scene, 'GET', 'channels');
    expect(list['channels']).toMatchObject([
      { rules: wanted, isEnabled: false, target: { url: 'https://hook.example/' } },
    ]);
  });

  test('refuse a time zone that does not exist, and another kind of target', async () => {
    const scene = await createScene();
    const target = { kind: 'email', recipients: ['on-call@example.com'] };
    const quietHours = { timeZone: 'Mars/Olympus', from: '22:00', to: '07:00', exceptFrom: null };
    const refused = await send(scene, 'POST', 'channels', { name: 'mail', target, rules: { quietHours } });
    expect(refused).toMatchObject({ status: 400, answer: { code: 'invalid-request' } });
    const { answer } = await send(scene, 'POST', 'channels', { name: 'mail', target });
    const { id } = answer['channel'] as { id: string };
    const other = { name: 'mail', rules: {}, isEnabled: true, target: { kind: 'slack', secretUrl: slackUrl } };
    expect(await send(scene, 'PUT', `channels/${id}`, other)).toMatchObject({ status: 400 });
  });

  test('do not lead to this server itself', async () => {
    const scene = await createScene();
    const target = { kind: 'webhook', url: 'https://loghunter.example/api/v1/alerts/grafana' };
    const refused = await send(scene, 'POST', 'channels', { name: 'loop', target });
    expect(refused).toMatchObject({ status: 422, answer: { code: 'address-refused' } });
  });

  test('say which kinds the operator has not set up', async () => {
    const scene = await createScene({ webhookKey: null });
    const { answer } = await send(scene, 'GET', 'channels');
    const kinds = (answer['unavailableKinds'] as ReadonlyArray<{ kind: string; reason: string }>).map(
      ({ kind, reason }) => [kind, reason.includes('LOGHUNTER_WEBHOOK_KEY')]
    );
    expect(kinds).toEqual(['webhook', 'slack', 'pagerduty'].map((kind) => [kind, true]));
  });
});

describe('a sealed secret', () => {
  const key = new Secret('a key of the installation');
  const scope = { tenantId: 'one', channelId: 'a' };

  test('opens with its key for its channel of its tenant, and nowhere else', () => {
    const sealed = sealSecret(key, scope, slackUrl);
    expect(sealed).not.toContain('verysecret');
    expect(openSecret(key, scope, sealed)).toBe(slackUrl);
    expect(openSecret(new Secret('another key, just as long'), scope, sealed)).toBeNull();
    expect(openSecret(key, { ...scope, channelId: 'b' }, sealed)).toBeNull();
    expect(openSecret(key, { ...scope, tenantId: 'two' }, sealed)).toBeNull();
  });

  test('does not open when a character of it was changed or it was cut', () => {
    const sealed = sealSecret(key, scope, slackUrl);
    for (const place of [4, 20, sealed.length - 3]) {
      const other = sealed[place] === 'A' ? 'B' : 'A';
      expect(openSecret(key, scope, sealed.slice(0, place) + other + sealed.slice(place + 1))).toBeNull();
    }
    expect(openSecret(key, scope, sealed.slice(0, 20))).toBeNull();
    expect(openSecret(key, scope, '')).toBeNull();
  });
});
