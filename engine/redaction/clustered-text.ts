/*
 * What clustering sees of a text. A value that is several words to the masks of templates, such as "correct horse" after
 * `password=`, would leave pieces of itself in a signature; so the text goes to the masks without it. For most texts
 * that changes nothing, and that is told without redacting them.
 */
import { withAnyDigit } from './any-digit.ts';
import { mayHoldEncodedText } from './base64-text.ts';
import { contextRules } from './context-rules.ts';
import { credentialRules } from './credential-rules.ts';
import { composedView, decodedView, unwrappedViews } from './decoded-view.ts';
import { createRuleTable, type RuleTable } from './find-matches.ts';
import { personalRules } from './personal-rules.ts';
import { redact } from './redact.ts';
import type { RedactionRule } from './rule.ts';
import { serviceTokenRules } from './service-token-rules.ts';

/**
 * Rules whose values are one variable to the masks of templates, as their placeholders are, where nothing but blanks and
 * common punctuation touches them; held by private-clusters.test.ts in engine/fingerprints.
 */
const maskedRuleNames: ReadonlySet<string> = new Set([
  'email',
  'ipv4',
  'ipv6',
  'ipv6-full',
  'mac',
  'card',
  'social-security-number',
  'brazilian-tax-number',
]);
const cleanBefore = /[\s"'([,;=]/;
const plainAddress = /^\w[\w-]{0,60}(?:\.\w[\w-]{0,60}){0,8}@[A-Za-z]/;
const cleanAfter = /[\s"')\],;:]/;

function tableOf(rules: readonly RedactionRule[]): RuleTable {
  return createRuleTable(rules.map((rule) => ({ ...rule, pattern: withAnyDigit(rule.pattern) })));
}

const tokenRules = [...credentialRules, ...serviceTokenRules];
const tokens = tableOf(tokenRules);
const everything = tableOf([...tokenRules, ...contextRules, ...personalRules]);

// Escapes of printable ASCII characters whose digits say which one; any other escape reads the same whatever the digits.
const escapeWithDigits = /%\d[\dA-Fa-f]|\\(?:u\d{3}[\dA-Fa-f]|x\d[\dA-Fa-f])|&#[\dx]/;

/**
 * The text as clustering sees it: redacted by the built-in rules where the masks of templates would leave something
 * private in a signature or find more words than its placeholder has; the text itself otherwise. Rules of a tenant have
 * no part in it, since ids of clusters must not change with them. The clusters of `redact(text)` are those of the text.
 */
export function clusteredText(text: string): string {
  return mayBePrivate(text) ? redact(text) : text;
}

/**
 * Whether a text may hold something private that the masks of templates do not cover. Depends on everything but which
 * digits stand in the text, so that lines of one shape are treated alike. Linear in the text's length.
 */
export function mayBePrivate(text: string): boolean {
  if (text.includes('PRIVATE KEY') || escapeWithDigits.test(text) || findsAny(text, everything, text)) {
    return true;
  }
  const once = decodedView(text);
  if (once !== null && (escapeWithDigits.test(once.text) || findsAny(once.text, everything, text, once.places))) {
    return true;
  }
  const twice = once === null ? null : decodedView(once.text);
  if (once !== null && twice !== null && findsAny(twice.text, everything, text, composedView(once, twice).places)) {
    return true;
  }
  return mayHoldEncodedText(text) || unwrappedViews(once?.text ?? text).some((view) => findsAny(view.text, tokens, ''));
}

/** What one rule may match in a text or a view of it. */
interface Candidate {
  readonly rule: RedactionRule;
  readonly value: string;
  readonly match: RegExpExecArray;
  readonly start: number;
  readonly end: number;
}

/**
 * Whether any rule may match, were the digits others.
 * @param places where the units of the text, which is a view then, stand in `original`
 */
function findsAny(text: string, table: RuleTable, original: string, places?: Int32Array): boolean {
  const marks = table.gate.mark(text);
  for (let index = 0; index < marks.length; index++) {
    const rule = marks[index] === 1 ? table.rules[index] : undefined;
    if (rule !== undefined && mayMatch(text, rule, original, places)) {
      return true;
    }
  }
  return false;
}

function mayMatch(text: string, rule: RedactionRule, original: string, places: Int32Array | undefined): boolean {
  const { pattern } = rule;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const value = match.groups?.['value'] ?? match[0];
    const end = match.index + match[0].length;
    const candidate: Candidate = { rule, value, match, start: end - value.length, end };
    if (mayBeAccepted(candidate) && !isMasked(candidate, text, original, places)) {
      return true;
    }
    if (value.length < match[0].length) {
      pattern.lastIndex = candidate.start;
    }
  }
  return false;
}

function mayBeAccepted({ rule: { accepts }, value, match }: Candidate): boolean {
  return accepts === undefined || /\d/.test(value) || accepts(value, match);
}

/** Whether the masks cover the value; what they cover they cover as it is written, not in a view that reads otherwise. */
function isMasked(candidate: Candidate, text: string, original: string, places: Int32Array | undefined): boolean {
  const { rule, value, start, end } = candidate;
  if (!maskedRuleNames.has(rule.name) && !(rule.name === 'iban' && !value.includes(' '))) {
    return false;
  }
  if (rule.name === 'email' && !plainAddress.test(value)) {
    return false;
  }
  if (places !== undefined && original.slice(places[start], places[end]) !== value) {
    return false;
  }
  // Addresses are written as `/10.0.0.7:80` and `10.0.0.0/8`, which the masks know.
  const slash = rule.name === 'ipv4' ? '/' : '';
  const before = text.charAt(start - 1);
  const after = text.charAt(end);
  return (
    (before === '' || before === slash || cleanBefore.test(before)) &&
    (after === '' || after === slash || cleanAfter.test(after))
  );
}
