/** A member of a JSON line: the keys that lead to it, and its value as text. */
export type JsonLeaf = readonly [path: readonly string[], value: string];

/**
 * The strings, numbers and booleans of a JSON object, nested objects walked, arrays and nulls left out, numbers as written.
 * Null when the text is no JSON object.
 */
export function jsonLeaves(line: string): readonly JsonLeaf[] | null {
  const leaves: JsonLeaf[] = [];
  try {
    const root: unknown = JSON.parse(line, keepNumbersAsWritten);
    if (!isObject(root)) {
      return null;
    }
    collect(root, [], leaves);
  } catch {
    return null;
  }
  return leaves;
}

/** A number with the digits that the line has: 1.50 stays 1.50. */
class WrittenNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

function keepNumbersAsWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? new WrittenNumber(context?.source ?? String(value)) : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof WrittenNumber);
}

function collect(object: Readonly<Record<string, unknown>>, path: readonly string[], leaves: JsonLeaf[]): void {
  for (const [key, value] of Object.entries(object)) {
    if (isObject(value)) {
      collect(value, [...path, key], leaves);
    } else if (value instanceof WrittenNumber) {
      leaves.push([[...path, key], value.source]);
    } else if (typeof value === 'string' || typeof value === 'boolean') {
      leaves.push([[...path, key], String(value)]);
    }
  }
}
