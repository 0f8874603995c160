import { code, isDigit, isSpace } from './characters.ts';

/** Whether text[start, end) looks like a date or a clock: digits around `-`, `:`, `.`, `/`, or two blocks of six digits. */
export function looksLikeTime(text: string, start: number, end: number): boolean {
  let digits = 0;
  for (let at = start; at + 1 < end; at++) {
    const current = text.charCodeAt(at);
    if (isDigit(current)) {
      digits++;
      continue;
    }
    const joins = current === code.minus || current === code.colon || current === code.dot || current === code.slash;
    if (digits > 0 && isDigit(text.charCodeAt(at + 1)) && (joins || (current === code.space && digits >= 6))) {
      return true;
    }
    digits = 0;
  }
  return false;
}

/** Whether a time stamp (or a bracket before one) may start with this character; spares most lines the patterns. */
export function mayStartTime(at: number): boolean {
  if (at >= code.zero && at <= code.nine) {
    return true;
  }
  return isSpace(at) || timeStarts.includes(at);
}

const timeStarts: readonly number[] = [...'[(<|-JFMASONDTW'].map((character) => character.charCodeAt(0));
