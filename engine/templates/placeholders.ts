/*
 * Lines that were redacted before they come here, by us or at their source: a placeholder such as `<ip>` or `<secret-2>`
 * must be a variable as the value was, so that a line belongs to the same cluster before and after.
 */
import { placeholderSource } from '../redaction/placeholders.ts';
import type { TokenBuffer } from './token-buffer.ts';
import { variableCode } from './variable-types.ts';

const placeholder = new RegExp(placeholderSource, 'g');
// An address has no letters: it takes a port, and a unit after it is one token with it, as after the address itself.
const standInOfKind: Readonly<Record<string, string>> = { ip: '0.00', email: 'x0@0.x0' };

function standInOf(found: string): string {
  const kind = found.slice(1, -1).replace(/-\d+$/, '');
  const fixed = standInOfKind[kind] ?? 'x0';
  return fixed.length > found.length ? fixed.slice(0, found.length) : fixed.padEnd(found.length, '0');
}

/**
 * The line with each placeholder replaced by a word of the same length that every scanner here takes for a value of the
 * placeholder's kind; the line itself when it has none. Places in the line stay the same.
 */
export function withStandIns(text: string): string {
  return text.includes('<') ? text.replace(placeholder, standInOf) : text;
}

/** Gives the variables that start with a placeholder for an address the type that the address had; returns the buffer. */
export function retype(buffer: TokenBuffer, original: string): TokenBuffer {
  if (original.includes('<')) {
    for (let at = 0; at < buffer.count; at++) {
      const start = buffer.start[at] ?? 0;
      if (buffer.type[at] !== 0 && (startsKind(original, start, '<ip') || startsKind(original, start, '<mac'))) {
        buffer.type[at] = variableCode.ip;
      }
    }
  }
  return buffer;
}

function startsKind(text: string, start: number, opening: string): boolean {
  const next = text.charAt(start + opening.length);
  return text.startsWith(opening, start) && (next === '>' || next === '-');
}
