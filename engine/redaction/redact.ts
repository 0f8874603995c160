// Takes credentials and personal data out of text, with the built-in table of rules and a tenant's own.
import { contextRules } from './context-rules.ts';
import { credentialRules } from './credential-rules.ts';
import { RedactionRuleError } from './errors.ts';
import { createRuleTable } from './find-matches.ts';
import { personalRules } from './personal-rules.ts';
import { placeholderOf, type OwnKind, type PlaceholderKind } from './placeholders.ts';
import type { PrivateKeyState } from './private-keys.ts';
import { serviceTokenRules } from './service-token-rules.ts';
import { rewrite, type RewriteRules, type Rewritten } from './rewrite.ts';
import type { RedactionRule } from './rule.ts';
import { compileTenantRule, maxTenantRuleCount, type TenantRule } from './tenant-rule.ts';

/** All rules but those for private-key blocks and base64, in the order of their rank: the surest first. */
export const redactionRules: readonly RedactionRule[] = [
  ...credentialRules,
  ...serviceTokenRules,
  ...contextRules,
  ...personalRules,
];

const table = createRuleTable(redactionRules);
const credentials = createRuleTable([...credentialRules, ...serviceTokenRules]);

/** A redacted text and what was taken out of it. */
export interface RedactionReport {
  readonly text: string;
  /** How often each rule replaced something; rules that did not are missing. */
  readonly counts: Readonly<Record<string, number>>;
  /**
   * True when a placeholder stands for a whole line or for several: a key block, a line that was nothing but a secret, or
   * a rule of a tenant that reaches that far. Then the text tells less than it did, and its reader should know.
   */
  readonly hasWholeLines: boolean;
}

/** What the entries of a stream so far leave open for the next one; plain data. */
export interface EntryState {
  readonly privateKey: PrivateKeyState;
}

/** State before the first entry of a stream. */
export const firstEntryState: EntryState = Object.freeze({ privateKey: 'none' });

/** Takes credentials and personal data out of text; has no state of its own. */
export interface Redactor {
  /** Returns the text with placeholders such as `<secret>` or `<email>` for what the rules find. */
  redact(text: string): string;
  /** Like `redact`, with what was replaced. */
  redactWithReport(text: string): RedactionReport;
  /**
   * Redacts one entry of a stream, in order: a private key whose lines come as entries of their own goes too.
   * @param state what the entry before returned, `firstEntryState` at first
   */
  redactEntry(text: string, state: EntryState): RedactionReport & { readonly state: EntryState };
}

/** Settings of a redactor. */
export interface RedactorOptions {
  /** The tenant's own rules, at most 50; they run before the built-in ones. */
  readonly tenantRules?: readonly TenantRule[];
}

/** Compiles a tenant's rules into a set that {@link rewrite} takes. */
export function rewriteRulesOf(options: RedactorOptions, substitute: RewriteRules['substitute']): RewriteRules {
  const tenantRules = options.tenantRules ?? [];
  if (tenantRules.length > maxTenantRuleCount) {
    throw new RedactionRuleError(`A tenant may have ${maxTenantRuleCount} rules, not ${tenantRules.length}.`);
  }
  const names = new Set(tenantRules.map((rule) => rule.name));
  if (names.size < tenantRules.length) {
    throw new RedactionRuleError('Two rules of a tenant have the same name.');
  }
  return { table, credentials, tenantRules: tenantRules.map(compileTenantRule), substitute };
}

/**
 * Returns a redactor. Redacting is idempotent and linear in the text's length; lines keep their number, except inside a
 * private-key block. Secrets are also found percent-encoded, base64-encoded, escaped as in JSON or HTML, with digits of
 * other scripts, and broken over lines.
 * @throws RedactionRuleError when a tenant's rule cannot be used
 */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const rules = rewriteRulesOf(options, plainPlaceholder);
  return {
    redact: (text) => rewrite(text, rules, 'none').text,
    redactWithReport: (text) => reportOf(text, rewrite(text, rules, 'none')),
    redactEntry: (text, state) => {
      const rewritten = rewrite(text, rules, state.privateKey);
      return { ...reportOf(text, rewritten), state: { privateKey: rewritten.state } };
    },
  };
}

function plainPlaceholder(kind: PlaceholderKind | OwnKind): string {
  return placeholderOf(kind);
}

const loneValue = /^[^\S\n]*<[a-z]+(?:-[a-z]+)*(?:-\d+)?>[^\S\n]*$/gm;

/** What was taken out of a text, from the text before and after. */
export function reportOf(text: string, rewritten: Rewritten): RedactionReport {
  const hasChanged = rewritten.counts.size > 0;
  return {
    text: rewritten.text,
    counts: Object.fromEntries(rewritten.counts),
    hasWholeLines:
      hasChanged && (lineCount(rewritten.text) < lineCount(text) || loneCount(rewritten.text) > loneCount(text)),
  };
}

function loneCount(text: string): number {
  return text.match(loneValue)?.length ?? 0;
}

function lineCount(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}

const builtIn = createRedactor();

/**
 * Returns the text with credentials and personal data replaced by placeholders such as `<secret>` or `<email>`, by the
 * built-in rules.
 * @example redact('login of bob@example.com from 10.0.0.7') // 'login of <email> from <ip>'
 */
export function redact(text: string): string {
  return builtIn.redact(text);
}

/** Like {@link redact}, with the number of replacements of each rule. */
export function redactWithReport(text: string): RedactionReport {
  return builtIn.redactWithReport(text);
}
