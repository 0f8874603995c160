import { clusterAt, windowPageSize, type ClusterWindow } from './cluster-window';

/** Where the keyboard is in the list: at a cluster, wherever it stands, or at a row whose cluster is still on its way. */
export interface Cursor {
  readonly row: number;
  /** Undefined while the row's page is not loaded. */
  readonly clusterId: string | undefined;
}

export function cursorAt(window: ClusterWindow, row: number): Cursor {
  return { row, clusterId: clusterAt(window, row)?.id };
}

/**
 * The cursor among clusters that were loaded anew: it goes where its cluster went. Undefined when another cluster stands in its place:
 * keys must not act on one that the reader has not gone to.
 */
export function followCursor({ row, clusterId }: Cursor, window: ClusterWindow): Cursor | undefined {
  const current = clusterAt(window, row)?.id;
  if (clusterId === undefined || current === clusterId) {
    return { row, clusterId: current };
  }
  for (const [page, clusters] of window) {
    const place = clusters.findIndex(({ id }) => id === clusterId);
    if (place !== -1) {
      return { row: page * windowPageSize + place, clusterId };
    }
  }
  // Its page was let go of, and tells when it comes back.
  return window.has(Math.floor(row / windowPageSize)) ? undefined : { row, clusterId };
}
