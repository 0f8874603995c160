import { t } from '../../translations';
import { exactCount } from '../number-format';

/** Below this many times the usual, percent say more: "40 % more", not "1.4 times". */
const leastTimes = 2;

/** A smaller difference is the same to a person. */
const sameRatio = 0.05;

/** Large factors are known to two digits at best. */
const wholeTimesFrom = 10;

/** Beyond this the usual figure is what a model makes of none at all. */
const usuallyNoneFrom = 100_000;

/** How an observed figure compares with the usual one, in plain words. */
export function deviationWords(observed: number, expected: number): string {
  if (expected <= 0) {
    return observed <= 0 ? t('deviation.words.none', 'none, as usual') : usuallyNone();
  }
  if (observed <= 0) {
    return t('deviation.words.nothing', 'nothing at all');
  }
  const times = observed / expected;
  if (times >= usuallyNoneFrom) {
    return usuallyNone();
  }
  if (times >= leastTimes) {
    return t('deviation.words.times', '{{times}} times the usual', { times: timesText(times) });
  }
  const difference = Math.round(Math.abs(times - 1) * 100);
  if (difference <= sameRatio * 100) {
    return t('deviation.words.usual', 'about as usual');
  }
  // 99.7 % less is not "100 % less": something is left.
  return times > 1
    ? t('deviation.words.more', '{{percent}} % more than usual', { percent: difference })
    : t('deviation.words.less', '{{percent}} % less than usual', { percent: Math.min(99, difference) });
}

function usuallyNone(): string {
  return t('deviation.words.usually-none', 'usually none');
}

function timesText(times: number): string {
  return times >= wholeTimesFrom ? exactCount(roundToTwoDigits(times)) : String(Math.round(times * 10) / 10);
}

function roundToTwoDigits(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / unit) * unit;
}
