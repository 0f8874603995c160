// Lines of one file mostly stand in the same minute as the line before, at the same place: then seconds are all there is to read.
import type { Groups } from './formats.ts';

/** Reads ISO times that differ from a known one in seconds and fractions only. */
export interface SameMinute {
  /** Milliseconds since 1970; undefined when the text differs in more than that. */
  read(text: string): number | undefined;
}

const zero = 48;
const minuteLength = 'YYYY-MM-DDThh:mm:'.length;
const maxFractionLength = 9;

/** Learns from a match of the ISO format; undefined when it is not written with two digits each. `timeMs` is its time. */
export function learnMinute(found: RegExpExecArray, groups: Groups, timeMs: number): SameMinute | undefined {
  const { index } = found;
  const prefix = found[0].slice(0, minuteLength);
  const zone = groups['zone'] ?? '';
  if (!/^\d{4}.\d\d.\d\d.\d\d:\d\d:$/.test(prefix)) {
    return undefined;
  }
  const { second = '0', fraction = '' } = groups;
  const startMs = timeMs - Number(second) * 1000 - Number(fraction.slice(0, 3).padEnd(3, '0'));
  return {
    read(text) {
      if (!text.startsWith(prefix, index) || (index > 0 && isDigitOrDot(text.charCodeAt(index - 1)))) {
        return undefined;
      }
      const secondAt = index + minuteLength;
      const tens = text.charCodeAt(secondAt) - zero;
      const ones = text.charCodeAt(secondAt + 1) - zero;
      if (!(tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9)) {
        return undefined;
      }
      const { ms, end } = readFraction(text, secondAt + 2);
      const isSameZone = zone === '' ? mayEndTime(text, end) : endsWithZone(text, end, zone);
      return isSameZone ? startMs + (tens * 10 + ones) * 1000 + ms : undefined;
    },
  };
}

function readFraction(text: string, start: number): { readonly ms: number; readonly end: number } {
  const mark = text.charCodeAt(start);
  if (mark !== 46 && mark !== 44) {
    return { ms: 0, end: start };
  }
  let ms = 0;
  let at = start + 1;
  for (let weight = 100; at - start <= maxFractionLength; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (!(digit >= 0 && digit <= 9)) {
      break;
    }
    ms += digit * weight;
    weight = Math.floor(weight / 10);
  }
  return { ms, end: at === start + 1 ? start : at };
}

function isDigitOrDot(code: number): boolean {
  return code === 46 || (code >= zero && code <= 57);
}

function endsWithZone(text: string, at: number, zone: string): boolean {
  return text.startsWith(zone, at) && !/[\w:]/.test(text.charAt(at + zone.length));
}

// Anything that could begin a zone goes the long way.
function mayEndTime(text: string, at: number): boolean {
  const next = text.charAt(at) === ' ' ? text.charAt(at + 1) : text.charAt(at);
  return !'ZUG+-'.includes(next) || next === '';
}
