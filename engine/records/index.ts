export type { Labels, LogEntry } from './log-entry.ts';
