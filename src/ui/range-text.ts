import { dateTimeFormat } from '@grafana/data';

/** A time range in the page's time zone, its day once: `2026-11-28 19:51 – 21:52`, `2026-11-28 19:51 – 2026-11-29 01:10`. */
export function rangeText(range: { readonly from: string; readonly to: string }, timeZone: string): string {
  const format = (at: string, pattern: string) => dateTimeFormat(at, { timeZone, format: pattern });
  const isOneDay = format(range.from, 'YYYY-MM-DD') === format(range.to, 'YYYY-MM-DD');
  return `${format(range.from, 'YYYY-MM-DD HH:mm')} – ${format(range.to, isOneDay ? 'HH:mm' : 'YYYY-MM-DD HH:mm')}`;
}
