import type { RequestOf } from '@loghunter/contracts';
import { dispersionOf } from '@loghunter/engine/comparison';
import type { CoverageRow, MinuteRange, NamedCluster } from '@loghunter/ports';
import type { ClusterFeature } from './cluster-feature.ts';

type Request = RequestOf<'compareClusters'>;

/** Clusters of a side that are compared, the most frequent first; more would take longer than people wait. */
const maxComparedClusters = 5000;
/** Steps in which a cluster's bursts are measured. */
const burstSteps = 24;

/** A cluster on one side: its events, and how unevenly they came (1: as by chance). */
export interface ComparedCluster {
  readonly name: NamedCluster;
  readonly eventCount: number;
  readonly dispersion: number;
}

/** One side of a comparison. */
export interface ComparedSide {
  readonly range: MinuteRange;
  readonly coverage: CoverageRow;
  /** How much of the range has been read, milliseconds. */
  readonly readMs: number;
  readonly totalClusterCount: number;
  readonly totalEventCount: number;
  /** Clusters that were not read: the rarest. */
  readonly cutCount: number;
  /** By what makes clusters of both sides the same one. */
  readonly clusters: ReadonlyMap<string, ComparedCluster>;
}

/** Which lines a side is of. */
export interface SideChoice {
  readonly range: MinuteRange;
  readonly services: readonly string[];
  /** Null: whatever labels their streams have. */
  readonly label: { readonly name: string; readonly values: readonly string[] } | null;
  /** Whether clusters of different services are the same one when they say the same. */
  readonly isByTemplate: boolean;
}

/** Reads a side. */
export async function readComparedSide(
  feature: ClusterFeature,
  { namespace = [], level = [] }: Request,
  choice: SideChoice
): Promise<ComparedSide> {
  const { range, label, services, isByTemplate } = choice;
  const filter = { range, services, namespaces: namespace, levels: level };
  const [counted, coverage] = await Promise.all([
    label === null
      ? readAll(feature, filter)
      : readLabelled(feature, { ...filter, label: label.name, values: label.values }),
    feature.clusters.readCoverage(feature.tenantId, range),
  ]);
  const { readFromMs, readUpToMs } = coverage;
  const { clusters, ...totals } = counted;
  return {
    ...totals,
    ...{ range, coverage },
    cutCount: totals.totalClusterCount - clusters.length,
    readMs:
      readFromMs === null || readUpToMs === null
        ? 0
        : Math.max(0, Math.min(range.toMs, readUpToMs) - Math.max(range.fromMs, readFromMs)),
    clusters: isByTemplate ? byTemplate(clusters) : new Map(clusters.map((cluster) => [cluster.name.id, cluster])),
  };
}

interface Counted {
  readonly clusters: readonly ComparedCluster[];
  readonly totalClusterCount: number;
  readonly totalEventCount: number;
}

type Filter = Omit<Parameters<ClusterFeature['clusters']['listLabelledClusters']>[1], 'label' | 'values'>;

async function readAll({ clusters, tenantId }: ClusterFeature, filter: Filter): Promise<Counted> {
  const trendPoints = stepsOf(filter.range);
  const page = { sort: 'count', order: 'desc', limit: maxComparedClusters, offset: 0, trendPoints } as const;
  const { totalClusterCount, totalEventCount, ...list } = await clusters.listClusters(
    tenantId,
    { ...filter, text: '' },
    page
  );
  return {
    ...{ totalClusterCount, totalEventCount },
    clusters: list.clusters.map((row) => compared(row, row.eventCount, row.trend.counts)),
  };
}

async function readLabelled(
  { clusters, tenantId }: ClusterFeature,
  filter: Filter & { readonly label: string; readonly values: readonly string[] }
): Promise<Counted> {
  const page = { limit: maxComparedClusters, stepCount: stepsOf(filter.range) };
  const { clusters: rows, ...totals } = await clusters.listLabelledClusters(tenantId, filter, page);
  return { ...totals, clusters: rows.map((row) => compared(row, row.eventCount, row.counts)) };
}

function stepsOf({ fromMs, toMs }: MinuteRange): number {
  return Math.max(1, Math.min(burstSteps, (toMs - fromMs) / 60_000));
}

function compared(name: NamedCluster, eventCount: number, counts: readonly number[]): ComparedCluster {
  return { name, eventCount, dispersion: dispersionOf(counts) };
}

/** Clusters by template; those that have the same are one, with their events together. */
function byTemplate(clusters: readonly ComparedCluster[]): ReadonlyMap<string, ComparedCluster> {
  return new Map(
    [...Map.groupBy(clusters, ({ name }) => name.templateText)].flatMap(([template, [first, ...others]]) =>
      first === undefined
        ? []
        : [
            [
              template,
              { ...first, eventCount: others.reduce((sum, { eventCount }) => sum + eventCount, first.eventCount) },
            ] as const,
          ]
    )
  );
}
