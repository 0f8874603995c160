import type { ListApiKeysResponse } from '@loghunter/contracts';
import { presentApiKey, type ApiKeyFeature } from './api-key-feature.ts';

/** Answers the tenant's keys. */
export async function listApiKeys({ apiKeys, tenantId, clock }: ApiKeyFeature): Promise<ListApiKeysResponse> {
  const keys = await apiKeys.listKeys(tenantId);
  return { apiKeys: keys.map((key) => presentApiKey(key, clock.nowMs())) };
}
