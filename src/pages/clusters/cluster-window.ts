import type { Cluster } from '@loghunter/contracts';

/** Clusters a request asks for: several screens, and half of what the server gives at most. */
export const windowPageSize = 100;

/** Pages kept around the ones in view: enough to scroll back without waiting, few enough to hold a hundred thousand clusters. */
const keptPageCount = 12;

/** The server skips at most this many clusters. */
const maxOffset = 100_000;

/** The loaded stretches of a long list, by page number from 0. */
export type ClusterWindow = ReadonlyMap<number, readonly Cluster[]>;

/** Rows by number, both ends included. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

/** Rows that can be reached by scrolling. */
export function reachableCount(totalClusterCount: number): number {
  return Math.min(totalClusterCount, maxOffset + windowPageSize);
}

/** The cluster of a row; undefined while its page is not loaded. */
export function clusterAt(window: ClusterWindow, index: number): Cluster | undefined {
  return window.get(Math.floor(index / windowPageSize))?.[index % windowPageSize];
}

/** Pages that rows from `first` to `last` stand on. */
export function pagesOf(first: number, last: number): readonly number[] {
  const start = Math.floor(Math.max(0, first) / windowPageSize);
  const end = Math.floor(Math.max(0, last) / windowPageSize);
  return Array.from({ length: end - start + 1 }, (_, index) => start + index);
}

/** Adds a page, and lets go of those farthest from it. */
export function withPage(window: ClusterWindow, page: number, clusters: readonly Cluster[]): ClusterWindow {
  const entries = [...window].filter(([other]) => other !== page);
  entries.sort(([a], [b]) => Math.abs(a - page) - Math.abs(b - page));
  return new Map([[page, clusters], ...entries.slice(0, keptPageCount - 1)]);
}

/** Changes clusters where they stand, so that nothing moves under the reader. */
export function mapClusters(window: ClusterWindow, change: (cluster: Cluster) => Cluster): ClusterWindow {
  return new Map([...window].map(([page, clusters]) => [page, clusters.map(change)]));
}
