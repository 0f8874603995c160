import { RE2JS } from 're2js';
import { compileExpression } from '../logql/compile-expression.ts';
import { RedactionRuleError } from './errors.ts';
import { withoutOverlaps, type RedactionMatch } from './find-matches.ts';
import { maxRuleNameLength, placeholderSource, type OwnKind } from './placeholders.ts';

/** A tenant's own rule, as it is stored: plain data that survives JSON. */
export interface TenantRule {
  /** Words of lower-case letters with dashes between them, at most 40 characters; shown as `<own-NAME>`. */
  readonly name: string;
  /** A text as it stands, or an expression in RE2's syntax, which takes linear time on any input. */
  readonly form: 'literal' | 'expression';
  /** 1 to 500 characters. */
  readonly pattern: string;
  /** Whether letters match in both cases; default false. */
  readonly ignoresCase?: boolean | undefined;
}

/** A rule that was checked, or what is wrong with it, in words for the person who wrote it. */
export type TenantRuleCheck = { readonly kind: 'usable' } | { readonly kind: 'refused'; readonly reason: string };

/** A tenant's rule, compiled. */
export interface CompiledTenantRule {
  readonly ruleName: OwnKind;
  readonly expression: RE2JS;
}

/** What a rule would take out of one line; places are UTF-16 units, `end` is exclusive. */
export interface PreviewedLine {
  readonly lineIndex: number;
  readonly ranges: ReadonlyArray<{ readonly start: number; readonly end: number }>;
}

const longestPattern = 500;
/** Rules per tenant: each costs about 5 microseconds a line (re2js, tests/bench/redaction.bench.ts). */
export const maxTenantRuleCount = 50;
// A literal of one character would take a letter out of every word.
const shortestLiteral = 3;
const longestPreviewedLine = 8192;
const ruleName = /^[a-z]+(?:-[a-z]+){0,8}$/;
const samples: readonly string[] = ['', ' ', 'a', 'A', '0', '-', '\n'];

/** Tells whether a rule may be used: its name, its length, that it compiles, and that it cannot match nothing. */
export function checkTenantRule(rule: TenantRule): TenantRuleCheck {
  const reason = refusalOf(rule);
  return reason === null ? { kind: 'usable' } : { kind: 'refused', reason };
}

function refusalOf(rule: TenantRule): string | null {
  if (rule.name.length > maxRuleNameLength || !ruleName.test(rule.name)) {
    return `The name must be words of lower-case letters joined by dashes, at most ${maxRuleNameLength} characters.`;
  }
  if (rule.pattern.length === 0 || rule.pattern.length > longestPattern) {
    return `The pattern must have 1 to ${longestPattern} characters.`;
  }
  if (rule.form === 'literal') {
    return rule.pattern.trim().length < shortestLiteral
      ? `A literal must have at least ${shortestLiteral} characters that are no blanks.`
      : null;
  }
  let expression: RE2JS;
  try {
    expression = expressionOf(rule);
  } catch (error) {
    return `The expression cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
  // An expression that matches the empty text matches between any two characters.
  if (expression.matcher('').find()) {
    return 'The expression matches the empty text.';
  }
  const isEmptySomewhere = samples.some((sample) => {
    const matcher = expression.matcher(sample);
    return matcher.find() && matcher.end() === matcher.start();
  });
  return isEmptySomewhere ? 'The expression matches at places without taking any text.' : null;
}

function expressionOf(rule: TenantRule): RE2JS {
  const source = rule.form === 'literal' ? RE2JS.quote(rule.pattern) : rule.pattern;
  return compileExpression(source, rule.ignoresCase === true ? RE2JS.CASE_INSENSITIVE : 0);
}

/**
 * Compiles a tenant's rule.
 * @throws RedactionRuleError when {@link checkTenantRule} refuses it
 */
export function compileTenantRule(rule: TenantRule): CompiledTenantRule {
  const reason = refusalOf(rule);
  if (reason !== null) {
    throw new RedactionRuleError(`Rule "${rule.name.slice(0, maxRuleNameLength)}": ${reason}`);
  }
  return { ruleName: `own-${rule.name}`, expression: expressionOf(rule) };
}

const placeholder = new RegExp(placeholderSource, 'g');

/**
 * What tenants' rules find in a text. A match that lies inside a placeholder, or cuts one, does not count: placeholders
 * stay whole, so that redacting twice changes nothing.
 */
export function findTenantMatches(text: string, rules: readonly CompiledTenantRule[]): readonly RedactionMatch[] {
  if (rules.length === 0) {
    return [];
  }
  const placeholders = text.includes('<') ? [...text.matchAll(placeholder)] : [];
  const places = placeholders.map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const found: RedactionMatch[] = [];
  for (const rule of rules) {
    const matcher = rule.expression.matcher(text);
    let next = 0;
    while (matcher.find()) {
      const start = matcher.start();
      const end = matcher.end();
      // Matches come in order, so placeholders before one are never looked at again.
      while ((places[next]?.end ?? Infinity) <= start) {
        next += 1;
      }
      if (end > start && !cutsAny(start, end, places, next)) {
        found.push({ start, end, ruleName: rule.ruleName, kind: rule.ruleName });
      }
    }
  }
  return withoutOverlaps(found);
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Whether [start, end) overlaps a placeholder without containing it and more; only the first and the last can be cut. */
function cutsAny(start: number, end: number, places: readonly Place[], from: number): boolean {
  for (let index = from; index < places.length; index += 1) {
    const place = places[index];
    if (place === undefined || place.start >= end) {
      return false;
    }
    const isAround = start <= place.start && end >= place.end && end - start > place.end - place.start;
    if (!isAround) {
      return true;
    }
  }
  return false;
}

/**
 * What a rule would take out of lines, for its author: only lines with a match, in order. Only the first 8,192 units of
 * a line are looked at.
 * @throws RedactionRuleError when the rule cannot be used
 */
export function previewRule(rule: TenantRule, lines: readonly string[]): readonly PreviewedLine[] {
  const compiled = compileTenantRule(rule);
  return lines.flatMap((line, lineIndex) => {
    const matches = findTenantMatches(line.slice(0, longestPreviewedLine), [compiled]);
    return matches.length === 0 ? [] : [{ lineIndex, ranges: matches.map(({ start, end }) => ({ start, end })) }];
  });
}
