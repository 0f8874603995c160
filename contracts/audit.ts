import { z } from 'zod';
import { Instant, Timestamp } from './time.ts';

const filter = {
  actor: z.string().max(500).optional().describe('Id of who did it'),
  action: z.string().max(100).optional().describe('Name of the route or of what the server did by itself'),
  object: z.string().max(500).optional().describe('Id of what it was done to'),
  result: z.string().max(100).optional().describe('`ok`, or the code of the problem it ended with'),
  from: Instant.optional().describe('Start, included'),
  to: Instant.optional().describe('End, excluded'),
};

/** Query of the audit log. */
export const ListAuditEntriesRequest = z.object({
  ...filter,
  before: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .describe('Only entries with a lower sequence: the page after'),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type ListAuditEntriesRequest = z.infer<typeof ListAuditEntriesRequest>;

/** Query of an export of the audit log. */
export const ExportAuditEntriesRequest = z.object(filter);
export type ExportAuditEntriesRequest = z.infer<typeof ExportAuditEntriesRequest>;

/** One action: who did what to what, and how it ended. */
export const AuditEntry = z
  .object({
    sequence: z.number().int().describe("1, 2, 3 and so on in the tenant's chain"),
    occurredAt: Timestamp,
    actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    action: z.string(),
    object: z.object({ kind: z.string(), id: z.string() }),
    result: z.string(),
    requestId: z.string(),
    details: z.record(z.string(), z.unknown()),
    hash: z.string().describe('SHA-256 over this entry and the hash before it'),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Entries, the newest first. */
export const ListAuditEntriesResponse = z
  .object({
    entries: z.array(AuditEntry),
    nextBefore: z.number().int().nullable().describe('`before` of the next page; null when there is none'),
  })
  .meta({ id: 'ListAuditEntriesResponse' });
export type ListAuditEntriesResponse = z.infer<typeof ListAuditEntriesResponse>;
