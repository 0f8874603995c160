import { maxRangeDays, type Incident, type TimeRangeQuery } from '@loghunter/contracts';

const minuteMs = 60_000;

const maxRangeMs = maxRangeDays * 24 * 60 * minuteMs;

/**
 * What an incident's figures rest on: from its start, for a minute at least, to its end; of one that is longer than a range may be its last part. By the minute while
 * it goes on, so that nothing is asked for with each tick of the clock.
 */
export function coveredRange(
  { startedAt, endedAt }: Pick<Incident, 'startedAt' | 'endedAt'>,
  nowMs: number
): Required<TimeRangeQuery> {
  const startMs = Date.parse(startedAt);
  const endMs = endedAt === null ? Math.floor(nowMs / minuteMs) * minuteMs : Date.parse(endedAt);
  const toMs = Math.max(startMs + minuteMs, endMs);
  return {
    from: new Date(Math.max(startMs, toMs - maxRangeMs)).toISOString(),
    to: new Date(toMs).toISOString(),
  };
}
