/**
 * Writes a text as a LogQL string in double quotes. Every character survives, save for lone surrogates, which no UTF-8 text
 * can hold and which become U+FFFD. JSON's escapes are a subset of those of Go, which Loki uses.
 */
export function quoteText(text: string): string {
  return JSON.stringify(text.toWellFormed());
}

const singleEscapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\"]))|\\/g;

/**
 * Reads a LogQL string, in double quotes or backticks, as Prometheus' `strutil.Unquote` does, which Loki uses.
 * Null when an escape is not one of Go's, when it names a byte that is no character, or when it names half of a surrogate pair.
 */
export function unquoteText(written: string): string | null {
  const inner = written.slice(1, -1);
  if (written.startsWith('`')) {
    return inner;
  }
  let isValid = !inner.includes('\n');
  const text = inner.replace(
    escape,
    (_match, hex?: string, short?: string, long?: string, octal?: string, single?: string) => {
      if (single !== undefined) {
        return singleEscapes[single] ?? '';
      }
      const digits = hex ?? short ?? long;
      const code = digits === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(digits, 16);
      // \x80 to \xff and the octals above \177 are single bytes in Go, which are no characters.
      const isByte = hex !== undefined || octal !== undefined;
      if (Number.isNaN(code) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) || (isByte && code > 0x7f)) {
        isValid = false;
        return '';
      }
      return String.fromCodePoint(code);
    }
  );
  return isValid ? text : null;
}
