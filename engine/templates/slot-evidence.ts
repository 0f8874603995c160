import type { TemplateToken } from './template-tokens.ts';

/*
 * How strongly a new value of a slot speaks for a variable. The weights come from the experiment on the eight tuning
 * sets (GA .998 message only); they are counts of distinct values, not similarities.
 */
/** Weight of the values at which a slot opens. */
export const openingThreshold = 4;
/** The first word of a message names what happened more often than anything else. */
export const firstWordThreshold = 15;
/** Distinct values that both slots of a pair need. */
export const pairThreshold = 6;
const maskedWeight = 100;
const nameLikeWeight = 2;
const firstNameLikeWeight = 6;
const capitalsWeight = 0.5;
const afterNamingNounFactor = 1.5;
/** Who writes quotes around a plain word quotes a value. */
const quotedFactor = 1.5;
/** A stretch of several tokens is a wilder guess than a word; one that may be empty less so, one with a variable less so. */
export const spanWeight = 0.5;
/** Weight of a value of several tokens with a masked variable among them. */
export const spanWithVariableWeight = 0.75;
/** Weight of an empty bracket or value: others fill it. */
export const emptySpanWeight = 1.5;

// Nouns of computing that are followed by a name; general English of logs, not of any one system.
const namingNouns = new Set(
  (
    'user users username host hostname file path dir directory device database db table topic queue container pod ' +
    'service job client server peer named called domain group account'
  ).split(' ')
);

/** Whether a token is a constant with a letter in it. */
export function isWord(token: TemplateToken | undefined): boolean {
  return token !== undefined && token.type === '' && /[A-Za-z\u0080-\uffff]/.test(token.text);
}

function isQuote({ text }: TemplateToken): boolean {
  return text === "'" || text === '"' || text === '`';
}

/** Weight of a single-token value in the slot at `at`. */
export function weightOf(tokens: readonly TemplateToken[], at: number): number {
  const token = tokens[at];
  if (token === undefined || token.type !== '') {
    return maskedWeight;
  }
  let weight = 1;
  if (/[A-Za-z0-9][.@][A-Za-z0-9]|-\w+-/.test(token.text)) {
    const isDeep = at === 0 && /\w\.\w+\.\w/.test(token.text);
    weight = isDeep ? firstNameLikeWeight : nameLikeWeight;
  } else if (/^[A-Z][A-Z_]+$/.test(token.text.slice(token.text.lastIndexOf('.') + 1))) {
    weight = capitalsWeight;
  }
  const before = tokens[at - 1];
  if (weight === 1 && before !== undefined && isQuote(before) && tokens[at + 1]?.text === before.text) {
    return weight * quotedFactor;
  }
  return before !== undefined && namingNouns.has(before.text.toLowerCase()) ? weight * afterNamingNounFactor : weight;
}
