import type { Level } from './level.ts';

/** Every spelling of a level that common loggers write, in lower case. */
const levelOfWord = new Map<string, Level>(
  Object.entries({
    fatal: ['fatal', 'f', 'ftl', 'critical', 'crit', 'c', 'alert', 'emerg', 'emergency', 'panic', 'dpanic', 'crash'],
    error: ['error', 'err', 'e', 'eror', 'severe', 'fail', 'failure', 'fehler'],
    warn: ['warn', 'warning', 'w', 'wrn', 'warnings'],
    info: [
      'info',
      'information',
      'informational',
      'i',
      'inf',
      'notice',
      'note',
      'n',
      'log',
      'default',
      'success',
      'config',
    ],
    debug: ['debug', 'd', 'dbg', 'dbug', 'fine', 'debug1', 'debug2', 'debug3', 'debug4', 'debug5'],
    trace: ['trace', 't', 'trc', 'trce', 'finer', 'finest', 'verbose', 'v', 'vrb', 'silly', 'all'],
  }).flatMap(([level, words]) => words.map((word) => [word, level as Level] as const))
);

/** How a number is to be read as a level. */
export type LevelNumbers = 'pino' | 'syslog' | 'python' | 'otel';

/** Longest spelling that is looked up; longer words are no levels. */
const maxWordLength = 16;

/**
 * Returns the level that a word means, whatever its case and spelling; undefined when it means none.
 * Bare numbers are read by their size: 10 to 60 as pino and bunyan write them, 0 to 7 as syslog severities
 * (RFC 5424); `numbers` says otherwise for loggers that are known.
 */
export function parseLevel(word: string, numbers?: LevelNumbers): Level | undefined {
  if (word.length > maxWordLength) {
    return undefined;
  }
  const trimmed = word.trim();
  if (/^\d{1,3}$/.test(trimmed)) {
    return levelOfNumber(Number(trimmed), numbers);
  }
  const plain = trimmed.toLowerCase();
  return levelOfWord.get(plain);
}

function levelOfNumber(value: number, numbers: LevelNumbers | undefined): Level | undefined {
  switch (numbers ?? (value <= 7 ? 'syslog' : 'pino')) {
    case 'syslog':
      return levelOfSyslogSeverity(value);
    case 'pino':
      return levelByThreshold(value, [60, 50, 40, 30, 20, 10], 60);
    case 'python':
      return levelByThreshold(value, [50, 40, 30, 20, 10, 5], 50);
    case 'otel':
      return levelByThreshold(value, [21, 17, 13, 9, 5, 1], 24);
  }
}

/** Level of a syslog severity 0 (emergency) to 7 (debug), RFC 5424 section 6.2.1. */
export function levelOfSyslogSeverity(severity: number): Level | undefined {
  const levels: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];
  return levels[severity];
}

/** Steps are the smallest numbers of fatal, error, warn, info, debug and trace. */
function levelByThreshold(value: number, steps: readonly number[], largest: number): Level | undefined {
  if (value > largest) {
    return undefined;
  }
  const levels: readonly Level[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];
  const place = steps.findIndex((step) => value >= step);
  return place < 0 ? undefined : levels[place];
}
