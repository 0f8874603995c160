import { t } from '../translations';

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const exact = new Intl.NumberFormat('en');

/** Short form for lists: 48211 becomes 48.2K. */
export function shortCount(count: number): string {
  return compact.format(count);
}

export function exactCount(count: number): string {
  return exact.format(count);
}

/** One of something, or several; each whole, because languages count in different ways. */
const counted = {
  cluster: (count: number) =>
    t('count.cluster', '{{count, number}} clusters', { count, defaultValue_one: '{{count, number}} cluster' }),
  day: (count: number) =>
    t('count.day', '{{count, number}} days', { count, defaultValue_one: '{{count, number}} day' }),
  event: (count: number) =>
    t('count.event', '{{count, number}} events', { count, defaultValue_one: '{{count, number}} event' }),
  frame: (count: number) =>
    t('count.frame', '{{count, number}} frames', { count, defaultValue_one: '{{count, number}} frame' }),
  incident: (count: number) =>
    t('count.incident', '{{count, number}} incidents', { count, defaultValue_one: '{{count, number}} incident' }),
  line: (count: number) =>
    t('count.line', '{{count, number}} lines', { count, defaultValue_one: '{{count, number}} line' }),
  minute: (count: number) =>
    t('count.minute', '{{count, number}} minutes', { count, defaultValue_one: '{{count, number}} minute' }),
  pattern: (count: number) =>
    t('count.pattern', '{{count, number}} patterns', { count, defaultValue_one: '{{count, number}} pattern' }),
  row: (count: number) =>
    t('count.row', '{{count, number}} rows', { count, defaultValue_one: '{{count, number}} row' }),
  rule: (count: number) =>
    t('count.rule', '{{count, number}} rules', { count, defaultValue_one: '{{count, number}} rule' }),
  series: (count: number) =>
    t('count.series', '{{count, number}} series', { count, defaultValue_one: '{{count, number}} series' }),
  time: (count: number) =>
    t('count.time', '{{count, number}} times', { count, defaultValue_one: '{{count, number}} time' }),
  trace: (count: number) =>
    t('count.trace', '{{count, number}} traces', { count, defaultValue_one: '{{count, number}} trace' }),
  value: (count: number) =>
    t('count.value', '{{count, number}} values', { count, defaultValue_one: '{{count, number}} value' }),
  watch: (count: number) =>
    t('count.watch', '{{count, number}} watches', { count, defaultValue_one: '{{count, number}} watch' }),
};

/** `1 cluster`, `1,200 clusters`, in the reader's language. */
export function countOf(count: number, noun: keyof typeof counted): string {
  return counted[noun](count);
}

/** A ratio (0..1) in percent; what is there but rounds to nothing says so. */
export function percent(ratio: number): string {
  if (ratio > 0 && ratio < 0.001) {
    return '< 0.1 %';
  }
  const value = ratio * 100;
  return `${value >= 10 || value === 0 ? Math.round(value) : value.toFixed(1)} %`;
}

/** Below this, one digit behind the point says something. */
const roundedFrom = 10;

/** A factor, such as 2.5 or 17; `whole` writes those without digits behind the point. */
export function factorText(factor: number, whole: (rounded: number) => string = String): string {
  return factor >= roundedFrom ? whole(Math.round(factor)) : factor.toFixed(1);
}
