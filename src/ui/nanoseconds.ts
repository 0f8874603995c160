/** A millisecond is a million nanoseconds: six digits. */
const nanosecondDigits = 6;

/** Milliseconds of a count of nanoseconds since 1970; a double cannot hold the nanoseconds themselves. */
export function nanosecondsToMs(timestampNs: string): number {
  return Number(timestampNs.slice(0, -nanosecondDigits));
}
