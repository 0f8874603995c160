import { expect } from 'vitest';
import type { ApiKeyStore, NewApiKey } from '../api-key-store.ts';
import type { ContractCase } from './contract-case.ts';

/** A store with two tenants that may have keys. */
export interface ApiKeysUnderTest {
  readonly keys: ApiKeyStore;
  readonly tenantIds: readonly [string, string];
}

function newKey(change: Partial<NewApiKey> = {}): NewApiKey {
  const hash = Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0'));
  return {
    name: 'a key',
    hash: hash.join(''),
    prefix: 'lhk_abcd',
    lastFour: 'wxyz',
    scopes: ['read', 'write'],
    hourlyLimit: 250,
    expiresAtMs: null,
    createdBy: 'somebody',
    ...change,
  };
}

/** What every {@link ApiKeyStore} does. */
export const apiKeyStoreCases: ReadonlyArray<ContractCase<ApiKeysUnderTest>> = [
  {
    title: 'a key is found by its hash, whosever it is, and listed by its own tenant only',
    async run({ keys, tenantIds: [one, two] }) {
      const wanted = newKey({ expiresAtMs: 1_900_000_000_000 });
      const created = await keys.createKey(one, wanted);
      expect(created).toMatchObject({ ...wanted, tenantId: one, lastUsedAtMs: null, revokedAtMs: null });
      expect(await keys.findByHash(wanted.hash)).toEqual(created);
      expect(await keys.findByHash(newKey().hash)).toBeNull();
      expect(await keys.listKeys(one)).toContainEqual(created);
      expect((await keys.listKeys(two)).map(({ id }) => id)).not.toContain(created.id);
    },
  },
  {
    title: 'a key is revoked once, by its own tenant, and stays listed',
    async run({ keys, tenantIds: [one, two] }) {
      const { id, hash } = await keys.createKey(one, newKey());
      expect(await keys.revokeKey(two, id)).toBeNull();
      const revoked = await keys.revokeKey(one, id);
      expect(revoked?.revokedAtMs).toBeTypeOf('number');
      expect(await keys.revokeKey(one, id)).toEqual(revoked);
      expect(await keys.findByHash(hash)).toEqual(revoked);
    },
  },
  {
    title: 'a rotated key ends when it is told to, and its successor is like it',
    async run({ keys, tenantIds: [one, two] }) {
      const old = await keys.createKey(one, newKey());
      const { hash, prefix, lastFour, createdBy } = newKey({ createdBy: 'rotator' });
      const successor = { hash, prefix, lastFour, createdBy, expiresAtMs: null };
      const endsAtMs = Date.now() + 60_000;
      expect(await keys.rotateKey(two, old.id, successor, endsAtMs)).toBeNull();
      const { name, scopes, hourlyLimit } = old;
      expect(await keys.rotateKey(one, old.id, successor, endsAtMs)).toMatchObject({
        ...{ name, scopes, hourlyLimit, ...successor },
      });
      expect((await keys.findByHash(old.hash))?.expiresAtMs).toBe(endsAtMs);
      await keys.revokeKey(one, old.id);
      expect(await keys.rotateKey(one, old.id, { ...successor, hash: newKey().hash }, endsAtMs)).toBeNull();
    },
  },
  {
    title: 'the time of last use moves forward only',
    async run({ keys, tenantIds: [one, two] }) {
      const { id, hash } = await keys.createKey(one, newKey());
      await keys.noteUses(one, [{ tenantId: one, id, atMs: 2000 }]);
      await keys.noteUses(one, [{ tenantId: one, id, atMs: 1000 }]);
      await keys.noteUses(two, [{ tenantId: two, id, atMs: 3000 }]);
      expect((await keys.findByHash(hash))?.lastUsedAtMs).toBe(2000);
    },
  },
];
