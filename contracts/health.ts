import { z } from 'zod';
import { Timestamp } from './time.ts';

/** State of one thing that the server needs. */
export const ComponentHealth = z
  .object({
    name: z.enum(['database', 'loki', 'cache', 'scanner']),
    status: z.enum(['ok', 'degraded', 'unavailable', 'off']),
    detail: z.string().describe('One sentence for an administrator; empty when there is nothing to say'),
  })
  .meta({ id: 'ComponentHealth' });
export type ComponentHealth = z.infer<typeof ComponentHealth>;

/** State of the server and of each thing it needs. */
export const GetHealthResponse = z
  .object({
    status: z
      .enum(['ok', 'degraded', 'unavailable'])
      .describe('The worst of the components; the cache and Loki only degrade'),
    version: z.string(),
    target: z.enum(['all', 'api', 'worker', 'scanner']),
    storage: z.enum(['postgres', 'pglite']),
    logStore: z.enum(['loki', 'embedded']),
    startedAt: Timestamp,
    readUpTo: Timestamp.nullable().describe(
      'The scanner has read everything before this; null when it has read nothing'
    ),
    components: z.array(ComponentHealth),
  })
  .meta({ id: 'GetHealthResponse' });
export type GetHealthResponse = z.infer<typeof GetHealthResponse>;

/** Said by a process that answers at all. */
export const GetLivenessResponse = z.object({ status: z.literal('ok') }).meta({ id: 'GetLivenessResponse' });
export type GetLivenessResponse = z.infer<typeof GetLivenessResponse>;
