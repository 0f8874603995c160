export type { LogEvent } from './log-event.ts';
