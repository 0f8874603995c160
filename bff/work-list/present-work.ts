import type { IgnoredUntil as PresentedIgnoring, Work as PresentedWork } from '@loghunter/contracts';
import type { Work } from '@loghunter/engine/work-list';
import type { ClusterWork } from '@loghunter/ports';
import { toTimestamp } from '../http/time-range.ts';

/** A cluster's place in the work list as answers write it. */
export function presentWork({ work, assignee }: ClusterWork): PresentedWork {
  return {
    state: work.state,
    since: toTimestamp(work.sinceMs),
    ...presentPutAway(work),
    assignee: assignee && { ...assignee },
  };
}

/** What ends an ignoring and where it was resolved; null where the work is neither. */
export function presentPutAway(work: Work): Pick<PresentedWork, 'ignoredUntil' | 'resolvedIn'> {
  return {
    ignoredUntil: work.state === 'ignored' ? presentIgnoring(work) : null,
    resolvedIn: work.state === 'resolved' ? (work.release?.name ?? null) : null,
  };
}

function presentIgnoring({ until }: Extract<Work, { state: 'ignored' }>): PresentedIgnoring | null {
  switch (until?.kind) {
    case undefined:
      return null;
    case 'time':
      return { kind: 'time', at: toTimestamp(until.atMs) };
    case 'count':
      return { kind: 'count', eventCount: until.eventCount };
    case 'rate':
      return { kind: 'rate', factor: until.factor, perHour: until.perHour };
  }
}
