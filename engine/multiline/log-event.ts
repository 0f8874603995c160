import type { LogEntry } from '../records/index.ts';

/** One event: a log line, or several joined ones such as a stack trace. */
export interface LogEvent {
  /** The entries, at least one, in order of time; all of one stream. Its time and labels are those of the first. */
  readonly entries: readonly [LogEntry, ...LogEntry[]];
  /** The lines joined by newlines. */
  readonly text: string;
}

/** Makes an event of entries that belong together. */
export function eventOf(entries: readonly [LogEntry, ...LogEntry[]]): LogEvent {
  const [first] = entries;
  return { entries, text: entries.length === 1 ? first.line : entries.map((entry) => entry.line).join('\n') };
}
