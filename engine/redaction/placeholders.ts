/** Kinds of things that are taken out of text; each is shown as its name in angle brackets. */
export const placeholderKinds = Object.freeze([
  'secret',
  'private-key',
  'email',
  'ip',
  'mac',
  'card',
  'iban',
  'phone',
  'ssn',
  'personal-id',
  'person',
  'birth-date',
  'location',
  'user',
] as const);

/** Name of a kind that the built-in rules know. */
export type PlaceholderKind = (typeof placeholderKinds)[number];

/** Kind of a tenant's own rule: `own-` and the rule's name, so that it can never be mistaken for a built-in one. */
export type OwnKind = `own-${string}`;

/** Longest name of a tenant's rule, in characters. */
export const maxRuleNameLength = 40;

/**
 * Source of a regular expression for placeholders as they may stand in redacted text, with a number when they are
 * pseudonyms: `<ip>`, `<ip-1>`, `<own-customer>`; `<text-1>` stands for text that looked like a pseudonym. Bounded, so linear; a flag and anchors are up to who uses it.
 */
export const placeholderSource = String.raw`<(?:${placeholderKinds.join('|')}|own(?:-[a-z]{1,${maxRuleNameLength}}){1,9}|text(?=-\d))(?:-\d{1,9})?>`;

/** Text that stands for a kind: `<ip>`, or `<ip-1>` with a number. */
export function placeholderOf(kind: PlaceholderKind | OwnKind | 'text', number?: number): string {
  return number === undefined ? `<${kind}>` : `<${kind}-${number}>`;
}
