import type { TimeRangeQuery } from '@loghunter/contracts';

/** The address with its range written out: "last hour" would be another hour when somebody opens the link. */
export function fixedRangeUrl(href: string, { from, to }: Required<TimeRangeQuery>): string {
  const url = new URL(href);
  url.searchParams.set('from', from);
  url.searchParams.set('to', to);
  return url.href;
}
