import type { Clock, PublicKey, SigningKeys } from '@loghunter/ports';
import { importJWK, type CryptoKey } from 'jose';

/** Keys change monthly and old ones stay for 30 days: an hour is often enough to look for keys that were withdrawn. */
const refreshMs = 3_600_000;
/** Grafana is asked no more often, however many unknown keys are named. */
const minPauseMs = 60_000;
/** More than this is no set of keys of Grafana. */
const maxKeys = 50;

/** Grafana's keys by their id. */
export interface KnownKeys {
  /** Null for an id that Grafana does not know, as far as can be told now. Never rejects. */
  find(keyId: string): Promise<CryptoKey | null>;
}

/** What knowing keys needs. */
export interface KnownKeysParts {
  readonly source: SigningKeys;
  readonly clock: Clock;
  readonly observeFailure: (error: unknown) => void;
}

/** Remembers keys; they stay in use while Grafana is away. */
export function createKnownKeys({ source, clock, observeFailure }: KnownKeysParts): KnownKeys {
  let keys: ReadonlyMap<string, CryptoKey> = new Map();
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let fetchedAtMs = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> = Promise.resolve();

  async function fetchKeys(): Promise<void> {
    try {
      keys = await importKeys(await source.fetchKeys());
      fetchedAtMs = triedAtMs;
    } catch (error) {
      observeFailure(error);
    }
  }

  function fetchUnlessTooSoon(): Promise<void> {
    const nowMs = clock.nowMs();
    if (nowMs - triedAtMs >= minPauseMs) {
      triedAtMs = nowMs;
      fetching = fetchKeys();
    }
    return fetching;
  }

  return {
    async find(keyId) {
      const known = keys.get(keyId);
      if (known === undefined) {
        await fetchUnlessTooSoon();
        return keys.get(keyId) ?? null;
      }
      if (clock.nowMs() - fetchedAtMs >= refreshMs) {
        void fetchUnlessTooSoon();
      }
      return known;
    },
  };
}

async function importKeys(found: readonly PublicKey[]): Promise<ReadonlyMap<string, CryptoKey>> {
  const keys = new Map<string, CryptoKey>();
  for (const { kid, kty, crv, x, y, alg = 'ES256' } of found.slice(0, maxKeys)) {
    // ES256 only: a key of another kind would open another door.
    if (typeof kid === 'string' && kty === 'EC' && crv === 'P-256' && alg === 'ES256') {
      const imported = await importKey(x, y);
      if (imported !== null) {
        keys.set(kid, imported);
      }
    }
  }
  return keys;
}

// One key that is none must not cost the others.
async function importKey(x: unknown, y: unknown): Promise<CryptoKey | null> {
  try {
    const key = await importJWK({ kty: 'EC', crv: 'P-256', x: String(x), y: String(y) }, 'ES256');
    return key instanceof Uint8Array ? null : key;
  } catch {
    return null;
  }
}
