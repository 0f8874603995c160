import { code, isDigit, isHexadecimal } from './characters.ts';
import { isQuantityWord } from './units.ts';
import { variableCode } from './variable-types.ts';

const nullWords = new Set(['null', 'nil', 'None', 'undefined', 'NaN']);

/** Whether text[start, end) is a word for "no value". */
export function isNullWord(text: string, start: number, end: number): boolean {
  const length = end - start;
  return length >= 3 && length <= 9 && nullWords.has(text.slice(start, end));
}

/** Type of a word that holds a digit: plain number, IPv4 address, date, UUID, hexadecimal, or identifier. */
export function classifyWord(text: string, start: number, end: number, hasLetter: boolean, hasDash: boolean): number {
  if (!hasLetter) {
    return classifyDigits(text, start, end, hasDash);
  }
  if (end - start === 36 && hasDash && isUuid(text, start)) {
    return variableCode.uuid;
  }
  let from = start;
  const isPrefixed = text.charCodeAt(start) === code.zero && (text.charCodeAt(start + 1) | 0x20) === 0x78;
  if (isPrefixed) {
    from += 2;
  }
  if (!isPrefixed && isQuantityWord(text, start, end)) {
    return variableCode.quantity;
  }
  if (!isPrefixed && end - start < 8) {
    return variableCode.id;
  }
  for (let at = from; at < end; at++) {
    if (!isHexadecimal(text.charCodeAt(at))) {
      return variableCode.id;
    }
  }
  return variableCode.hex;
}

function classifyDigits(text: string, start: number, end: number, hasDash: boolean): number {
  let dots = 0;
  let dashes = 0;
  for (let at = start; at < end; at++) {
    const current = text.charCodeAt(at);
    dots += current === code.dot ? 1 : 0;
    dashes += current === code.minus ? 1 : 0;
  }
  if (!hasDash && dots === 3 && end - start <= 15) {
    return variableCode.ip;
  }
  if (dashes === 2 && end - start >= 8 && end - start <= 10) {
    return variableCode.time;
  }
  return dots <= 1 && dashes === 0 ? variableCode.number : variableCode.id;
}

function isUuid(text: string, start: number): boolean {
  for (let index = 0; index < 36; index++) {
    const current = text.charCodeAt(start + index);
    const isDashPlace = index === 8 || index === 13 || index === 18 || index === 23;
    if (isDashPlace ? current !== code.minus : !isHexadecimal(current)) {
      return false;
    }
  }
  return isDigit(text.charCodeAt(start)) || isHexadecimal(text.charCodeAt(start));
}
