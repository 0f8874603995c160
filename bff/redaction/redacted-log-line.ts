import { redact } from '@loghunter/engine/redaction';

// Where this server listens: its own address is no secret, and a person at a terminal needs it.
const ownAddressField = 'url';
// Shorter ones stand in ordinary words.
const shortestSecret = 4;

/**
 * A line of the server's own log (JSON) without secrets and personal data: the built-in rules, and the configuration's
 * secrets literally, since a password may look like any word.
 * @param secrets what must not be told, however it got into a message
 */
export function redactedLogLine(line: string, secrets: readonly string[]): string {
  const record = JSON.parse(line) as Record<string, unknown>;
  const entries = Object.entries(record).map(([name, value]): [string, unknown] => [
    name,
    name === ownAddressField ? value : redactedValue(value, secrets),
  ]);
  return `${JSON.stringify(Object.fromEntries(entries))}\n`;
}

function redactedValue(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') {
    return redactedText(value, secrets);
  }
  if (Array.isArray(value)) {
    return value.map((item) => redactedValue(item, secrets));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redactedValue(item, secrets)]));
  }
  return value;
}

function redactedText(text: string, secrets: readonly string[]): string {
  let known = text;
  for (const secret of secrets) {
    if (secret.length >= shortestSecret) {
      known = known.replaceAll(secret, '<secret>');
    }
  }
  return redact(known);
}
