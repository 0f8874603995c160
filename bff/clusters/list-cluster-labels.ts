import type { ListClusterLabelsResponse, RequestOf } from '@loghunter/contracts';
import type { LabelValueCount } from '@loghunter/ports';
import { requireCluster, type ClusterFeature } from './cluster-feature.ts';
import { presentRange, readTimeRange } from '../http/time-range.ts';

// A screen's worth; the values that hold most lines come first.
const maxLabels = 30;
const maxValues = 20;

type LabelConcentration = ListClusterLabelsResponse['labels'][number];

/** Answers the label values that a cluster concentrates in. */
export async function listClusterLabels(
  feature: ClusterFeature,
  request: RequestOf<'listClusterLabels'>
): Promise<ListClusterLabelsResponse> {
  const range = readTimeRange(request, feature.clock.nowMs());
  const cluster = await requireCluster(feature, request.id, range, 1);
  const [counts, coverage] = await Promise.all([
    feature.clusters.countLabelValues(feature.tenantId, request.id, range),
    feature.clusters.readCoverage(feature.tenantId, range),
  ]);
  return { range: presentRange(range), labels: rankLabels(counts, cluster.lineCount, coverage.lineCount) };
}

/** Labels whose values hold a larger part of the cluster than of everything come first. */
export function rankLabels(
  counts: readonly LabelValueCount[],
  clusterLineCount: number,
  overallLineCount: number
): LabelConcentration[] {
  const byName = Map.groupBy(counts, (count) => count.name);
  const labels = [...byName].map(([name, values]): LabelConcentration => {
    const sorted = values.toSorted((a, b) => b.clusterLineCount - a.clusterLineCount || (a.value < b.value ? -1 : 1));
    return {
      name,
      values: sorted.slice(0, maxValues).map((value) => ({
        value: value.value,
        lineCount: value.clusterLineCount,
        share: ratio(value.clusterLineCount, clusterLineCount),
        overallShare: ratio(value.overallLineCount, overallLineCount),
      })),
    };
  });
  return labels.toSorted((a, b) => distinction(b) - distinction(a) || (a.name < b.name ? -1 : 1)).slice(0, maxLabels);
}

function distinction(label: LabelConcentration): number {
  return Math.max(0, ...label.values.map((value) => value.share - value.overallShare));
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(1, part / whole);
}
