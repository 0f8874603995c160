import type { LogEntry } from '../records/index.ts';

/** One event: a log line, or several joined ones such as a stack trace. */
export interface LogEvent {
  /** The entries, at least one, in order of time; all of one stream. Its time and labels are those of the first. */
  readonly entries: readonly [LogEntry, ...LogEntry[]];
  /** The lines joined by newlines. */
  readonly text: string;
}
