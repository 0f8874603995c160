// Takes credentials and personal data out of text. The rules are a table (credential, context, personal); this file runs
// them in windows, so that time stays linear, and until nothing changes, so that redacting twice changes nothing.
import { contextRules } from './context-rules.ts';
import { credentialRules } from './credential-rules.ts';
import { personalRules } from './personal-rules.ts';
import { findPrivateKeys } from './private-keys.ts';
import type { RedactionRule } from './rule.ts';

/** All rules but the one for private-key blocks, in the order in which they run: the surest first. */
export const redactionRules: readonly RedactionRule[] = [...credentialRules, ...contextRules, ...personalRules];

/** A redacted text and what was taken out of it. */
export interface RedactionReport {
  readonly text: string;
  /** How often each rule replaced something; rules that did not are missing. */
  readonly counts: Readonly<Record<string, number>>;
}

// The worst rule of the table costs microseconds on a window of this size.
const windowLength = 8192;
// A window ends at a gap in the text if there is one in its last part.
const cutSearchLength = 2048;
// One pass can uncover what a second one finds (a number beside a replaced address); more than three were never needed.
const maxPassCount = 6;

/**
 * Returns the text with credentials and personal data replaced by placeholders such as `<secret>` or `<email>`.
 * Idempotent; linear in the text's length. Lines keep their number, except inside a private-key block.
 * @example redact('login of bob@example.com from 10.0.0.7') // 'login of <email> from <ip>'
 */
export function redact(text: string): string {
  return redactWithReport(text).text;
}

/** Like {@link redact}, with the number of replacements of each rule. */
export function redactWithReport(text: string): RedactionReport {
  const counts = new Map<string, number>();
  let current = redactPrivateKeys(text, counts);
  for (let pass = 0; pass < maxPassCount; pass += 1) {
    const next = redactWindows(current, counts);
    if (next === current) {
      break;
    }
    current = next;
  }
  return { text: current, counts: Object.fromEntries(counts) };
}

function redactPrivateKeys(text: string, counts: Map<string, number>): string {
  if (!text.includes('PRIVATE KEY')) {
    return text;
  }
  let redacted = '';
  let place = 0;
  for (const [start, length] of findPrivateKeys(text)) {
    redacted += `${text.slice(place, start)}<private-key>`;
    place = start + length;
    count(counts, 'private-key');
  }
  return redacted + text.slice(place);
}

function redactWindows(text: string, counts: Map<string, number>): string {
  if (text.length <= windowLength) {
    return redactWindow(text, counts);
  }
  let redacted = '';
  for (let start = 0; start < text.length;) {
    const end = windowEnd(text, start);
    redacted += redactWindow(text.slice(start, end), counts);
    start = end;
  }
  return redacted;
}

function windowEnd(text: string, start: number): number {
  const limit = start + windowLength;
  if (limit >= text.length) {
    return text.length;
  }
  for (let place = limit; place > limit - cutSearchLength; place -= 1) {
    // Not after `=` or `:`, which would part a key from its value.
    if (text.charCodeAt(place) <= 32 && !/[=:,\s]/.test(text.charAt(place - 1))) {
      return place;
    }
  }
  return limit;
}

function redactWindow(text: string, counts: Map<string, number>): string {
  const lowerCase = text.toLowerCase();
  let current = text;
  for (const rule of redactionRules) {
    if (rule.keywords.length === 0 || rule.keywords.some((keyword) => lowerCase.includes(keyword))) {
      current = applyRule(current, rule, counts);
    }
  }
  return current;
}

function applyRule(text: string, rule: RedactionRule, counts: Map<string, number>): string {
  const { pattern } = rule;
  pattern.lastIndex = 0;
  let redacted = '';
  let place = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const value = match.groups?.['value'] ?? match[0];
    if (rule.accepts !== undefined && !rule.accepts(value, match)) {
      continue;
    }
    // Values stand at the end of their match, or before one closing character.
    const start = match.index + match[0].lastIndexOf(value);
    redacted += text.slice(place, start) + rule.placeholder;
    place = start + value.length;
    count(counts, rule.name);
  }
  return place === 0 ? text : redacted + text.slice(place);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
