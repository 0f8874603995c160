import { z } from 'zod';
import { ClusterLine, Level } from './clusters.ts';
import { repeated } from './time.ts';

const Name = z.string().max(2048);

/** Which lines are followed: by fields, or by LogQL of one's own. */
export const TailLogsRequest = z.object({
  service: repeated(Name, 50),
  namespace: repeated(Name, 50),
  level: repeated(Level, 7).describe('As LogHunter reads it from the line'),
  text: z.string().max(1000).optional().describe('Part of the line, case ignored'),
  query: z.string().min(1).max(20_000).optional().describe('A log query in LogQL; `text` is not allowed beside it'),
  after: z
    .string()
    .regex(/^\d{1,19}$/)
    .optional()
    .describe(
      '`position` of the last event that was seen; the header Last-Event-ID does the same. Lines of the ten seconds before come again, because lines come late: leave out those whose `id` you have'
    ),
});
export type TailLogsRequest = z.infer<typeof TailLogsRequest>;

/** A line as it came. */
export const TailLine = ClusterLine.extend({
  id: z.string().describe('The same for the same line'),
  service: z.string(),
  namespace: z.string(),
}).meta({ id: 'TailLine' });
export type TailLine = z.infer<typeof TailLine>;

/** Lines that came. */
export const TailEvent = z
  .object({
    position: z
      .string()
      .describe('Time of the newest line so far, nanoseconds since 1970; also the id of the server-sent event'),
    lines: z.array(TailLine).describe('Oldest first; a late line may be older than one before it'),
    isGap: z.boolean().describe('Lines before these were left out, because they were too many'),
  })
  .meta({ id: 'TailEvent' });
export type TailEvent = z.infer<typeof TailEvent>;
