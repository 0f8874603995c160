/** A string of a structured line with its escapes undone. */
export interface UnescapedText {
  readonly text: string;
  /** Place in the escaped text by place in `text`; one more entry stands for the end. */
  readonly places: readonly number[];
}

const quotedKey = /^[^"]{0,400}\{\s{0,8}\\"[^"]{1,80}\\"\s{0,8}:/;
const namedField = /(?:^|\s)(?:level|lvl|severity|msg|message)=[^\s]/i;

/** Whether an escaped string may hold a whole structured line: spares most strings the unescaping. */
export function mayHoldLine(escaped: string): boolean {
  return quotedKey.test(escaped) || namedField.test(escaped);
}

const plainOf: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);

/** Undoes the escapes of a JSON string's body; what is no escape stays as it is. Time is linear in the length. */
export function unescapeJson(escaped: string): UnescapedText {
  const places: number[] = [];
  let text = '';
  let at = 0;
  while (at < escaped.length) {
    places.push(at);
    const current = escaped.charAt(at);
    if (current !== '\\' || at + 1 === escaped.length) {
      text += current;
      at++;
      continue;
    }
    const next = escaped.charAt(at + 1);
    const digits = next === 'u' ? /^[0-9a-fA-F]{4}/.exec(escaped.slice(at + 2, at + 6))?.[0] : undefined;
    text += digits === undefined ? (plainOf.get(next) ?? next) : String.fromCharCode(Number.parseInt(digits, 16));
    at += digits === undefined ? 2 : 6;
  }
  places.push(escaped.length);
  return { text, places };
}
