// Labels, whose name says what their value is, as a key does in a line.
import { placeholderSource } from './placeholders.ts';

type LabelSet = Readonly<Record<string, string>>;

// Rules for quoted values take no more.
const longestQuoted = 500;
// What would end a value in quotes, or keep it from being one.
const endsQuotedValue = /^<|["'`\\\r\n]/g;
const wholePlaceholder = new RegExp(`^${placeholderSource}$`);
const placeholders = new RegExp(placeholderSource, 'g');
const whereabouts: ReadonlySet<string> = new Set(['<ip>', '<mac>', '<user>']);

/**
 * Labels with redacted values: by what a value is, and by its name, as `redact` would take it out of `name=value` and of
 * `"name":"value"`. Names stay as they are, and so do values in which nothing is found.
 */
export function redactLabels(labels: LabelSet, redact: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, redactLabel(name, value, redact)]));
}

/**
 * Like {@link redactLabels}, for labels that a line is looked up by in the log store: a value stays in which nothing but
 * addresses of machines and names of home folders are found, since `instance` or `filename` are all that tells some streams apart.
 */
export function redactStreamLabels(labels: LabelSet, redact: (text: string) => string): Record<string, string> {
  const redacted = Object.entries(redactLabels(labels, redact)).map(([name, value]) => {
    const found = value.match(placeholders) ?? [];
    return [name, found.every((text) => whereabouts.has(text)) ? (labels[name] ?? value) : value] as const;
  });
  return Object.fromEntries(redacted);
}

/** The labels that redaction left as they were: what the log store can still be asked by. */
export function unchangedLabels(labels: LabelSet, redacted: LabelSet): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name, value]) => redacted[name] === value));
}

function redactLabel(name: string, value: string, redact: (text: string) => string): string {
  // Alone too: an expression of a tenant may ask for the start of the text.
  const own = redact(value);
  if (own === '' || wholePlaceholder.test(own)) {
    return own;
  }
  const quoted = redact(`"${name}":"${own.slice(0, longestQuoted).replace(endsQuotedValue, '_')}"`);
  const inQuotes = quoted.slice(name.length + 4, -1);
  if (quoted.startsWith(`"${name}":"`) && wholePlaceholder.test(inQuotes)) {
    return inQuotes;
  }
  const assigned = redact(`${name}=${own}`);
  if (assigned.startsWith(`${name}=`)) {
    return assigned.slice(name.length + 1);
  }
  // A tenant's rule took the name, or the name and the value together.
  return assigned.endsWith(`=${own}`) ? own : assigned;
}
