import type { ForTenant } from '../http/route-handlers.ts';
import { checkLogStore, type LogStoreFeature } from './check-log-store.ts';
import { listWatches, type WatchFeature } from './list-watches.ts';

/** What answers the routes of the log store. */
export function createLogStoreHandlers(forTenant: ForTenant<LogStoreFeature & WatchFeature>) {
  return { checkLogStore: forTenant(checkLogStore), listWatches: forTenant(listWatches) };
}
