import { scopes } from '@loghunter/contracts';
import type { ApiKeyStore } from '@loghunter/ports';
import { generateKey } from '../api-keys/key-format.ts';

/** Makes the first key of an installation, with every scope; null when the tenant has or had a key. */
export async function createBootstrapKey(apiKeys: ApiKeyStore, tenantId: string): Promise<string | null> {
  if ((await apiKeys.listKeys(tenantId)).length > 0) {
    return null;
  }
  const { text, ...kept } = generateKey();
  await apiKeys.createKey(tenantId, {
    ...kept,
    name: 'bootstrap',
    scopes,
    hourlyLimit: null,
    expiresAtMs: null,
    createdBy: 'the first start',
  });
  return text;
}
