/** Values that are written where a secret would stand, but are none. */
const emptyValues = new Set(
  'null nil none undefined true false yes no on off empty missing unknown invalid required expired ok failed error redacted hidden masked removed filtered default string value'.split(
    ' '
  )
);

const longestEmptyValue = Math.max(...[...emptyValues].map((value) => value.length));

/** Tells whether a value that follows a password-like key may be a secret. */
export function looksLikePassword(value: string): boolean {
  return (
    value.length >= 2 &&
    !/^[*xX•.-]+$/.test(value) &&
    (value.length > longestEmptyValue || !emptyValues.has(value.toLowerCase()))
  );
}

/**
 * Tells whether a value that follows a token-like key may be one: words of natural language and small numbers are not.
 * 2.5 bits per character: a random string of eight hex digits has 2.4 to 3.0, an English word of that length below 2.8
 * but no digit.
 */
export function looksLikeToken(value: string): boolean {
  if (value.length < 6 || !looksLikePassword(value)) {
    return false;
  }
  // Handles such as 0x14ede63a5a70002 count up; nobody signs in with them.
  if (/^0x[0-9a-f]{1,16}$/i.test(value)) {
    return false;
  }
  const hasDigit = /\d/.test(value);
  const hasMixedCase = /[a-z]/.test(value) && /[A-Z]/.test(value.slice(1));
  return (
    (hasDigit && /[A-Za-z]/.test(value) && entropyBits(value) >= 2.5) || (hasMixedCase && entropyBits(value) >= 3.2)
  );
}

/** Tells whether a value is a key in hex digits: 64 bits or more, not counting up from zero as handles do. */
export function isHexKey(value: string): boolean {
  return /^(?!0{4})[0-9a-f]{16,}$/i.test(value);
}

// More characters tell little more, and hostile lines have long values at every place.
const entropyLength = 64;

/** Shannon entropy of a value's first 64 characters, in bits per character. */
export function entropyBits(value: string): number {
  const text = value.slice(0, entropyLength);
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) {
    const ratio = count / text.length;
    bits -= ratio * Math.log2(ratio);
  }
  return bits;
}
