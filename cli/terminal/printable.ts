// C0 and C1 controls, bidirectional overrides and isolates, line and paragraph separators, zero-width no-break space.
const unsafePattern = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/g;

/** Text on one line without anything that a terminal would obey: such characters appear as `\n`, `\t`, `\x1b` or `\u202e`. */
export function printable(text: string): string {
  return text.replace(unsafePattern, escapeCharacter);
}

function escapeCharacter(character: string): string {
  switch (character) {
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default: {
      const code = character.charCodeAt(0);
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    }
  }
}

/** The text cut to a number of characters, with a mark where something is missing. */
export function truncate(text: string, maxLength: number): string {
  if (text.length <= maxLength) {
    return text;
  }
  // Never between the halves of a surrogate pair.
  const end = /[\ud800-\udbff]/.test(text.charAt(maxLength - 2)) ? maxLength - 2 : maxLength - 1;
  return `${text.slice(0, Math.max(0, end))}…`;
}
