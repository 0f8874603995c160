import { maxRangeDays, type TimeRange, type TimeRangeQuery } from '@loghunter/contracts';
import type { MinuteRange, NanosecondRange } from '@loghunter/ports';
import { ProblemError } from './problem-error.ts';

const minuteMs = 60_000;
const defaultRangeMs = 60 * minuteMs;
const maxRangeMs = maxRangeDays * 24 * 60 * minuteMs;
// The latest moment that nanoseconds in 64 bits can hold is in 2262.
const latestMs = 9_223_372_036_000;

/** The whole minutes that a request asks for; throws `ProblemError` `invalid-request`. */
export function readTimeRange(query: TimeRangeQuery, nowMs: number): MinuteRange {
  const toMs = query.to === undefined ? nowMs : readInstant(query.to, 'to');
  const fromMs = query.from === undefined ? toMs - defaultRangeMs : readInstant(query.from, 'from');
  if (fromMs >= toMs) {
    throw invalid('from', 'must be before to');
  }
  // The range of an answer, which is widened to whole minutes, is one that may be asked for.
  if (toMs - fromMs > maxRangeMs + minuteMs) {
    throw invalid('from', `must be at most ${maxRangeDays} days before to`);
  }
  return { fromMs: Math.max(0, Math.floor(fromMs / minuteMs) * minuteMs), toMs: Math.ceil(toMs / minuteMs) * minuteMs };
}

/** Milliseconds since 1970 of a moment in a request; throws `ProblemError` `invalid-request`. */
export function readInstant(text: string, field: string): number {
  const ms = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isFinite(ms) || ms < 0 || ms > latestMs) {
    throw invalid(field, 'must be a moment between 1970 and 2262');
  }
  return ms;
}

/** A moment after now in a body; throws `ProblemError` `invalid-request`. */
export function readFutureInstant(text: string, field: string, nowMs: number): number {
  const ms = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isFinite(ms) || ms <= nowMs || ms > latestMs) {
    const message = 'must be a moment after now and before 2262';
    throw new ProblemError('invalid-request', `body.${field}: ${message}`, {
      errors: [{ path: `body.${field}`, message }],
    });
  }
  return ms;
}

function invalid(field: string, message: string): ProblemError {
  const errors = [{ path: `query.${field}`, message }];
  return new ProblemError('invalid-request', `query.${field}: ${message}`, { errors });
}

/** A moment as answers write it. */
export function toTimestamp(ms: number): string {
  return new Date(ms).toISOString();
}

/** A range as answers write it. */
export function presentRange(range: MinuteRange): TimeRange {
  return { from: toTimestamp(range.fromMs), to: toTimestamp(range.toMs) };
}

/** A range as the log store takes it. */
export function toNanosecondRange(range: MinuteRange): NanosecondRange {
  return { fromNs: BigInt(range.fromMs) * 1_000_000n, toNs: BigInt(range.toMs) * 1_000_000n };
}
