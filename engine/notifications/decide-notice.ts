import { compareSeverities, type NoticeSeverity } from './notice-severity.ts';
import { endOfQuietHours, type QuietHours } from './quiet-hours.ts';

/** What a channel is told of, and when. */
export interface ChannelRules {
  readonly minSeverity: NoticeSeverity;
  /** Empty: every kind. */
  readonly kinds: readonly string[];
  /** Empty: every service. */
  readonly services: readonly string[];
  readonly quietHours: (QuietHours & { readonly exceptFrom: NoticeSeverity | null }) | null;
  /** What comes within this time after the first is one message. */
  readonly groupSeconds: number;
}

/** What decides about a notice. */
export interface NoticeFacts {
  readonly kind: string;
  readonly severity: NoticeSeverity;
  readonly service: string;
  /** People have said that its cluster is to be ignored now. */
  readonly isClusterIgnored: boolean;
}

/** Whether a channel is told, or why not. */
export type NoticeDecision =
  | { readonly isTold: true; readonly isQuiet: boolean }
  | {
      readonly isTold: false;
      readonly reason: 'cluster-ignored' | 'kind-not-chosen' | 'service-not-chosen' | 'severity-below-threshold';
    };

/** Whether a channel with these rules is told of the notice, and whether its quiet hours hold it back. */
export function decideNotice(rules: ChannelRules, notice: NoticeFacts): NoticeDecision {
  if (notice.isClusterIgnored) {
    return { isTold: false, reason: 'cluster-ignored' };
  }
  if (rules.kinds.length > 0 && !rules.kinds.includes(notice.kind)) {
    return { isTold: false, reason: 'kind-not-chosen' };
  }
  if (rules.services.length > 0 && !rules.services.includes(notice.service)) {
    return { isTold: false, reason: 'service-not-chosen' };
  }
  if (compareSeverities(notice.severity, rules.minSeverity) < 0) {
    return { isTold: false, reason: 'severity-below-threshold' };
  }
  const exceptFrom = rules.quietHours?.exceptFrom ?? null;
  return { isTold: true, isQuiet: exceptFrom === null || compareSeverities(notice.severity, exceptFrom) < 0 };
}

/** When the quiet hours of a channel end, in milliseconds since 1970; null when it is not quiet now, or is told at any hour. */
export function endOfQuiet(rules: ChannelRules, nowMs: number): number | null {
  return rules.quietHours === null ? null : endOfQuietHours(rules.quietHours, nowMs);
}
