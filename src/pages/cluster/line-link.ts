import type { ClusterLine } from '@loghunter/contracts';
import { clusterHref, withDataSource } from '../../plugin-paths';
import { nanosecondsToMs } from '../../ui/nanoseconds';

/** Wide enough to hold the line and what came before it. */
const linkRangeMs = 15 * 60_000;

/**
 * A link that finds the line again: its nanoseconds, and a range of its own that ends right after it. Only the newest lines of a range are
 * read, and this one has to be among them.
 */
export function lineLink(clusterId: string, { timestampNs }: Pick<ClusterLine, 'timestampNs'>): string {
  const timestampMs = nanosecondsToMs(timestampNs);
  const search = withDataSource({
    from: String(timestampMs - linkRangeMs),
    to: String(timestampMs + 1),
    line: timestampNs,
  });
  return new URL(clusterHref(clusterId, `?${search.toString()}`), window.location.origin).href;
}
