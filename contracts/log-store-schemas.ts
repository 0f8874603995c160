import * as logStore from './log-store.ts';

/** Schemas of the log store and how it is read. */
export const logStoreSchemas = {
  checkLogStore: { response: logStore.CheckLogStoreResponse },
  listPatterns: { query: logStore.ListPatternsRequest, response: logStore.ListPatternsResponse },
  listWatches: { response: logStore.ListWatchesResponse },
} as const;
