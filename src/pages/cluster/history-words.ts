import type { HistoryEntry, WorkReason } from '@loghunter/contracts';
import { t } from '../../translations';
import { ignoredUntilWord, stateWord } from '../../work-list/state-words';

/** What happened, without when and by whom. `formatTime` writes an ISO 8601 moment. */
export function historyText(entry: HistoryEntry, formatTime: (at: string) => string): string {
  switch (entry.kind) {
    case 'state':
      return `${stateText(entry, formatTime)}${reasonText(entry.reason)}`;
    case 'assignment':
      return entry.to === null
        ? t('cluster.history.unassigned', 'Assigned to nobody')
        : `${t('cluster.history.assigned', 'Assigned to {{name}}', { name: entry.to.name })}${reasonText(entry.reason)}`;
    case 'comment':
      return entry.text;
    case 'rule':
      return entry.title === undefined || entry.title === ''
        ? t('cluster.history.rule', 'A rule was made: {{kind}}', { kind: entry.ruleKind })
        : t('cluster.history.renamed', 'Renamed to “{{title}}”', { title: entry.title });
    case 'rule-undone':
      return t('cluster.history.ruleUndone', 'A rule was undone: {{kind}}', { kind: entry.ruleKind });
  }
}

function stateText(entry: Extract<HistoryEntry, { kind: 'state' }>, formatTime: (at: string) => string): string {
  if (entry.to === 'ignored' && entry.ignoredUntil !== null) {
    return ignoredUntilWord(entry.ignoredUntil, formatTime);
  }
  if (entry.to === 'resolved' && entry.resolvedIn !== null) {
    return t('workList.detail.resolvedIn', 'Resolved in {{release}}', { release: entry.resolvedIn });
  }
  return entry.from === null
    ? stateWord(entry.to)
    : t('cluster.history.fromTo', '{{to}} (was {{from}})', { to: stateWord(entry.to), from: stateWord(entry.from) });
}

function reasonText(reason: WorkReason): string {
  const words: Readonly<Record<WorkReason, string>> = {
    person: '',
    undo: t('cluster.reason.undo', 'an undo'),
    'first-line': t('cluster.reason.firstLine', 'first line seen'),
    'new-lines': t('cluster.reason.newLines', 'new lines came'),
    'time-passed': t('cluster.reason.timePassed', 'its time has passed'),
    'count-reached': t('cluster.reason.countReached', 'its count is reached'),
    'rate-reached': t('cluster.reason.rateReached', 'far more often than usual'),
    'rate-fell': t('cluster.reason.rateFell', 'back at its usual rate'),
    quiet: t('cluster.reason.quiet', 'quiet for days'),
    'owner-rule': t('cluster.reason.ownerRule', 'an owner rule'),
  };
  return words[reason] === '' ? '' : `: ${words[reason]}`;
}
