/** Text that Postgres can hold: without NUL and lone surrogates, which become U+FFFD. */
export function toStorableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** For `JSON.stringify`: every text in the value as Postgres can hold it. */
export function storableValue(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? toStorableText(value) : value;
}
