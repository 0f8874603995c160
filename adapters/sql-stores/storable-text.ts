/** Text that Postgres can hold: without NUL and lone surrogates, which become U+FFFD. */
export function toStorableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
