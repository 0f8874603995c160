import type { WorkAction } from '@loghunter/contracts';
import { t } from '../translations';

export interface IgnoreChoice {
  readonly key: string;
  readonly label: string;
  readonly hint: string;
  readonly action: (nowMs: number) => WorkAction;
}

const hourMs = 3_600_000;

/** Usual for an alert that is noise until it grows: an order of magnitude. */
const growthFactor = 10;
const eventCount = 100;

/** Ways to ignore, the ones that end by themselves first: what is ignored for good is easily forgotten. */
export function ignoreChoices(): readonly IgnoreChoice[] {
  return [
    forHours('hour', t('workList.ignore.hour', 'For an hour'), 1),
    forHours('workday', t('workList.ignore.workday', 'For eight hours'), 8),
    forHours('day', t('workList.ignore.day', 'For a day'), 24),
    forHours('week', t('workList.ignore.week', 'For a week'), 7 * 24),
    {
      key: 'rate',
      label: t('workList.ignore.rate', 'Until it is ten times as frequent'),
      hint: t('workList.ignore.rateHint', 'than it usually is now'),
      action: () => ({ kind: 'ignore', until: { kind: 'rate', factor: growthFactor } }),
    },
    {
      key: 'count',
      label: t('workList.ignore.count', 'Until 100 more events'),
      hint: t('workList.ignore.countHint', 'counted from now on'),
      action: () => ({ kind: 'ignore', until: { kind: 'count', eventCount } }),
    },
    {
      key: 'forever',
      label: t('workList.ignore.forever', 'For good'),
      hint: t('workList.ignore.foreverHint', 'until somebody opens it'),
      action: () => ({ kind: 'ignore' }),
    },
  ];
}

function forHours(key: string, label: string, hours: number): IgnoreChoice {
  return {
    key,
    label,
    hint: '',
    action: (nowMs) => ({
      kind: 'ignore',
      until: { kind: 'time', at: new Date(nowMs + hours * hourMs).toISOString() },
    }),
  };
}
