/** Label or metadata names with their values. */
export type Labels = Readonly<Record<string, string>>;

/** The value of a label. Whoever writes logs names labels, and `labels.constructor` is there without being one. */
export function labelOf(labels: Labels, name: string): string | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

/**
 * One log line as the log store holds it. Its identity is (stream labels, timestampNs, line, metadata):
 * Loki itself folds exact repeats of these four.
 */
export interface LogEntry {
  /** Stream labels; the same object for all entries of a stream within one page, where the store can. */
  readonly labels: Labels;
  /** Nanoseconds since 1970 (UTC). */
  readonly timestampNs: bigint;
  /** The line without its final newline; may hold inner newlines. */
  readonly line: string;
  /** Structured metadata; empty object when there is none. */
  readonly metadata: Labels;
}
