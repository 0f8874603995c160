import type { ApiKey as PresentedKey } from '@loghunter/contracts';
import type { ApiKey, ApiKeyStore, Clock } from '@loghunter/ports';
import type { Principal } from '../http/principal.ts';
import { ProblemError } from '../http/problem-error.ts';
import { toTimestamp } from '../http/time-range.ts';
import { scopesOf, statusOf } from './authenticate-key.ts';

/** What the requests about API keys need. */
export interface ApiKeyFeature {
  readonly tenantId: string;
  readonly apiKeys: ApiKeyStore;
  readonly clock: Clock;
}

/** A key as answers show it. */
export function presentApiKey(key: ApiKey, nowMs: number): PresentedKey {
  const toText = (ms: number | null) => (ms === null ? null : toTimestamp(ms));
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    lastFour: key.lastFour,
    scopes: [...scopesOf(key)],
    hourlyLimit: key.hourlyLimit,
    status: statusOf(key, nowMs),
    expiresAt: toText(key.expiresAtMs),
    lastUsedAt: toText(key.lastUsedAtMs),
    createdAt: toTimestamp(key.createdAtMs),
    createdBy: key.createdBy,
  };
}

/**
 * Throws `ProblemError` `forbidden` when a caller with a limit of its own would come to hold a key with a higher one; null: none of its own.
 * Bounds each key and not their number: every key is counted by itself.
 */
export function refuseHigherLimit({ hourlyLimit: own }: Pick<Principal, 'hourlyLimit'>, wanted: number | null): void {
  if (own !== undefined && (wanted === null || wanted > own)) {
    throw new ProblemError('forbidden', `An API key with a limit of ${own} may not make one with a higher limit.`);
  }
}

/** The answer for a key of another tenant and for none. */
export function noSuchKey(id: string): ProblemError {
  return new ProblemError('not-found', `There is no API key ${id}.`);
}
