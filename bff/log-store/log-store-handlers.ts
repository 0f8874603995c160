import type { ForTenant } from '../http/route-handlers.ts';
import { checkLogStore, type LogStoreFeature } from './check-log-store.ts';
import type { SearchFeature } from '../search/search-feature.ts';
import { listPatterns } from './list-patterns.ts';
import { listWatches, type WatchFeature } from './list-watches.ts';

/** What answers the routes of the log store. */
export function createLogStoreHandlers(forTenant: ForTenant<LogStoreFeature & WatchFeature & SearchFeature>) {
  return {
    checkLogStore: forTenant(checkLogStore),
    listPatterns: forTenant(listPatterns),
    listWatches: forTenant(listWatches),
  };
}
