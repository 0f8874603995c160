import { z } from 'zod';
import { ModelProviderName } from './model-providers.ts';
import { Instant, Timestamp } from './time.ts';

/** One call of a language model: written down before it is made, completed when it ended. */
export const EgressEntry = z
  .object({
    id: z.uuid(),
    startedAt: Timestamp,
    finishedAt: Timestamp.nullable().describe('Null: under way, or its server died'),
    purpose: z.enum(['explanation', 'provider-test']),
    outcome: z
      .string()
      .describe('`sending`, `answered`, or why it failed; a call that failed may have been received all the same'),
    provider: ModelProviderName,
    model: z.string(),
    destination: z.string().describe('Host and port'),
    leftInstallation: z.boolean(),
    textHash: z.string().describe('SHA-256 of the text that was sent'),
    sizeBytes: z.number().int().describe('Of the text'),
    redactions: z.array(z.object({ kind: z.string(), count: z.number().int() })),
    inputTokens: z.number().int().describe('As the provider counted; estimated until it has'),
    outputTokens: z.number().int().describe('As the provider counted; the most that it may be until it has'),
    isEstimate: z.boolean().describe('The tokens are not counted by the provider'),
    costUsd: z.number().nullable().describe('Null: nobody has said what the model costs'),
    actor: z.string(),
    subjectId: z.string().nullable().describe('The explanation; null for a test'),
  })
  .meta({ id: 'EgressEntry' });
export type EgressEntry = z.infer<typeof EgressEntry>;

/** Path parameter of an entry. */
export const EgressParams = z.object({ id: z.uuid() });
export type EgressParams = z.infer<typeof EgressParams>;

/** Query of what went out. */
export const ListEgressRequest = z.object({
  since: Instant.optional().describe('Start, included. Default: 30 days ago'),
  until: Instant.optional().describe('End, excluded. Default: now'),
  provider: ModelProviderName.optional(),
  leftInstallation: z
    .enum(['true', 'false'])
    .optional()
    .describe('Only calls that left the installation, or only those that did not'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type ListEgressRequest = z.infer<typeof ListEgressRequest>;

/** Sums over calls to one destination. */
export const EgressTotal = z
  .object({
    provider: ModelProviderName,
    destination: z.string(),
    leftInstallation: z.boolean(),
    callCount: z.number().int(),
    sizeBytes: z.number().int(),
    inputTokens: z.number().int(),
    outputTokens: z.number().int(),
    costUsd: z.number().describe('Of the calls whose price is known'),
  })
  .meta({ id: 'EgressTotal' });
export type EgressTotal = z.infer<typeof EgressTotal>;

/** What went out in a range: every call, the newest first, and sums over all of them. */
export const ListEgressResponse = z
  .object({
    since: Timestamp,
    until: Timestamp,
    totals: z.array(EgressTotal).describe('By destination, over the whole range'),
    leftInstallationCount: z.number().int().describe('0: nothing has left the installation in the range'),
    entries: z.array(EgressEntry),
  })
  .meta({ id: 'ListEgressResponse' });
export type ListEgressResponse = z.infer<typeof ListEgressResponse>;

/** One call with the exact text that was sent: redacted, as it left. */
export const GetEgressEntryResponse = z
  .object({ entry: EgressEntry, text: z.string() })
  .meta({ id: 'GetEgressEntryResponse' });
export type GetEgressEntryResponse = z.infer<typeof GetEgressEntryResponse>;
