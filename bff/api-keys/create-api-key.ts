import { roles, scopes, type NewApiKeyResponse, type RequestOf } from '@loghunter/contracts';
import { requireRole } from '../http/principal.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { readFutureInstant } from '../http/time-range.ts';
import { presentApiKey, refuseHigherLimit, type ApiKeyFeature } from './api-key-feature.ts';
import { generateKey } from './key-format.ts';

/** Makes a key; nobody gives a key more than they may do themselves. */
export async function createApiKey(
  feature: ApiKeyFeature,
  request: RequestOf<'createApiKey'>,
  { principal }: CallContext
): Promise<NewApiKeyResponse> {
  for (const scope of request.scopes) {
    requireRole(principal, roles[scopes.indexOf(scope)] ?? 'operator');
  }
  refuseHigherLimit(principal, request.hourlyLimit ?? null);
  const { text, ...kept } = generateKey();
  const nowMs = feature.clock.nowMs();
  const key = await feature.apiKeys.createKey(feature.tenantId, {
    ...kept,
    name: request.name,
    scopes: request.scopes,
    hourlyLimit: request.hourlyLimit ?? null,
    expiresAtMs: request.expiresAt === undefined ? null : readFutureInstant(request.expiresAt, 'expiresAt', nowMs),
    createdBy: principal.actor.name,
  });
  return { apiKey: presentApiKey(key, nowMs), key: text };
}
