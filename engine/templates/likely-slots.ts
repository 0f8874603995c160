/*
 * Places that very often hold a value, whatever program wrote the line: after `=`, between quotation marks, after a noun
 * such as "user" or "file", and names with inner dots or dashes. Lines that are equal apart from those places are looked at
 * together, because with several such places two lines hardly ever differ in one only.
 */
import { isNameLike, isNamingNoun, isQuote, isStateWord, isWord } from './slot-evidence.ts';
import type { TemplateToken } from './template-tokens.ts';

/** Tokens [start, end) of a template, never empty. */
export interface LikelySlot {
  readonly start: number;
  readonly end: number;
}

/** More slots than this are no sentence but a table, where each would open alone. */
export const mostLikelySlots = 12;
const longestQuotation = 16;
const longestTail = 16;
/** A tail is only one when so many tokens stand before it: short beginnings name a component. */
const fewestBeforeTail = 2;
const edges: ReadonlySet<string> = new Set('[({<,.;:])}>'.split(''));

function chunkEnd(tokens: readonly TemplateToken[], start: number): number {
  let end = start + 1;
  while (end < tokens.length && tokens[end]?.isSpaced !== true) {
    end++;
  }
  return end;
}

/** End of the quotation that opens at `at`, the place of the closing mark; -1 when there is none near, or nothing in it. */
function quotationEnd(tokens: readonly TemplateToken[], at: number): number {
  const mark = tokens[at]?.text;
  const last = Math.min(tokens.length, at + longestQuotation);
  for (let end = at + 1; end < last; end++) {
    if (tokens[end]?.text === mark) {
      return end > at + 1 ? end : -1;
    }
  }
  return -1;
}

function isEdge(token: TemplateToken | undefined): boolean {
  return token?.type === '' && edges.has(token.text);
}

/** Whether what follows up to the end is an addition: a dash or a colon between blanks, or a colon and a blank. */
function startsTail(tokens: readonly TemplateToken[], at: number): boolean {
  const token = tokens[at];
  const isMark = token?.type === '' && (token.text === ':' || (token.text === '-' && token.isSpaced));
  return isMark && tokens[at + 1]?.isSpaced === true && tokens.length - at <= longestTail;
}

/** Tokens [start, end) without punctuation around them; null when nothing is left. */
function trimmed(tokens: readonly TemplateToken[], start: number, end: number): LikelySlot | null {
  let from = start;
  let to = end;
  while (from < to && isEdge(tokens[from])) {
    from++;
  }
  while (to > from && isEdge(tokens[to - 1])) {
    to--;
  }
  return to > from ? { start: from, end: to } : null;
}

function assignedValue(tokens: readonly TemplateToken[], start: number, end: number): LikelySlot | null {
  for (let at = start; at + 1 < end; at++) {
    if (tokens[at]?.text === '=') {
      let to = at + 2;
      while (to < end && !isEdge(tokens[to])) {
        to++;
      }
      return isEdge(tokens[at + 1]) ? null : { start: at + 1, end: to };
    }
  }
  return null;
}

function slotOfChunk(tokens: readonly TemplateToken[], start: number, end: number): LikelySlot | null {
  const assigned = assignedValue(tokens, start, end);
  if (assigned !== null) {
    return assigned;
  }
  const slot = trimmed(tokens, start, end);
  if (slot === null) {
    return null;
  }
  const [first] = tokens.slice(slot.start, slot.end);
  if (first === undefined || (slot.end === slot.start + 1 && first.type === '' && isStateWord(first.text))) {
    return null;
  }
  if (isNamingNoun(tokens[start - 1]) && (first.type !== '' || isWord(first))) {
    return slot;
  }
  return slot.end === slot.start + 1 && (first.type === 'any' || isNameLike(first)) ? slot : null;
}

/** Likely places for values, in order and apart from each other; empty when there are too many of them. */
export function likelySlotsOf(tokens: readonly TemplateToken[]): readonly LikelySlot[] {
  const slots: LikelySlot[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    const close = token !== undefined && isQuote(token) ? quotationEnd(tokens, at) : -1;
    if (close > 0) {
      slots.push({ start: at + 1, end: close });
      at = close + 1;
      continue;
    }
    let end = chunkEnd(tokens, at);
    for (let place = at + 1; place < end; place++) {
      const inner = tokens[place];
      if (inner !== undefined && isQuote(inner) && quotationEnd(tokens, place) > 0) {
        end = place;
      }
    }
    if (slots.length > 0 && at >= fewestBeforeTail && startsTail(tokens, at)) {
      const tail = trimmed(tokens, at + 1, tokens.length);
      slots.push(...(tail === null ? [] : [tail]));
      break;
    }
    const slot = slotOfChunk(tokens, at, end);
    if (slot !== null) {
      slots.push(slot);
    }
    at = end;
  }
  return slots.length > mostLikelySlots ? [] : slots;
}
