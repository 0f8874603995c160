import { roles, scopes, type NewApiKeyResponse, type RequestOf } from '@loghunter/contracts';
import { requireRole } from '../http/principal.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { noSuchKey, presentApiKey, refuseHigherLimit, type ApiKeyFeature } from './api-key-feature.ts';
import { scopesOf } from './authenticate-key.ts';
import { generateKey } from './key-format.ts';

const defaultGraceSeconds = 3600;

/** Replaces a key that may no more than the caller; one that would have ended gets a successor that lives as long as it did. */
export async function rotateApiKey(
  feature: ApiKeyFeature,
  request: RequestOf<'rotateApiKey'>,
  { principal }: CallContext
): Promise<NewApiKeyResponse> {
  const { apiKeys, tenantId, clock } = feature;
  const old = (await apiKeys.listKeys(tenantId)).find((key) => key.id === request.id);
  if (old === undefined) {
    throw noSuchKey(request.id);
  }
  for (const scope of scopesOf(old)) {
    requireRole(principal, roles[scopes.indexOf(scope)] ?? 'operator');
  }
  refuseHigherLimit(principal, old.hourlyLimit);
  const nowMs = clock.nowMs();
  const { text, ...kept } = generateKey();
  const expiresAtMs = old.expiresAtMs === null ? null : nowMs + (old.expiresAtMs - old.createdAtMs);
  const endsAtMs = nowMs + (request.graceSeconds ?? defaultGraceSeconds) * 1000;
  const successor = { ...kept, expiresAtMs, createdBy: principal.actor.name };
  const key = await apiKeys.rotateKey(tenantId, old.id, successor, endsAtMs);
  if (key === null) {
    throw noSuchKey(request.id);
  }
  return { apiKey: presentApiKey(key, nowMs), key: text };
}
