import { t } from '../translations';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time in its two largest units: `4 min`, `2 h 5 min`, `3 d 4 h`. */
export function durationText(durationMs: number): string {
  const whole = (unitMs: number) => Math.floor(durationMs / unitMs);
  // Rounded down as larger units are: 59.9 s are not a minute yet, and never "60 s".
  if (durationMs < minuteMs) {
    return t('time.long.seconds', '{{seconds}} s', { seconds: Math.max(0, whole(1000)) });
  }
  if (durationMs < hourMs) {
    return t('time.long.minutes', '{{minutes}} min', { minutes: whole(minuteMs) });
  }
  if (durationMs < dayMs) {
    const [hours, minutes] = [whole(hourMs), Math.floor((durationMs % hourMs) / minuteMs)];
    return minutes === 0
      ? t('time.long.hours', '{{hours}} h', { hours })
      : t('time.long.hours-minutes', '{{hours}} h {{minutes}} min', { hours, minutes });
  }
  const [days, hours] = [whole(dayMs), Math.floor((durationMs % dayMs) / hourMs)];
  return hours === 0
    ? t('time.long.days', '{{days}} d', { days })
    : t('time.long.days-hours', '{{days}} d {{hours}} h', { days, hours });
}
