import type { Labels } from '@loghunter/engine/records';
import type { ListedWork, MinuteRange } from '@loghunter/ports';
import type { ClusterFeature } from '../clusters/cluster-feature.ts';
import { floorMinute, minuteMs } from '../scanner/minutes.ts';

/** Labels that name the release that wrote a line, in the order in which they are looked for. */
const releaseLabels = [
  'release',
  'version',
  'service_version',
  'app_version',
  'app_kubernetes_io_version',
  'image_tag',
] as const;
const maxStreams = 500;

/** The release that a stream's labels name; '' when they name none. */
export function releaseOf(labels: Labels): string {
  const name = releaseLabels.find((label) => (labels[label] ?? '') !== '');
  return name === undefined ? '' : (labels[name] ?? '');
}

/**
 * Releases that wrote lines of a cluster in a range, '' for lines that name none.
 * @param afterMs - only those with a line later than this, which may lie within a minute of the range
 */
export async function releasesIn(
  { tenantId, clusters }: Pick<ClusterFeature, 'tenantId' | 'clusters'>,
  clusterId: string,
  range: MinuteRange,
  afterMs = Number.NEGATIVE_INFINITY
): Promise<readonly string[]> {
  const streams = await clusters.listStreams(tenantId, clusterId, range, maxStreams);
  return [...new Set(streams.filter(({ lastMs }) => lastMs > afterMs).map(({ labels }) => releaseOf(labels)))];
}

/** Releases that clusters are known to have had, by cluster. */
export async function findReleases(
  feature: Pick<ClusterFeature, 'tenantId' | 'clusters'>,
  listed: readonly ListedWork[]
): Promise<ReadonlyMap<string, readonly string[]>> {
  const releases = new Map<string, readonly string[]>();
  for (const { clusterId, firstSeenMs, lastSeenMs } of listed) {
    const range = { fromMs: floorMinute(firstSeenMs), toMs: floorMinute(lastSeenMs) + minuteMs };
    releases.set(clusterId, await releasesIn(feature, clusterId, range));
  }
  return releases;
}
