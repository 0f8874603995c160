import { z } from 'zod';
import { Instant } from './time.ts';

/** Body: a query of a person or a program, and the range that it is meant for. */
export const CheckQueryRequest = z.object({
  language: z.enum(['logql', 'promql']),
  query: z.string().min(1).max(20_000),
  namespace: z.array(z.string().min(1).max(2048)).max(50).optional().describe('Only these namespaces may be read'),
  from: Instant.optional().describe('Start, included. Default: one hour before `to`'),
  to: Instant.optional().describe('End, excluded. Default: now'),
});
export type CheckQueryRequest = z.infer<typeof CheckQueryRequest>;

/** What a query would have the log store read. */
export const QueryCost = z
  .object({
    estimatedBytes: z.number().int().min(0).nullable().describe('Null: neither the log store nor the ledger says'),
    limitBytes: z.number().int().min(0).describe('What one query may read'),
    fits: z.boolean(),
    advice: z.string().nullable().describe('What would fit; null when it fits'),
  })
  .meta({ id: 'QueryCost' });
export type QueryCost = z.infer<typeof QueryCost>;

/** Whether the query may run, as it would run. */
export const CheckQueryResponse = z
  .object({
    isAllowed: z.boolean(),
    query: z
      .string()
      .nullable()
      .describe('What would be sent, with the forced matchers in every selector; null: refused'),
    refusals: z.array(
      z.object({
        reason: z.string(),
        message: z.string(),
        position: z
          .number()
          .int()
          .min(0)
          .nullable()
          .describe('Where in the text, in UTF-16 units; null: the whole query'),
      })
    ),
    cost: QueryCost.nullable().describe('Null for a refused query and for PromQL, which has no budget'),
  })
  .meta({ id: 'CheckQueryResponse' });
export type CheckQueryResponse = z.infer<typeof CheckQueryResponse>;
