/** Turns a key of a line into a label name as Loki does: '' when nothing of it is left. */
export function sanitizeName(key: string): string {
  const name = sanitizePart(key);
  return /^\d/.test(name) ? `_${name}` : name;
}

/** The label name of a member of nested objects: parts that are blank are left out. */
export function joinNames(path: readonly string[]): string {
  const name = path
    .map(sanitizePart)
    .filter((part) => part !== '')
    .join('_');
  return /^\d/.test(name) ? `_${name}` : name;
}

function sanitizePart(part: string): string {
  return part.trim().replaceAll(/[^\w]/gu, '_');
}

/** Loki replaces what no UTF-8 text can hold. */
export function sanitizeValue(value: string): string {
  return value.replaceAll('\uFFFD', ' ');
}
