import { z } from 'zod';
import { repeated, Timestamp } from './time.ts';

/** What a live event is about. */
export const LiveTopic = z
  .enum(['cluster-work', 'comment', 'incident', 'investigation', 'cluster-rule', 'owner-rule', 'job', 'gap'])
  .describe('gap: events were lost, read everything again')
  .meta({ id: 'LiveTopic' });
export type LiveTopic = z.infer<typeof LiveTopic>;

/** Query of the live stream. */
export const WatchLiveRequest = z.object({
  topic: repeated(LiveTopic, 8).describe('Only these; `gap` comes always. Default: all'),
  after: z
    .string()
    .regex(/^\d{1,16}$/)
    .optional()
    .describe('`position` of the last event that was seen; the header Last-Event-ID does the same'),
  within: z.coerce
    .number()
    .int()
    .min(1)
    .max(3600)
    .optional()
    .describe('Where no position is known: begin with what happened within so many seconds. Default: with what comes'),
});
export type WatchLiveRequest = z.infer<typeof WatchLiveRequest>;

/** Something of the tenant changed. Says what to read again, not how it is now. */
export const LiveEvent = z
  .object({
    position: z.string().describe('Grows; also the id of the server-sent event'),
    topic: LiveTopic,
    ids: z
      .array(z.string())
      .describe(
        'Of what changed: clusters, incidents, investigations, rules, jobs; of a comment its cluster, of a cluster rule also the clusters that it names'
      ),
    at: Timestamp,
  })
  .meta({ id: 'LiveEvent' });
export type LiveEvent = z.infer<typeof LiveEvent>;
