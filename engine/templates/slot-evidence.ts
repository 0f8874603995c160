import type { Slot } from './slot.ts';
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
/** The same when one of them is the first word, which rarely is a name. */
export const firstWordPairThreshold = 10;
/** Constant words that must be left then. */
export const fewestWordsBeside = 2;
/** Distinct values that each of several likely slots needs. */
export const likelyThreshold = 6;
const maskedWeight = 100;
const nameLikeWeight = 2;
const firstNameLikeWeight = 6;
const capitalsWeight = 0.5;
/** "started", "stopped", "down": a message has a handful of them, each with a meaning of its own. */
const stateWordWeight = 0.25;
const afterNamingNounFactor = 1.5;
/** Who writes quotes around a plain word quotes a value. */
const quotedFactor = 1.5;
/** A stretch of several tokens is a wilder guess than a word; one that may be empty less so, one with a variable less so. */
const spanWeight = 0.5;
/** Weight of the inside of quotation marks: who quotes does not say his own words. */
const quotationWeight = 0.8;
/** Weight of a value of several tokens with a masked variable among them. */
const spanWithVariableWeight = 0.75;
/** Weight of an empty bracket or value: others fill it. */
const emptySpanWeight = 1.5;

// Nouns of computing that are followed by a name; general English of logs, not of any one system.
const namingNouns = new Set(
  (
    'user users username host hostname file path dir directory device database db table topic queue container pod ' +
    'service job client server peer named called domain group account room channel bucket stream shard zone region ' +
    'cluster tenant project package module plugin app application image repository branch partition pool consumer ' +
    'workflow pipeline task interface unit volume index tag metric rule endpoint route node'
  ).split(' ')
);

/** Whether a token is a constant with a letter in it. */
export function isWord(token: TemplateToken | undefined): boolean {
  return token !== undefined && token.type === '' && /[A-Za-z\u0080-\uffff]/.test(token.text);
}

/** Whether a token is a quotation mark. */
export function isQuote({ text }: TemplateToken): boolean {
  return text === "'" || text === '"' || text === '`';
}

/** Weight of a slot of several tokens (or none) by its place. */
export function weightOfSpan({ start, end, hasVariable, place }: Slot): number {
  if (start === end) {
    return emptySpanWeight;
  }
  if (place === 'quotation') {
    return quotationWeight;
  }
  return hasVariable && place === 'any' ? spanWithVariableWeight : spanWeight;
}

/** Whether a token is followed by a name more often than not. */
export function isNamingNoun(token: TemplateToken | undefined): boolean {
  return token !== undefined && token.type === '' && namingNouns.has(token.text.toLowerCase());
}

/** Whether a constant is written like a name: `a.b`, `a@b`, `a-b-c`. */
export function isNameLike({ text, type }: TemplateToken): boolean {
  return type === '' && /[A-Za-z0-9][.@][A-Za-z0-9]|-\w+-/.test(text);
}

const stateWords = new Set(
  (
    'up down on off true false yes no ok okay start stop begin end ready idle busy full empty open close done error ' +
    'success failure active inactive online offline is was are were has had not will can cannot now'
  ).split(' ')
);

/** Whether a word tells what happened or how things are, so that another one in its place is another message. */
export function isStateWord(text: string): boolean {
  return /^[A-Za-z]{2,20}(?:ed|ing)$/.test(text) || stateWords.has(text.toLowerCase());
}

/** Whether a word tells that something went wrong, so that what follows after a colon is the reason. */
export function isFailureWord(text: string): boolean {
  return /^(?:fail(?:ed|ure|s|ing)?|errors?|could|cannot|can|unable|exception|refused|rejected|invalid|panic|raised|caught|aborted|because|reason|cause|denied)$/i.test(
    text
  );
}

/** Weight of a single-token value in the slot at `at`. */
export function weightOf(tokens: readonly TemplateToken[], at: number): number {
  const token = tokens[at];
  if (token === undefined || token.type !== '') {
    return maskedWeight;
  }
  let weight = 1;
  if (isStateWord(token.text)) {
    return stateWordWeight;
  }
  if (isNameLike(token)) {
    const isDeep = at === 0 && /\w\.\w+\.\w/.test(token.text);
    weight = isDeep ? firstNameLikeWeight : nameLikeWeight;
  } else if (/^[A-Z][A-Z_]+$/.test(token.text.slice(token.text.lastIndexOf('.') + 1))) {
    weight = capitalsWeight;
  }
  const before = tokens[at - 1];
  if (weight === 1 && before !== undefined && isQuote(before) && tokens[at + 1]?.text === before.text) {
    return weight * quotedFactor;
  }
  return isNamingNoun(before) ? weight * afterNamingNounFactor : weight;
}
