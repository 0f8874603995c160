// What the gates for LogQL and PromQL have in common before they read a query.
import { LogqlInputError } from './errors.ts';
import type { LabelMatcher } from './log-query.ts';
import { compileMatcher } from './match-text.ts';

/** Longest text that is parsed, in UTF-16 units: the parsers need about 0.1 s for hostile texts of that length. */
const maxParsedLength = 8192;

/** Refusal of a text that is longer than the policy or the parser allows; null for any other. */
export function lengthRefusal(
  text: string,
  policyLength: number | undefined
): { readonly reason: 'too-long'; readonly message: string; readonly position: null } | null {
  const maxLength = Math.min(policyLength ?? maxParsedLength, maxParsedLength);
  const message = `the query has ${text.length} characters, ${maxLength} are allowed`;
  return text.length > maxLength ? { reason: 'too-long', message, position: null } : null;
}

/** Throws `LogqlInputError` for a forced matcher that the language cannot hold. */
export function requireWritable(
  forced: readonly LabelMatcher[],
  language: 'LogQL' | 'PromQL',
  isLabelName: (name: string) => boolean
): void {
  for (const matcher of forced) {
    if (!isLabelName(matcher.name) || !matcher.value.isWellFormed()) {
      throw new LogqlInputError(`${language} cannot hold the forced matcher on '${matcher.name}'`);
    }
    compileMatcher(matcher);
  }
}
