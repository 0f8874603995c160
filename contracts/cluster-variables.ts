import { z } from 'zod';
import { LogQuery, TemplatePart } from './clusters.ts';
import { TimeRangeQuery, Timestamp } from './time.ts';

/** Query of a cluster's variables. */
export const ListClusterVariablesRequest = TimeRangeQuery.extend({
  events: z.coerce
    .number()
    .int()
    .min(1)
    .max(5000)
    .optional()
    .describe('Newest events to read values from. Default: 1000'),
  values: z.coerce.number().int().min(1).max(64).optional().describe('Most frequent values to list. Default: 10'),
});
export type ListClusterVariablesRequest = z.infer<typeof ListClusterVariablesRequest>;

/** Numbers at a place. */
export const NumberSummary = z
  .object({
    unit: z.enum(['none', 'ms', 'bytes', 'percent']).describe('Durations are milliseconds, sizes bytes'),
    valueCount: z.number().int().nonnegative(),
    min: z.number(),
    max: z.number(),
    quantiles: z.array(z.object({ ratio: z.number(), value: z.number() })),
    relativeError: z.number().describe('Of the quantiles'),
  })
  .meta({ id: 'NumberSummary' });
export type NumberSummary = z.infer<typeof NumberSummary>;

/** What is known of the values at one place of a template. */
export const ClusterVariable = z
  .object({
    type: z.string().describe('Such as number, ip, path'),
    isPersonal: z.boolean().describe('Values are about people, or secret: listed as pseudonyms only'),
    valueCount: z.number().int().nonnegative(),
    distinctEstimate: z.number().nonnegative(),
    distinctRelativeError: z.number().nonnegative().describe('Standard error of the estimate'),
    topValues: z
      .array(
        z.object({
          value: z.string().describe('At most 120 characters of it; of a pseudonym only within this answer the same'),
          count: z.number().int().nonnegative().describe('At least so often'),
          maxCount: z.number().int().nonnegative().describe('At most so often'),
          isPseudonym: z.boolean(),
        })
      )
      .describe('Most frequent first'),
    numbers: NumberSummary.nullable().describe('Null when no values were numbers'),
  })
  .meta({ id: 'ClusterVariable' });
export type ClusterVariable = z.infer<typeof ClusterVariable>;

/** The variables of a cluster, and which of its events they are taken from. */
export const ListClusterVariablesResponse = z
  .object({
    template: z.array(TemplatePart),
    variables: z.array(ClusterVariable).describe("One per variable place of the template, in the template's order"),
    readEventCount: z.number().int().nonnegative().describe('Events that the values are of: the newest of the range'),
    eventCount: z.number().int().nonnegative().describe('Events of the cluster in the range'),
    oldestRead: Timestamp.nullable().describe('Time of the oldest event read; null when none was'),
    newestRead: Timestamp.nullable(),
    scannedLineCount: z.number().int().nonnegative().describe('Lines read from the log store to find them'),
    isComplete: z.boolean().describe('Whether these are all events of the range'),
    query: LogQuery,
  })
  .meta({ id: 'ListClusterVariablesResponse' });
export type ListClusterVariablesResponse = z.infer<typeof ListClusterVariablesResponse>;
