import { pino, type Logger } from 'pino';
import type { Config } from './config.ts';

/** The server's own log, on standard error, so that a command's data on standard output stays clean. */
export function createLogger(config: Config['log']): Logger {
  if (config.format === 'text') {
    return pino({ level: config.level, base: null }, { write: (line) => process.stderr.write(toText(line)) });
  }
  return pino({ level: config.level, base: { service: 'loghunter' } }, pino.destination({ fd: 2, sync: true }));
}

const levelNames: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

// For people at a terminal: time, level, message and the fields behind it.
function toText(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${new Date(Number(time)).toISOString()} ${(levelNames[Number(level)] ?? String(level)).padEnd(5)} ${String(msg)}${rest.join('')}\n`;
}
