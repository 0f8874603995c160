export { decideNotice, endOfQuiet } from './decide-notice.ts';
export type { ChannelRules, NoticeDecision, NoticeFacts } from './decide-notice.ts';
export { compareSeverities } from './notice-severity.ts';
export type { NoticeSeverity } from './notice-severity.ts';
export { endOfQuietHours, isTimeZone } from './quiet-hours.ts';
export type { QuietHours, Weekday } from './quiet-hours.ts';
