/** What stands around the place where a query is wrong, on one line. */
export interface ErrorExcerpt {
  readonly before: string;
  /** What is wrong: one character as people count, or a blank where something is missing at the end. */
  readonly at: string;
  readonly after: string;
}

const shownBefore = 32;
const shownAfter = 16;

/** The excerpt for a position in UTF-16 units. */
export function errorExcerpt(query: string, position: number): ErrorExcerpt {
  const before = query.slice(0, position);
  const at = String.fromCodePoint(query.codePointAt(position) ?? 32);
  const after = query.slice(position + at.length);
  return {
    before: `${before.length > shownBefore ? '…' : ''}${oneLine(before.slice(-shownBefore))}`,
    at: oneLine(at),
    after: `${oneLine(after.slice(0, shownAfter))}${after.length > shownAfter ? '…' : ''}`,
  };
}

function oneLine(text: string): string {
  return text.replace(/\s/g, ' ');
}
