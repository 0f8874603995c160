import { pino, type Logger } from 'pino';
import type { Config } from './config.ts';
import { redactedLogLine } from './redaction/redacted-log-line.ts';
import type { Secret } from './settings/secret.ts';

/** The parts of a configuration that its log needs: how it is written, and what must never be in it. */
export type LogConfig = Pick<Config, 'log' | 'databaseUrl' | 'redisUrl' | 'loki' | 'grafanaSecrets' | 'models'>;

/**
 * The server's own log, without secrets and personal data, on standard error, so that a command's data on standard output
 * stays clean.
 * @param write takes one line with its line break; default: standard error
 */
export function createLogger(config: LogConfig, write: (line: string) => unknown = writeToStandardError()): Logger {
  const secrets = secretsOf(config);
  if (config.log.format === 'text') {
    const toDestination = (line: string): unknown => write(toText(redactedLogLine(line, secrets)));
    return pino({ level: config.log.level, base: null }, { write: toDestination });
  }
  return pino(
    { level: config.log.level, base: { service: 'loghunter' } },
    { write: (line) => write(redactedLogLine(line, secrets)) }
  );
}

function writeToStandardError(): (line: string) => unknown {
  const destination = pino.destination({ fd: 2, sync: true });
  return (line) => destination.write(line);
}

/** Every secret of the configuration in the forms that a message may hold; of an address its password only. */
function secretsOf({ databaseUrl, redisUrl, loki, grafanaSecrets, models }: LogConfig): readonly string[] {
  const auth = loki?.auth ?? null;
  return [
    ...[databaseUrl, redisUrl].flatMap(passwordsOf),
    ...grafanaSecrets.map((secret) => secret.reveal()),
    ...[...models.providers.values()].flatMap(({ apiKey }) => (apiKey === null ? [] : [apiKey.reveal()])),
    ...(auth === null ? [] : [(auth.kind === 'basic' ? auth.password : auth.token).reveal()]),
  ];
}

function passwordsOf(address: Secret | null): readonly string[] {
  const text = address?.reveal() ?? '';
  if (!URL.canParse(text)) {
    return [text];
  }
  const { password } = new URL(text);
  return [password, decodeURIComponent(password)];
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
