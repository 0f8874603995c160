import type { SavedFilter } from '@loghunter/contracts';
import { searchPath } from '../../plugin-paths';
import { rangeUrlKeys } from '../../scenes/log-scene';
import { allValues } from '../../scenes/stream-variable';

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

/** None is written out as all: a variable that the address leaves out keeps what was chosen before. */
function appendStreams(search: URLSearchParams, key: string, values: readonly string[] = []): void {
  for (const value of values.length > 0 ? values : [allValues]) {
    search.append(key, value);
  }
}
