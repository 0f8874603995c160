// Numbers as Loki reads them out of labels: Go's floating-point numbers and durations, sizes of the humanize package.

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const special = /^([+-]?)(?:inf(?:inity)?|(nan))$/i;

/** Reads a number; null when the text is none or too large. */
export function parseNumber(text: string): number | null {
  if (decimal.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : null;
  }
  const named = special.exec(text);
  if (named === null) {
    return null;
  }
  return named[2] === undefined ? (named[1] === '-' ? -Infinity : Infinity) : named[1] === '' ? Number.NaN : null;
}

const nsPerUnit: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const durationText = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const durationPiece = /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g;

/** Reads a duration such as `1h30m` or `1.5s` as nanoseconds; null when the text is none. */
export function parseGoDuration(text: string): bigint | null {
  const match = durationText.exec(text);
  if (match === null) {
    return /^[+-]?0$/.test(text) ? 0n : null;
  }
  let totalNs = 0n;
  for (const [, whole = '', fraction = '', unit = 'ns'] of (match[2] ?? '').matchAll(durationPiece)) {
    const sizeNs = nsPerUnit[unit] ?? 1n;
    totalNs += BigInt(whole || '0') * sizeNs + (BigInt(fraction || '0') * sizeNs) / 10n ** BigInt(fraction.length);
  }
  // Go's time.Duration ends after 292 years.
  return totalNs >= 1n << 63n ? null : match[1] === '-' ? -totalNs : totalNs;
}

const prefixes = 'kmgtpe';

/** Reads a size such as `42MB` (thousands) or `42 MiB` (1024s) as bytes; null when the text is none. */
export function parseByteSize(text: string): number | null {
  const match = /^([\d.,]*)\s*([kmgtpe]?)(i?)b?$/i.exec(text.trimEnd());
  const [, digits = '', prefix = '', binary = ''] = match ?? [];
  const amount = match === null ? null : parseNumber(digits.replaceAll(',', ''));
  if (amount === null || (prefix === '' && binary !== '')) {
    return null;
  }
  const size =
    amount * (binary === '' ? 1000 : 1024) ** (prefix === '' ? 0 : prefixes.indexOf(prefix.toLowerCase()) + 1);
  return size >= 2 ** 64 ? null : Math.floor(size);
}
