const unitsNs: ReadonlyArray<readonly [unit: string, sizeNs: bigint]> = [
  ['y', 365n * 86_400_000_000_000n],
  ['w', 7n * 86_400_000_000_000n],
  ['d', 86_400_000_000_000n],
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
  ['us', 1000n],
  ['µs', 1000n],
  ['ns', 1n],
];
const unitSizes = new Map(unitsNs);
// Years, weeks and days are left out: Loki reads them only where no fraction or smaller unit stands beside them.
const printedUnits = unitsNs.filter(([unit]) => ['h', 'm', 's', 'ms', 'us', 'ns'].includes(unit));

const written = /^(-?)((?:\d+(?:\.\d+)?(?:y|w|d|h|ms|m|s|us|µs|ns))+)$/;
const piece = /(\d+)(?:\.(\d+))?(y|w|d|h|ms|m|s|us|µs|ns)/g;

/** Writes a duration of nanoseconds as LogQL does, exactly, in its largest whole unit: `5m`, `1500ms`, `-1ns`. */
export function printDuration(durationNs: bigint): string {
  const magnitudeNs = durationNs < 0n ? -durationNs : durationNs;
  const sign = durationNs < 0n ? '-' : '';
  if (magnitudeNs === 0n) {
    return '0s';
  }
  const [unit, sizeNs] = printedUnits.find(([, candidateNs]) => magnitudeNs % candidateNs === 0n) ?? ['ns', 1n];
  return `${sign}${magnitudeNs / sizeNs}${unit}`;
}

/** Whether a range in brackets may have this length: whole milliseconds above 0, because Prometheus' duration syntax knows no less. */
export function isWritableRange(rangeNs: bigint): boolean {
  return rangeNs > 0n && rangeNs % 1_000_000n === 0n;
}

/** Reads a LogQL duration such as `1h30m` or `-1ns` as nanoseconds; null when it is none. */
export function parseDuration(text: string): bigint | null {
  const match = written.exec(text);
  if (match === null) {
    return null;
  }
  let totalNs = 0n;
  for (const [, whole = '0', fraction = '', unit = 'ns'] of text.matchAll(piece)) {
    const sizeNs = unitSizes.get(unit) ?? 1n;
    totalNs += BigInt(whole) * sizeNs;
    if (fraction !== '') {
      totalNs += (BigInt(fraction) * sizeNs) / 10n ** BigInt(fraction.length);
    }
  }
  return match[1] === '-' ? -totalNs : totalNs;
}
