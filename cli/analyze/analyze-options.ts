import { levelsBySeverity, type Level } from '@loghunter/engine/severity';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseSince } from '../times/since.ts';
import { parseTimeZone, type TimeZone } from '../times/time-zone.ts';

/** Options of `loghunter analyze` as the command line gives them. */
export interface AnalyzeFlags {
  readonly limit: number;
  readonly since?: string;
  readonly level?: string;
  readonly sort: 'count' | 'first' | 'last' | 'level';
  readonly timezone: string;
  readonly follow?: boolean;
  readonly wide?: boolean;
  readonly json?: boolean;
  readonly yaml?: boolean;
}

/** The same, checked and with units. */
export interface AnalyzeOptions {
  readonly limit: number;
  /** Milliseconds since 1970; null for no bound. */
  readonly sinceMs: number | null;
  /** Null for all levels. */
  readonly levels: ReadonlySet<Level> | null;
  readonly sort: AnalyzeFlags['sort'];
  readonly timeZone: TimeZone;
  readonly isFollowing: boolean;
  readonly format: 'table' | 'wide' | 'json' | 'yaml';
}

/** Checks the options; throws a usage error in one line. */
export function parseAnalyzeOptions(flags: AnalyzeFlags, nowMs: number): AnalyzeOptions {
  return {
    limit: flags.limit,
    sinceMs: flags.since === undefined ? null : parseSince(flags.since, nowMs),
    levels: flags.level === undefined ? null : parseLevels(flags.level),
    sort: flags.sort,
    timeZone: parseTimeZone(flags.timezone),
    isFollowing: flags.follow === true,
    format: flags.json === true ? 'json' : flags.yaml === true ? 'yaml' : flags.wide === true ? 'wide' : 'table',
  };
}

function parseLevels(text: string): ReadonlySet<Level> {
  const levels = text.split(',').map((word) => word.trim().toLowerCase());
  const known = new Set<string>(levelsBySeverity);
  const unknown = levels.find((level) => !known.has(level));
  if (unknown !== undefined) {
    throw new CliError(exitCodes.usage, `--level ${unknown}: expected some of ${levelsBySeverity.join(', ')}`);
  }
  return new Set(levelsBySeverity.filter((level) => levels.includes(level)));
}
