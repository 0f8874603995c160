/** What a number counts: nothing in particular, milliseconds, bytes or per cent. */
export type MeasureUnit = 'none' | 'ms' | 'bytes' | 'percent';

/** A number with its unit. */
export interface MeasuredValue {
  readonly amount: number;
  readonly unit: MeasureUnit;
}

const shape =
  /^([-+]?(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,18})?(?:\.\d{1,18})?(?:e[-+]?\d{1,3})?) ?([a-zA-Z\u00b5\u03bc]{0,12}|%)$/i;

const milliseconds: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  '\u00b5s': 1e-3,
  '\u03bcs': 1e-3,
  ms: 1,
  msec: 1,
  millis: 1,
  milliseconds: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  mins: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hours: 3_600_000,
};

// As log lines use them: KB is 1024 for some and 1000 for others; the 2 % difference is within the quantiles' error.
const bytes: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1000,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1_048_576,
  gib: 1_073_741_824,
  tib: 1_099_511_627_776,
};

/** Returns the number that a value is, durations in milliseconds and sizes in bytes; null for anything else. */
export function readMeasuredValue(value: string): MeasuredValue | null {
  const match = value.length <= 60 ? shape.exec(value.trim()) : null;
  const digits = match?.[1]?.replaceAll(',', '') ?? '';
  const amount = digits === '' ? NaN : Number(digits);
  if (match === null || !Number.isFinite(amount)) {
    return null;
  }
  const name = (match[2] ?? '').toLowerCase();
  if (name === '') {
    return { amount, unit: 'none' };
  }
  if (name === '%') {
    return { amount, unit: 'percent' };
  }
  // A capital M is a size in some logs and a minute in none.
  const factorMs = match[2] === 'M' ? undefined : milliseconds[name];
  if (factorMs !== undefined) {
    return { amount: amount * factorMs, unit: 'ms' };
  }
  const factorBytes = bytes[name];
  return factorBytes === undefined ? null : { amount: amount * factorBytes, unit: 'bytes' };
}
