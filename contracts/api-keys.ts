import { z } from 'zod';
import { Name } from './identity.ts';
import { scopes } from './routes.ts';
import { Instant, Timestamp } from './time.ts';

/** What a key may do: one word for each role of the route table, and none holds another. */
export const Scope = z.enum(scopes).meta({ id: 'Scope' });
export type Scope = z.infer<typeof Scope>;

/** An API key; the key itself is shown once, when it is made. */
export const ApiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().describe('First characters of the key'),
    lastFour: z.string().describe('Last characters of the key'),
    scopes: z.array(Scope),
    hourlyLimit: z
      .number()
      .int()
      .positive()
      .nullable()
      .describe('Requests an hour; null: the limit of its scopes. Expensive requests count more than once'),
    status: z.enum(['active', 'expired', 'revoked']),
    expiresAt: Timestamp.nullable().describe('Null: never'),
    lastUsedAt: Timestamp.nullable().describe('Null: never used. Half a minute behind at most'),
    createdAt: Timestamp,
    createdBy: z.string(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof ApiKey>;

/** A key of this tenant. */
export const ApiKeyParams = z.object({ id: z.uuid() });

/** All keys of the tenant. */
export const ListApiKeysResponse = z
  .object({ apiKeys: z.array(ApiKey).describe('The newest first; expired and revoked ones stay in the list') })
  .meta({ id: 'ListApiKeysResponse' });
export type ListApiKeysResponse = z.infer<typeof ListApiKeysResponse>;

/** Makes a key. */
export const CreateApiKeyRequest = z.object({
  name: Name,
  scopes: z
    .array(Scope)
    .min(1)
    .max(scopes.length)
    .refine((list) => new Set(list).size === list.length, 'must not name a scope twice')
    .describe('None above the role of whoever makes the key'),
  hourlyLimit: z.number().int().min(1).max(1_000_000).optional(),
  expiresAt: Instant.optional().describe('In the future. Default: never'),
});

/** A key that was just made. */
export const NewApiKeyResponse = z
  .object({ apiKey: ApiKey, key: z.string().describe('The key itself; it is shown this once and kept nowhere') })
  .meta({ id: 'NewApiKeyResponse' });
export type NewApiKeyResponse = z.infer<typeof NewApiKeyResponse>;

/** Replaces a key by a new one of the same scopes and limit. */
export const RotateApiKeyRequest = z.object({
  graceSeconds: z
    .number()
    .int()
    .min(0)
    .max(2_592_000)
    .optional()
    .describe('The old key is accepted this much longer. Default: an hour'),
});

/** Ends a key. */
export const RevokeApiKeyResponse = z.object({ apiKey: ApiKey }).meta({ id: 'RevokeApiKeyResponse' });
export type RevokeApiKeyResponse = z.infer<typeof RevokeApiKeyResponse>;
