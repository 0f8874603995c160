import * as coverage from './coverage.ts';
import * as live from './live.ts';
import * as overview from './overview.ts';
import * as search from './search.ts';
import * as tail from './tail.ts';

/** Schemas of the overview, the search and the live stream. */
export const insightSchemas = {
  getOverview: { query: overview.GetOverviewRequest, response: overview.GetOverviewResponse },
  listOverviewQueries: {
    query: overview.ListOverviewQueriesRequest,
    response: overview.ListOverviewQueriesResponse,
  },
  searchLogs: { body: search.SearchLogsRequest, response: search.SearchLogsResponse },
  getCoverage: { query: coverage.GetCoverageRequest, response: coverage.GetCoverageResponse },
  tailLogs: { query: tail.TailLogsRequest, response: tail.TailEvent },
  watchLive: { query: live.WatchLiveRequest, response: live.LiveEvent },
} as const;
