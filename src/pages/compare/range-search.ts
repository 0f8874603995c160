import type { TimeRange } from '@loghunter/contracts';
import { compareUrlKeys } from './compare-settings';

/** A page's search with a range written out, and without what belongs to the comparison only. */
export function rangeSearch(search: string, range: TimeRange): string {
  const params = new URLSearchParams(search);
  for (const name of compareUrlKeys) {
    params.delete(name);
  }
  params.set('from', range.from);
  params.set('to', range.to);
  return `?${params.toString()}`;
}
