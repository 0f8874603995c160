/** One field of a structured line; places are UTF-16 units of the line. */
export interface Field {
  readonly key: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  /** Start of the value, without its opening quote. */
  readonly valueStart: number;
  /** End of the value, without its closing quote. */
  readonly valueEnd: number;
  readonly isQuoted: boolean;
}

/** Text of a field's value, as written. */
export function valueOf(text: string, field: Field): string {
  return text.slice(field.valueStart, field.valueEnd);
}
