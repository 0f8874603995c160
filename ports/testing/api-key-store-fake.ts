import type { ApiKey, ApiKeyStore, NewApiKey } from '../api-key-store.ts';

/** API keys in memory. `nowMs` is the database's clock; default: the real one. */
export function createFakeApiKeyStore(nowMs: () => number = Date.now): ApiKeyStore {
  const keys = new Map<string, ApiKey>();

  function find(tenantId: string, id: string): ApiKey | undefined {
    const key = keys.get(id);
    return key?.tenantId === tenantId ? key : undefined;
  }

  function insert(tenantId: string, wanted: NewApiKey): ApiKey {
    const { name, hash, prefix, lastFour, scopes, hourlyLimit, expiresAtMs, createdBy } = wanted;
    const key: ApiKey = {
      ...{ id: crypto.randomUUID(), tenantId, name, hash, prefix, lastFour, scopes, hourlyLimit, expiresAtMs },
      ...{ createdBy, createdAtMs: nowMs(), lastUsedAtMs: null, revokedAtMs: null },
    };
    keys.set(key.id, key);
    return key;
  }

  function change(key: ApiKey, changes: Partial<ApiKey>): ApiKey {
    const changed = { ...key, ...changes };
    keys.set(key.id, changed);
    return changed;
  }

  return {
    findByHash: (hash) => Promise.resolve([...keys.values()].find((key) => key.hash === hash) ?? null),
    listKeys: (tenantId) => Promise.resolve([...keys.values()].filter((key) => key.tenantId === tenantId).toReversed()),
    createKey: (tenantId, key) => Promise.resolve(insert(tenantId, key)),
    rotateKey(tenantId, id, successor, endsAtMs) {
      const old = find(tenantId, id);
      if (old === undefined || old.revokedAtMs !== null || (old.expiresAtMs ?? Infinity) <= nowMs()) {
        return Promise.resolve(null);
      }
      change(old, { expiresAtMs: Math.min(old.expiresAtMs ?? Infinity, endsAtMs) });
      return Promise.resolve(insert(tenantId, { ...old, ...successor }));
    },
    revokeKey(tenantId, id) {
      const key = find(tenantId, id);
      return Promise.resolve(key === undefined ? null : change(key, { revokedAtMs: key.revokedAtMs ?? nowMs() }));
    },
    noteUses(tenantId, uses) {
      for (const use of uses) {
        const key = find(tenantId, use.id);
        if (key !== undefined) {
          change(key, { lastUsedAtMs: Math.max(key.lastUsedAtMs ?? 0, use.atMs) });
        }
      }
      return Promise.resolve();
    },
  };
}
