import type { Level } from '@loghunter/engine/severity';

// OpenTelemetry's SeverityNumber (logs data model, "Field: SeverityNumber"): compares as severity does, and leaves room between.
const numberOfLevel: Readonly<Record<Level, number>> = {
  fatal: 21,
  error: 17,
  warn: 13,
  info: 9,
  debug: 5,
  trace: 1,
  unknown: 0,
};

const levelOfNumber: ReadonlyMap<number, Level> = new Map([
  [21, 'fatal'],
  [17, 'error'],
  [13, 'warn'],
  [9, 'info'],
  [5, 'debug'],
  [1, 'trace'],
]);

/** The number under which tables keep a level. */
export function levelToNumber(level: Level): number {
  return numberOfLevel[level];
}

/** The level of a table's number; `unknown` for every other number. */
export function numberToLevel(number: number): Level {
  return levelOfNumber.get(number) ?? 'unknown';
}
