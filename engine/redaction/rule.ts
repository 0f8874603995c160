import type { PlaceholderKind } from './placeholders.ts';
import { entropyBits } from './secret-value.ts';

/** One kind of thing that is taken out of text. */
export interface RedactionRule {
  /** Name for counters; stable. */
  readonly name: string;
  /** What stands in the text afterwards, in angle brackets. */
  readonly kind: PlaceholderKind;
  /**
   * The rule runs only when the text holds one of these, in whatever case; written in lower case, ASCII. Empty for always.
   */
  readonly keywords: readonly string[];
  /**
   * Global pattern, linear in the text: bounded repetitions only. A capture group named `value` is what is replaced; it
   * ends where the match ends. Without one the whole match is.
   */
  readonly pattern: RegExp;
  /** Further check of what would be replaced, such as a checksum or entropy. */
  readonly accepts?: (value: string, match: RegExpExecArray) => boolean;
}

// Written-out examples such as `ghp_xxxx` have below 2 bits per character, random hex digits above 3.
const leastEntropyBits = 2;

/** Returns a rule for a credential that its own format gives away. */
export function credential(name: string, keywords: readonly string[], pattern: RegExp): RedactionRule {
  return { name, kind: 'secret', keywords, pattern, accepts: (value) => entropyBits(value) >= leastEntropyBits };
}
