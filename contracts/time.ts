import { z } from 'zod';

/** A moment in a request: ISO 8601 with zone, or milliseconds since 1970 as digits. */
export const Instant = z
  .string()
  .regex(
    /^(\d{1,16}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))$/,
    'must be ISO 8601 with a zone, or milliseconds since 1970'
  )
  .meta({ id: 'Instant', examples: ['2026-11-21T03:00:00Z', '1795230000000'] });
export type Instant = z.infer<typeof Instant>;

/** A moment in an answer: ISO 8601 in UTC with milliseconds. */
export const Timestamp = z.iso.datetime({ precision: 3 }).meta({ id: 'Timestamp' });
export type Timestamp = z.infer<typeof Timestamp>;

/** Half-open range [from, to) of a request. Default: the last hour. At most 31 days; `from` before `to`. */
export const TimeRangeQuery = z.object({
  from: Instant.optional().describe('Start, included. Default: one hour before `to`'),
  to: Instant.optional().describe('End, excluded. Default: now'),
});
export type TimeRangeQuery = z.infer<typeof TimeRangeQuery>;

/** Half-open range [from, to) that an answer covers. Counts have a resolution of one minute, so it is widened to whole minutes. */
export const TimeRange = z.object({ from: Timestamp, to: Timestamp }).meta({ id: 'TimeRange' });
export type TimeRange = z.infer<typeof TimeRange>;

/** A query parameter that may be repeated; one value is read as a list of one. */
export function repeated<T extends z.ZodType>(item: T, max: number) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(max).optional()
  );
}
