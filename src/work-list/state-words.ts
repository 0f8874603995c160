import type { IgnoredUntil, Work, WorkState } from '@loghunter/contracts';
import { exactCount } from '../ui/number-format';
import { t } from '../translations';

/** What needs work most comes first. */
export const workStates: readonly WorkState[] = ['regressed', 'escalating', 'new', 'ongoing', 'ignored', 'resolved'];

/** States of clusters that somebody may still have to look at. */
export const openStates: readonly WorkState[] = ['regressed', 'escalating', 'new', 'ongoing'];

export function isWorkState(value: string): value is WorkState {
  return workStates.some((state) => state === value);
}

export function stateWord(state: WorkState): string {
  const words: Readonly<Record<WorkState, string>> = {
    new: t('workList.state.new', 'New'),
    ongoing: t('workList.state.ongoing', 'Ongoing'),
    escalating: t('workList.state.escalating', 'Escalating'),
    regressed: t('workList.state.regressed', 'Regressed'),
    ignored: t('workList.state.ignored', 'Ignored'),
    resolved: t('workList.state.resolved', 'Resolved'),
  };
  return words[state];
}

/** What a state means, for people who meet it for the first time. */
export function stateMeaning(state: WorkState): string {
  const meanings: Readonly<Record<WorkState, string>> = {
    new: t('workList.meaning.new', 'Seen for the first time not long ago'),
    ongoing: t('workList.meaning.ongoing', 'Known, and at its usual rate'),
    escalating: t('workList.meaning.escalating', 'Far more often than usual'),
    regressed: t('workList.meaning.regressed', 'Came back after it had been resolved'),
    ignored: t('workList.meaning.ignored', 'Still counted, but nobody is told'),
    resolved: t('workList.meaning.resolved', 'Done, until new lines come'),
  };
  return meanings[state];
}

/** State with its condition: `Ignored until 12:30`, `Resolved in 1.4.2`. `formatTime` writes an ISO 8601 moment. */
export function stateDetail(work: Work, formatTime: (at: string) => string): string {
  if (work.state === 'ignored' && work.ignoredUntil !== null) {
    return ignoredUntilWord(work.ignoredUntil, formatTime);
  }
  if (work.state === 'resolved' && work.resolvedIn !== null) {
    return t('workList.detail.resolvedIn', 'Resolved in {{release}}', { release: work.resolvedIn });
  }
  return stateWord(work.state);
}

export function ignoredUntilWord(until: IgnoredUntil, formatTime: (at: string) => string): string {
  if (until.kind === 'time') {
    return t('workList.detail.untilTime', 'Ignored until {{time}}', { time: formatTime(until.at) });
  }
  if (until.kind === 'count') {
    return t('workList.detail.untilCount', 'Ignored until {{events}} more events', {
      events: exactCount(until.eventCount),
    });
  }
  return t('workList.detail.untilRate', 'Ignored until {{factor}} times the rate', { factor: until.factor });
}
