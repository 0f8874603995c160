import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A duration before now or a time, in milliseconds since 1970; throws a usage error in one line. */
export function parseSince(text: string, nowMs: number): number {
  const duration = /^(\d{1,6})([smhdw])$/.exec(text);
  if (duration !== null) {
    return nowMs - Number(duration[1]) * (unitsMs[duration[2] ?? ''] ?? 0);
  }
  const isTime = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  // A time without a zone is UTC, as the times in the table are.
  const timeMs = isTime ? Date.parse(/Z$|[+-]\d{2}:\d{2}$|^[\d-]{10}$/.test(text) ? text : `${text}Z`) : Number.NaN;
  if (Number.isNaN(timeMs)) {
    throw new CliError(
      exitCodes.usage,
      `--since ${text}: expected a duration such as 2h or a time such as 2026-11-21T03:00:00Z`
    );
  }
  return timeMs;
}
