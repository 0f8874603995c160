import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** A duration from now or a moment, in milliseconds since 1970; throws a usage error in one line that names the option. */
export function parseUntil(option: string, text: string, nowMs: number = Date.now()): number {
  const duration = /^(\d{1,6})([smhdw])$/.exec(text);
  if (duration !== null) {
    return nowMs + Number(duration[1]) * (unitsMs[duration[2] ?? ''] ?? 0);
  }
  const timeMs = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(timeMs)) {
    throw new CliError(
      exitCodes.usage,
      `${option} ${text}: expected a duration such as 90d or a time such as 2027-01-01T00:00:00Z`
    );
  }
  return timeMs;
}
