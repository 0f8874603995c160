// Lines of one file mostly stand in the same minute as the line before, at the same place: then seconds are all there is to read.
import type { TimeFormat } from './formats.ts';

/** Reads times that differ from a known one in seconds and fractions only. */
export interface SameMinute {
  /** Milliseconds since 1970; undefined when the text differs in more than that, or may do so. */
  read(text: string): number | undefined;
}

const zero = 48;
const maxFractionLength = 9;

const withPositions = new Map<string, RegExp>();

function positionsOf({ name, pattern }: TimeFormat): RegExp {
  const known = withPositions.get(name) ?? new RegExp(pattern.source, 'd');
  withPositions.set(name, known);
  return known;
}

/** Learns from a text in which `format` reads `timeMs`; undefined when its seconds are not written with two digits. */
export function learnMinute(format: TimeFormat, text: string, timeMs: number): SameMinute | undefined {
  const found = positionsOf(format).exec(text);
  const [from, to] = found?.indices?.groups?.['second'] ?? [0, 0];
  if (found === null || to - from !== 2) {
    return undefined;
  }
  const { second = '0', fraction = '' } = found.groups ?? {};
  const { index } = found;
  const prefix = text.slice(index, from);
  const suffix = text.slice(fraction === '' ? to : to + 1 + fraction.length, index + found[0].length);
  const before = text.charAt(index - 1);
  const startMs = timeMs - Number(second) * 1000 - Number(fraction.slice(0, 3).padEnd(3, '0'));
  return {
    read(other) {
      if (!other.startsWith(prefix, index) || other.charAt(index - 1) !== before) {
        return undefined;
      }
      const secondAt = index + prefix.length;
      const tens = other.charCodeAt(secondAt) - zero;
      const ones = other.charCodeAt(secondAt + 1) - zero;
      if (!(tens >= 0 && tens <= 5 && ones >= 0 && ones <= 9)) {
        return undefined;
      }
      const { ms, end } = readFraction(other, secondAt + 2);
      const isSame = other.startsWith(suffix, end) && mayEnd(other, end + suffix.length);
      return isSame ? startMs + (tens * 10 + ones) * 1000 + ms : undefined;
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

// Anything that could go on with the time, such as a zone, a year or the half of the day, goes the long way.
function mayEnd(text: string, at: number): boolean {
  const next = text.charCodeAt(at);
  return (
    Number.isNaN(next) ||
    (!isPartOfTime(next) && !(next === 32 && isPartOfTime(text.charCodeAt(at + 1)))) ||
    isWord(text, at)
  );
}

/** A space and a word in lower case or of more than four letters is no zone. */
function isWord(text: string, at: number): boolean {
  return text.charCodeAt(at) === 32 && /^ (?:[A-Za-z]{5}|[A-Z]?[a-z])/.test(text.slice(at, at + 6));
}

// Digits, letters, plus, minus, colon, dot, comma.
function isPartOfTime(code: number): boolean {
  return (
    (code >= 43 && code <= 46) ||
    (code >= 48 && code <= 58) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 97 && code <= 122)
  );
}
