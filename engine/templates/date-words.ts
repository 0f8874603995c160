import { isSpace } from './characters.ts';

const names = new Set(
  (
    'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun January February March April June July ' +
    'August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday'
  ).split(' ')
);

// Bounded on every repetition, so that it cannot run away on hostile blanks.
const date =
  /(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? {1,3})?(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} {1,3}\d{1,2}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})\b(?:,? {1,3}\d{4}\b)?(?:,? {1,3}\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?: {1,3}(?:[A-Z]{3,4} {1,3})?\d{4}\b)?/y;

const prefixes = new Set(
  [...names].map((name) => prefixKey(name.charCodeAt(0), name.charCodeAt(1), name.charCodeAt(2)))
);
const upperA = 0x41;
const upperW = 0x57;

/** Three ASCII letters as one number. */
function prefixKey(first: number, second: number, third: number): number {
  return (first << 14) | (second << 7) | third;
}

/**
 * End of a written-out date such as `Sat Jul  9 12:16:49 2005` that starts with the word text[start, wordEnd), or -1.
 * @param limit end of the text that may be used
 */
export function dateEnd(text: string, start: number, wordEnd: number, limit: number): number {
  const first = text.charCodeAt(start);
  if (first < upperA || first > upperW || wordEnd - start > 9) {
    return -1;
  }
  const key = prefixKey(first, text.charCodeAt(start + 1), text.charCodeAt(start + 2));
  if (!prefixes.has(key)) {
    return -1;
  }
  const next = text.charCodeAt(wordEnd);
  if (!isSpace(next) && next !== 0x2c) {
    return -1;
  }
  if (!names.has(text.slice(start, wordEnd))) {
    return -1;
  }
  date.lastIndex = start;
  return date.test(text) && date.lastIndex <= limit ? date.lastIndex : -1;
}
