import { z } from 'zod';
import { Timestamp } from './time.ts';

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
