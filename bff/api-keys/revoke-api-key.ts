import type { RequestOf, RevokeApiKeyResponse } from '@loghunter/contracts';
import { noSuchKey, presentApiKey, type ApiKeyFeature } from './api-key-feature.ts';

/** Ends a key. */
export async function revokeApiKey(
  { apiKeys, tenantId, clock }: ApiKeyFeature,
  { id }: RequestOf<'revokeApiKey'>
): Promise<RevokeApiKeyResponse> {
  const key = await apiKeys.revokeKey(tenantId, id);
  if (key === null) {
    throw noSuchKey(id);
  }
  return { apiKey: presentApiKey(key, clock.nowMs()) };
}
