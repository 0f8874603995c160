import { code, isDigit, isLetter, isWord } from './characters.ts';

const units = new Set(
  (
    'b kb mb gb tb pb kib mib gib tib pib byte bytes ns us ms s sec secs second seconds min mins minute minutes hour hours ' +
    'hr hrs day days khz mhz ghz hz'
  ).split(' ')
);
const longestUnit = 7;
const unitStarts = new Uint8Array(128);
for (const unit of units) {
  unitStarts[unit.charCodeAt(0)] = 1;
  unitStarts[unit.charCodeAt(0) - 0x20] = 1;
}

/** End of a unit (with one blank before it) that starts at `from`, or -1; `%` counts as one. */
export function unitEnd(text: string, from: number, limit: number): number {
  let start = from;
  if (start < limit && text.charCodeAt(start) === code.percent) {
    return start + 1;
  }
  if (start < limit && text.charCodeAt(start) === code.space) {
    start++;
  }
  if (start >= limit || unitStarts[text.charCodeAt(start)] !== 1) {
    return -1;
  }
  let end = start + 1;
  while (end < limit && end - start <= longestUnit && isLetter(text.charCodeAt(end))) {
    end++;
  }
  if (end - start > longestUnit || (end < limit && isWord(text.charCodeAt(end)))) {
    return -1;
  }
  return units.has(text.slice(start, end).toLowerCase()) ? end : -1;
}

/** End of a second writing of the same quantity in parentheses, as in `1396 bytes (1.36 KB)`, else `from`. */
export function annotationEnd(text: string, from: number, limit: number): number {
  if (text.charCodeAt(from) !== code.space || text.charCodeAt(from + 1) !== code.openParenthesis) {
    return from;
  }
  let at = from + 2;
  while (at < limit && at < from + 32) {
    const current = text.charCodeAt(at);
    if (!isDigit(current) && current !== code.dot && current !== code.comma) {
      break;
    }
    at++;
  }
  const unit = at > from + 2 ? unitEnd(text, at, limit) : -1;
  return unit > 0 && unit < limit && text.charCodeAt(unit) === code.closeParenthesis ? unit + 1 : from;
}

/** Whether text[start, end) is a number with its unit, as in `17ms` or `1.5GiB`. */
export function isQuantityWord(text: string, start: number, end: number): boolean {
  let at = start;
  while (at < end && (isDigit(text.charCodeAt(at)) || text.charCodeAt(at) === code.dot)) {
    at++;
  }
  return at > start && end - at <= longestUnit && units.has(text.slice(at, end).toLowerCase());
}
