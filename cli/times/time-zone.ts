import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';

/** Where the clocks hung whose times name no zone. */
export interface TimeZone {
  /** The moment (milliseconds since 1970) at which clocks showed `wallMs`, which counts as if it were UTC. */
  toUtcMs(wallMs: number): number;
}

const minuteMs = 60_000;
// No zone changes its offset more often than at a quarter of an hour's start.
const stepMs = 15 * minuteMs;
// Far more than the quarters of an hour that one file's lines come from at a time; bounds memory for files over years.
const maxKnownOffsets = 10_000;

/** Universal time. */
export const utcZone: TimeZone = { toUtcMs: (wallMs) => wallMs };

/**
 * `UTC`, `local` (this machine's zone), an offset such as `+02:00`, or a name such as `Europe/Berlin`. An hour that clocks show twice
 * is taken for one of the two. Throws a usage error in one line.
 */
export function parseTimeZone(text: string): TimeZone {
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (offset !== null && Number(offset[2]) <= 14 && Number(offset[3]) <= 59) {
    const offsetMs = (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) * minuteMs;
    return { toUtcMs: (wallMs) => wallMs - offsetMs };
  }
  if (/^(?:utc|z|gmt)$/i.test(text)) {
    return utcZone;
  }
  const format = offset === null ? openFormat(text) : undefined;
  if (format === undefined) {
    throw new CliError(
      exitCodes.usage,
      `--timezone ${text}: expected UTC, local, an offset such as +02:00 or a name such as Europe/Berlin`
    );
  }
  return createNamedZone(format);
}

function openFormat(name: string): Intl.DateTimeFormat | undefined {
  try {
    const zone = name === 'local' ? {} : { timeZone: name };
    return new Intl.DateTimeFormat('en-US', { ...zone, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
}

function createNamedZone(format: Intl.DateTimeFormat): TimeZone {
  const known = new Map<number, number>();

  function offsetAt(utcMs: number): number {
    const name = format.formatToParts(utcMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const parts = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
    const minutes = parts === null ? 0 : Number(parts[2]) * 60 + Number(parts[3]);
    return (parts?.[1] === '-' ? -minutes : minutes) * minuteMs;
  }

  return {
    toUtcMs(wallMs) {
      const step = Math.floor(wallMs / stepMs);
      let offsetMs = known.get(step);
      if (offsetMs === undefined) {
        // The offset at about that time, then at the moment that follows from it.
        offsetMs = offsetAt(step * stepMs - offsetAt(step * stepMs));
        if (known.size >= maxKnownOffsets) {
          known.clear();
        }
        known.set(step, offsetMs);
      }
      return wallMs - offsetMs;
    },
  };
}
