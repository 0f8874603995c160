import { dateTimeFormat } from '@grafana/data';
import type { GetCoverageResponse, WatchCoverage } from '@loghunter/contracts';
import { t } from '../translations';
import { countOf, shortCount } from './number-format';

/** How many of the known lines are in clusters. */
export function restsOn({ seenLineCount, clusteredLineCount, readUpTo }: GetCoverageResponse): string {
  if (readUpTo === null) {
    return t('coverage.nothing-read', 'No logs have been read yet');
  }
  if (seenLineCount === 0) {
    return t('coverage.no-lines', 'No lines are known in this range');
  }
  return seenLineCount === clusteredLineCount
    ? t('coverage.all', 'Rests on all of {{count}} lines', { count: shortCount(seenLineCount) })
    : t('coverage.some', 'Rests on {{clustered}} of {{seen}} lines', {
        clustered: shortCount(clusteredLineCount),
        seen: shortCount(seenLineCount),
      });
}

/** Why it is not every line, or not every line as it came; empty when it is. */
export function reasonsOf({ watches, ...counts }: GetCoverageResponse, timeZone: string): readonly string[] {
  const { range, readFrom, readUpTo } = counts;
  const behind = watches.filter(({ isBehind }) => isBehind);
  const unreadWatchCount = behind.filter((watch) => watch.readUpTo === null).length;
  const parts = watches.filter(({ reads }) => reads === 'part').map(({ oneIn }) => oneIn);
  return [
    readUpTo !== null &&
      behind.length > unreadWatchCount &&
      t('coverage.behind', 'still reading: everything up to {{time}} is in', { time: minuteOf(readUpTo, timeZone) }),
    readUpTo !== null &&
      unreadWatchCount > 0 &&
      t('coverage.not-begun', 'nothing has been read yet by {{watches}}', {
        watches: countOf(unreadWatchCount, 'watch'),
      }),
    ...heldBackTexts(behind),
    readFrom !== null &&
      Date.parse(range.from) < Date.parse(readFrom) &&
      t('coverage.before', 'nothing before {{time}} has been read', { time: minuteOf(readFrom, timeZone) }),
    counts.estimatedLineCount > 0 &&
      t('coverage.estimated', '{{count}} are estimated: 1 in {{oneIn}} is read', {
        count: shortCount(counts.estimatedLineCount),
        oneIn: [...new Set(parts)].join(', '),
      }),
    counts.unreadLineCount > 0 &&
      t('coverage.unread', '{{count}} were counted and not read', { count: shortCount(counts.unreadLineCount) }),
    counts.unclusteredLineCount > 0 &&
      t('coverage.unclustered', '{{count}} have no cluster: there are too many', {
        count: shortCount(counts.unclusteredLineCount),
      }),
    counts.lateLineCount > 0 && t('coverage.late', '{{count}} came late', { count: shortCount(counts.lateLineCount) }),
  ].filter((reason) => reason !== false);
}

/** Up to when a watch that is behind has read, and what holds it back. */
export function behindText(watch: WatchCoverage, timeZone: string): string {
  const { readUpTo } = watch;
  return [
    readUpTo === null
      ? t('coverage.watch-not-begun', 'nothing read yet')
      : t('coverage.watch-read-up-to', 'read up to {{time}}', { time: minuteOf(readUpTo, timeZone) }),
    ...heldBackTexts([watch]),
  ].join(': ');
}

/** What holds watches back, each reason once. */
function heldBackTexts(watches: readonly WatchCoverage[]): readonly string[] {
  return [...new Set(watches.flatMap(({ heldBackBy }) => heldBackBy ?? []))].map(heldBackText);
}

function heldBackText(reason: NonNullable<WatchCoverage['heldBackBy']>): string {
  switch (reason) {
    case 'budget':
      return t('coverage.held-back-budget', 'the budget for background queries is used up');
    case 'source':
      return t('coverage.held-back-source', 'the log source does not answer, or asks for a pause');
    case 'failure':
      return t('coverage.held-back-failure', "reading fails, the server's log says why");
    case 'scanner':
      return t('coverage.held-back-scanner', 'no scanner is running');
  }
}

function minuteOf(at: string, timeZone: string): string {
  return dateTimeFormat(at, { timeZone, format: 'YYYY-MM-DD HH:mm' });
}
