import { exportJWK, generateKeyPair, generateSecret } from 'jose';
import type { PublicKey } from '@loghunter/ports';
import { createManualClock } from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { createKnownKeys } from './known-keys.ts';

async function publicKey(kid: string): Promise<PublicKey> {
  return { ...(await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey)), kid, alg: 'ES256' };
}

function createKeys() {
  const clock = createManualClock(0);
  const state = { keys: [] as PublicKey[], isAway: false, fetchCount: 0, failureCount: 0 };
  const source = {
    fetchKeys() {
      state.fetchCount += 1;
      return state.isAway ? Promise.reject(new Error('away')) : Promise.resolve(state.keys);
    },
  };
  const observeFailure = () => void (state.failureCount += 1);
  return { clock, state, known: createKnownKeys({ source, clock, observeFailure }) };
}

test('known keys stay in use while Grafana is away, and are asked for again every hour', async () => {
  const { clock, state, known } = createKeys();
  state.keys = [await publicKey('one')];
  expect(await known.find('one')).not.toBeNull();
  state.isAway = true;
  clock.advance(3_600_000);
  expect(await known.find('one')).not.toBeNull();
  expect(await known.find('two')).toBeNull();
  expect([state.fetchCount, state.failureCount]).toEqual([2, 1]);
});

test('a key that Grafana has withdrawn is known for an hour at most', async () => {
  const { clock, state, known } = createKeys();
  state.keys = [await publicKey('old')];
  await known.find('old');
  state.keys = [await publicKey('new')];
  clock.advance(3_600_000);
  await known.find('old');
  expect(await known.find('new')).not.toBeNull();
  expect(await known.find('old')).toBeNull();
});

test('a Grafana that was away at the first try is asked again after a minute', async () => {
  const { clock, state, known } = createKeys();
  state.isAway = true;
  expect(await known.find('one')).toBeNull();
  state.isAway = false;
  state.keys = [await publicKey('one')];
  clock.advance(59_000);
  expect(await known.find('one')).toBeNull();
  clock.advance(1000);
  expect(await known.find('one')).not.toBeNull();
  expect(state.fetchCount).toBe(2);
});

test('keys for other purposes and keys that are none are left out, and cost the others nothing', async () => {
  const { state, known } = createKeys();
  const good = await publicKey('good');
  const rsa = await exportJWK((await generateKeyPair('RS256', { extractable: true })).publicKey);
  const secret = await exportJWK(await generateSecret('HS256', { extractable: true }));
  state.keys = [
    { ...rsa, kid: 'rsa', alg: 'RS256' },
    { ...secret, kid: 'hmac' },
    { ...good, kid: 'es384', alg: 'ES384' },
    { ...good, kid: 'off-curve', x: 'AAAA' },
    { ...good, kid: 7 },
    good,
  ];
  expect(await known.find('good')).not.toBeNull();
  for (const kid of ['rsa', 'hmac', 'es384', 'off-curve', '7']) {
    expect(await known.find(kid)).toBeNull();
  }
});
