import { z } from 'zod';
import { Instant, repeated, TimeRange, Timestamp } from './time.ts';

/** One thing that LogHunter wants of a Loki. */
export const LogStoreCheck = z
  .object({
    name: z.enum([
      'connection',
      'service-labels',
      'volume',
      'structured-metadata',
      'page-size',
      'query-length',
      'retention',
      'patterns',
    ]),
    status: z
      .enum(['ok', 'degraded', 'unavailable', 'off'])
      .describe('`degraded`: works, with what the detail says missing; `off`: not known, or not there and not needed'),
    detail: z.string().describe('What is so and, unless it is well, what to set in Loki'),
  })
  .meta({ id: 'LogStoreCheck' });
export type LogStoreCheck = z.infer<typeof LogStoreCheck>;

/** Whether the tenant's log store has what LogHunter wants of it. */
export const CheckLogStoreResponse = z
  .object({
    kind: z.enum(['loki', 'embedded']),
    version: z.string().nullable().describe('Null: it does not say'),
    checks: z.array(LogStoreCheck),
  })
  .meta({ id: 'CheckLogStoreResponse' });
export type CheckLogStoreResponse = z.infer<typeof CheckLogStoreResponse>;

/** A set of selectors that is read, and how far. */
export const Watch = z
  .object({
    name: z.string(),
    selectors: z.array(z.string()),
    origin: z
      .enum(['configuration', 'discovery'])
      .describe('Written by whoever runs the installation, or found by the labels that the log store has'),
    readFrom: Timestamp.nullable().describe('Nothing before this has been read; null: nothing has'),
    readUpTo: Timestamp.nullable().describe('Everything before this has been read once; null: nothing has'),
    phase: z
      .enum(['starting', 'catching-up', 'live', 'failing', 'elsewhere'])
      .nullable()
      .describe('Of this process; `elsewhere`: another one reads it. Null: this process does not read'),
    failure: z.string().describe('Why the latest look failed; empty: it did not'),
  })
  .meta({ id: 'Watch' });
export type Watch = z.infer<typeof Watch>;

/** What is read, by name. */
export const ListWatchesResponse = z.object({ watches: z.array(Watch) }).meta({ id: 'ListWatchesResponse' });
export type ListWatchesResponse = z.infer<typeof ListWatchesResponse>;

const Name = z.string().max(2048);

/** Whose patterns are asked for. */
export const ListPatternsRequest = z.object({
  from: Instant.optional().describe('Start, included. Default: one hour before `to`'),
  to: Instant.optional().describe('End, excluded. Default: now'),
  service: repeated(Name, 50),
  namespace: repeated(Name, 50),
});
export type ListPatternsRequest = z.infer<typeof ListPatternsRequest>;

/** A pattern that the log store found. */
export const LogPattern = z
  .object({
    text: z.string().describe('With `<_>` where lines differ'),
    origin: z.literal('loki').describe('Who found it'),
    lineCount: z.number().int().nonnegative().describe('As Loki counts; its patterns are approximate'),
    firstSeen: Timestamp,
    lastSeen: Timestamp,
    clusterId: z
      .uuid()
      .nullable()
      .describe('Where lines of this pattern are counted; null: no cluster is known for it'),
  })
  .meta({ id: 'LogPattern' });
export type LogPattern = z.infer<typeof LogPattern>;

/** Patterns of Loki beside clusters. */
export const ListPatternsResponse = z
  .object({
    range: TimeRange,
    query: z.string().describe('The streams that Loki was asked about'),
    patterns: z.array(LogPattern).describe('Most lines first'),
  })
  .meta({ id: 'ListPatternsResponse' });
export type ListPatternsResponse = z.infer<typeof ListPatternsResponse>;
