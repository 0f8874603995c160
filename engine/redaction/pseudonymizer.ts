import { placeholderOf, type OwnKind, type PlaceholderKind } from './placeholders.ts';
import { reportOf, rewriteRulesOf, type RedactionReport, type RedactorOptions } from './redact.ts';
import { rewrite } from './rewrite.ts';

/** Value by pseudonym: `<ip-1>` to `10.0.0.7`. Holds the very secrets that were taken out; it must not leave the server. */
export type PseudonymMapping = ReadonlyMap<string, string>;

/** Replaces values by numbered placeholders, for the texts of one request. */
export interface Pseudonymizer {
  /** Returns the text with pseudonyms: the same value gets the same one in all texts of the request. */
  pseudonymize(text: string): string;
  /** Like `pseudonymize`, with what was replaced. */
  pseudonymizeWithReport(text: string): RedactionReport;
  /** All pseudonyms so far. */
  readonly mapping: PseudonymMapping;
}

// Also what only looks like a pseudonym: any name with a number, so that a kind of a later version is no surprise.
const pseudonym = /<[a-z]{1,40}(?:-[a-z]{1,40}){0,9}-\d{1,9}>/g;

/**
 * Returns a pseudonymizer for one request. What stands in a text and looks like a pseudonym is replaced by a pseudonym of
 * its own first (`<text-1>`), so that nobody can write a log line which {@link restore} would fill with another's value:
 * `restore(pseudonymize(text), mapping)` is the text again, for every text.
 * @throws RedactionRuleError when a tenant's rule cannot be used
 */
export function createPseudonymizer(options: RedactorOptions = {}): Pseudonymizer {
  const mapping = new Map<string, string>();
  const known = new Map<string, string>();
  const nextNumbers = new Map<string, number>();

  function pseudonymOf(kind: PlaceholderKind | OwnKind | 'text', original: string): string {
    const key = `${kind} ${original}`;
    const before = known.get(key);
    if (before !== undefined) {
      return before;
    }
    const number = (nextNumbers.get(kind) ?? 0) + 1;
    const text = placeholderOf(kind, number);
    nextNumbers.set(kind, number);
    known.set(key, text);
    mapping.set(text, original);
    return text;
  }

  // A rule of a tenant may take in a pseudonym that stands for a part of the value.
  const rules = rewriteRulesOf(options, (kind, value) => pseudonymOf(kind, restore(value, mapping)));

  function pseudonymizeWithReport(text: string): RedactionReport {
    const escaped = text.replace(pseudonym, (found) => pseudonymOf('text', found));
    return reportOf(text, rewrite(escaped, rules, 'none'));
  }

  return {
    pseudonymize: (text) => pseudonymizeWithReport(text).text,
    pseudonymizeWithReport,
    mapping,
  };
}

/** A stretch of a pseudonymized text: how long it is there, and how long what it stands for. */
export interface PseudonymizedPiece {
  readonly shownLength: number;
  readonly length: number;
}

/** A pseudonymized text in pieces, each a pseudonym or what lies between two, in order. */
export function splitAtPseudonyms(shown: string, mapping: PseudonymMapping): readonly PseudonymizedPiece[] {
  const pieces: PseudonymizedPiece[] = [];
  let end = 0;
  for (const { 0: found, index } of shown.matchAll(pseudonym)) {
    pieces.push({ shownLength: index - end, length: index - end });
    pieces.push({ shownLength: found.length, length: (mapping.get(found) ?? found).length });
    end = index + found.length;
  }
  pieces.push({ shownLength: shown.length - end, length: shown.length - end });
  return pieces;
}

/** Returns the text with pseudonyms of a request swapped back; whatever is none of them stays, also inside what is put in. */
export function restore(text: string, mapping: PseudonymMapping): string {
  return text.replace(pseudonym, (found) => mapping.get(found) ?? found);
}
