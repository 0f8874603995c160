import type { OverviewTotals } from '@loghunter/contracts';
import { t } from '../../translations';
import { factorText, percent, shortCount } from '../../ui/number-format';

/** Errors by events, 0..1; nothing when there were no events. */
export function errorRate({ eventCount, errorCount }: Pick<OverviewTotals, 'eventCount' | 'errorCount'>): number {
  return eventCount === 0 ? 0 : errorCount / eventCount;
}

/** Below this, two figures are about equal: counts of minutes always differ a little. */
const equalWithin = 0.05;

/** How a figure compares with the one before: `12 % more than before`. */
export function changeText(now: number, before: number): string {
  if (before === 0) {
    return now === 0 ? t('overview.change.none', 'none before either') : t('overview.change.first', 'none before');
  }
  const change = now / before - 1;
  if (Math.abs(change) < equalWithin) {
    return t('overview.change.equal', 'about as before');
  }
  if (change >= 1) {
    return t('overview.change.as-much', '{{factor}} times as much as before', {
      factor: factorText(now / before, shortCount),
    });
  }
  return change > 0
    ? t('overview.change.more', '{{share}} more than before', { share: percent(change) })
    : t('overview.change.less', '{{share}} less than before', { share: percent(-change) });
}
