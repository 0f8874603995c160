export {
  createEventJoiner,
  joinEvents,
  maxEventDurationMs,
  maxEventEntryCount,
  maxEventLength,
} from './event-joiner.ts';
export type { EventJoiner } from './event-joiner.ts';
export { withoutRepeatedHeader } from './repeated-header.ts';
export type { LogEvent } from './log-event.ts';
