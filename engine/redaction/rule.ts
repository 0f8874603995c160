/** One kind of thing that is taken out of text. */
export interface RedactionRule {
  /** Name for counters; stable. */
  readonly name: string;
  /** What stands in the text afterwards, in angle brackets. */
  readonly placeholder: string;
  /** The rule runs only when the text in lower case holds one of these; empty for always. */
  readonly keywords: readonly string[];
  /**
   * Global pattern, linear in the text: bounded repetitions, or ones that exclude what follows them. A capture group named
   * `value` is what is replaced; without one it is the whole match.
   */
  readonly pattern: RegExp;
  /** Further check of what would be replaced, such as a checksum. */
  readonly accepts?: (value: string, match: RegExpExecArray) => boolean;
}

/** Returns a rule for a credential that its own format gives away. */
export function credential(name: string, keywords: readonly string[], pattern: RegExp): RedactionRule {
  return { name, placeholder: '<secret>', keywords, pattern };
}
