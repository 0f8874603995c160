import { timingSafeEqual } from 'node:crypto';
import { roles, scopes, type Scope } from '@loghunter/contracts';
import type { ApiKey, ApiKeyStore, Clock } from '@loghunter/ports';
import type { Principal } from '../http/principal.ts';
import { hashKey, isKeyShaped } from './key-format.ts';

/** A key is looked up again after this: a revoked one is refused everywhere within a second. */
const knownMs = 800;
/** Hashes remembered at the same time, found or not. */
const maxKnownKeys = 10_000;

/** Tells whose an API key is. */
export interface KeyAuthenticator {
  /** Null for everything but an active key, whatever is wrong with it. Throws `PortError` when keys cannot be looked up. */
  authenticate(text: string): Promise<Principal | null>;
}

/** What recognising keys needs. */
export interface KeyAuthenticatorParts {
  readonly store: Pick<ApiKeyStore, 'findByHash'>;
  readonly clock: Clock;
  /** Told of every accepted use. */
  readonly observeUse: (key: ApiKey, atMs: number) => void;
}

interface KnownKey {
  readonly found: Promise<ApiKey | null>;
  readonly askedAtMs: number;
}

/** Recognises keys; asks the database at most about once a second for each key. */
export function createKeyAuthenticator({ store, clock, observeUse }: KeyAuthenticatorParts): KeyAuthenticator {
  const known = new Map<string, KnownKey>();

  function find(hash: string): Promise<ApiKey | null> {
    const nowMs = clock.nowMs();
    const entry = known.get(hash);
    if (entry !== undefined && nowMs - entry.askedAtMs < knownMs) {
      return entry.found;
    }
    if (known.size >= maxKnownKeys) {
      known.clear();
    }
    const found = store.findByHash(hash);
    known.set(hash, { found, askedAtMs: nowMs });
    // A failure is nobody's answer: the next request asks again.
    found.catch(() => known.delete(hash));
    return found;
  }

  return {
    async authenticate(text) {
      if (!isKeyShaped(text)) {
        return null;
      }
      const hash = hashKey(text);
      const key = await find(hash);
      const nowMs = clock.nowMs();
      if (key === null || !isSameHash(key.hash, hash) || statusOf(key, nowMs) !== 'active') {
        return null;
      }
      observeUse(key, nowMs);
      return principalOf(key);
    },
  };
}

/** Whether a key is accepted now, and why not. */
export function statusOf(key: ApiKey, nowMs: number): 'active' | 'expired' | 'revoked' {
  if (key.revokedAtMs !== null) {
    return 'revoked';
  }
  return key.expiresAtMs !== null && key.expiresAtMs <= nowMs ? 'expired' : 'active';
}

/** The scopes of a key; words that this version does not know are none. */
export function scopesOf(key: Pick<ApiKey, 'scopes'>): readonly Scope[] {
  return scopes.filter((scope) => key.scopes.includes(scope));
}

function principalOf(key: ApiKey): Principal {
  const given = scopesOf(key);
  const highest = Math.max(0, ...given.map((scope) => scopes.indexOf(scope)));
  return {
    tenantId: key.tenantId,
    actor: { kind: 'api-key', id: key.id, name: key.name },
    role: roles[highest] ?? 'viewer',
    scopes: given,
    ...(key.hourlyLimit === null ? {} : { hourlyLimit: key.hourlyLimit }),
  };
}

function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
