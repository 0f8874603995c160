import { z } from 'zod';
import { TimeRange } from './time.ts';

const Count = z.number().int().nonnegative();

/** What one user or key did. */
export const ActorUsage = z
  .object({
    kind: z.string().describe('As in the kind of an actor'),
    id: z.string(),
    name: z.string(),
    requestCount: Count.describe('Requests within their limit'),
    weightSum: Count.describe('What they counted against it: expensive requests count more than once'),
    refusedCount: Count.describe('Requests refused as too many'),
  })
  .meta({ id: 'ActorUsage' });
export type ActorUsage = z.infer<typeof ActorUsage>;

/** Usage of the tenant, half a minute behind at most. */
export const GetUsageResponse = z
  .object({
    range: TimeRange.describe('What was asked for, widened to whole hours'),
    actors: z.array(ActorUsage).describe('The most requests first; 1,000 at most'),
  })
  .meta({ id: 'GetUsageResponse' });
export type GetUsageResponse = z.infer<typeof GetUsageResponse>;
