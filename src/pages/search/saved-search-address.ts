import type { SavedFilter } from '@loghunter/contracts';
import { searchPath } from '../../plugin-paths';
import { rangeUrlKeys } from '../../scenes/log-scene';
import { appendStreams } from '../../scenes/stream-search';

/** Address of the search for what was kept. A filter says what to look for, not when: the range of `nowSearch` stays. */
export function savedSearchAddress(filter: SavedFilter['filter'], nowSearch: string): string {
  const search = new URLSearchParams(filter.text ? { text: filter.text } : {});
  if (filter.query) {
    search.set('logql', filter.query);
  }
  filter.level?.forEach((level) => search.append('level', level));
  appendStreams(search, 'var-service', filter.service);
  appendStreams(search, 'var-namespace', filter.namespace);
  const now = new URLSearchParams(nowSearch);
  for (const name of rangeUrlKeys) {
    const value = now.get(name);
    if (value !== null) {
      search.set(name, value);
    }
  }
  return `${searchPath}?${search.toString()}`;
}
