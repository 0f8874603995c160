import type { Labels } from '@loghunter/engine/records';
import type { Level } from '@loghunter/engine/severity';
import type { TemplatePart } from '@loghunter/engine/templates';
import type { WorkState } from '@loghunter/engine/work-list';
import type { ClusterWork } from './work-list-store.ts';

/** Whole minutes [fromMs, toMs), milliseconds since 1970. */
export interface MinuteRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Which clusters and which of their counts are meant; an empty list means any. */
export interface ClusterFilter {
  readonly range: MinuteRange;
  readonly services: readonly string[];
  readonly namespaces: readonly string[];
  readonly levels: readonly Level[];
  /** Part of the template, case ignored; empty for any. */
  readonly text: string;
  /** In any of these states of the work list. */
  readonly states?: readonly WorkState[];
  /** Looked after by any of these ids; null among them: by nobody. */
  readonly assigneeIds?: ReadonlyArray<string | null>;
  /** Only clusters that became new, regressed or escalating after this moment. */
  readonly freshAfterMs?: number;
}

/**
 * A page of a sorted list. `state` goes by how much a cluster needs work: resolved, ignored, ongoing, new, escalating, regressed; `assignee` by name in
 * lower case, nobody last; `trend` by `trendScore` of events. `count` is events, then lines; a higher level is a more severe one, `unknown` the lowest; `service` goes by service,
 * then namespace, in order of code points. Ties are broken by id, ascending.
 */
export interface ClusterPage {
  readonly sort: 'count' | 'firstSeen' | 'lastSeen' | 'level' | 'service' | 'state' | 'assignee' | 'trend';
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  readonly offset: number;
  /** `ClusterList.nextKey` of the page before, sorted the same way: the page begins after it, and `offset` counts from there. */
  readonly afterKey?: readonly string[];
  /** Wanted steps of each cluster's trend over the range, 1..240; `planTrend` rounds them. */
  readonly trendPoints: number;
}

/** A canonical cluster with its figures for a range: those of all clusters that rules made part of it. */
export interface ClusterRow {
  readonly id: string;
  readonly service: string;
  readonly namespace: string;
  readonly level: Level;
  readonly template: readonly TemplatePart[];
  readonly templateText: string;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly eventCount: number;
  readonly lineCount: number;
  /** Event counts of the range at the steps of `planTrend(range, trendPoints)`. */
  readonly trend: Trend;
  /** Its place in the work list; null: the list does not know it yet. */
  readonly current: ClusterWork | null;
}

/** Counts at equal steps: `counts[i]` covers the part of [startMs + i * stepMs, startMs + (i + 1) * stepMs) inside the range. */
export interface Trend {
  readonly startMs: number;
  readonly stepMs: number;
  readonly counts: readonly number[];
}

/** A page of clusters and the totals of all pages. */
export interface ClusterList {
  readonly clusters: readonly ClusterRow[];
  readonly totalClusterCount: number;
  readonly totalEventCount: number;
  readonly totalLineCount: number;
  /** Sort key of the last cluster of the page, for `afterKey`; null when no cluster comes after it. */
  readonly nextKey: readonly string[] | null;
}

/** A stream in which a cluster has lines. */
export interface StreamFigures {
  readonly labels: Labels;
  readonly lineCount: number;
  /** Time of the cluster's first event there in the range, milliseconds since 1970. */
  readonly firstMs: number;
  /** The same of its last one. */
  readonly lastMs: number;
}

/** What has been read of a range, all clusters. */
export interface CoverageRow {
  readonly lineCount: number;
  readonly unreadLineCount: number;
  /** Lines that were counted without a cluster of their own, because there were too many clusters; part of `lineCount`. */
  readonly unclusteredLineCount: number;
  readonly readFromMs: number | null;
  readonly readUpToMs: number | null;
}

/** What a scanner waits for: the budget of background queries, a log source that is away or asks for a pause, the end of another failure. */
export type HeldBackBy = 'budget' | 'source' | 'failure';

/** How much of one watch's lines is known. */
export interface WatchCoverageRow {
  readonly name: string;
  /** As `Watch.source` and `Watch.oneIn`. */
  readonly source: string;
  readonly oneIn: number;
  readonly isRetired: boolean;
  /** Lines read, or scaled to what was counted; the next two are part of it. */
  readonly lineCount: number;
  /** Lines without a cluster of their own, because there were too many clusters. */
  readonly unclusteredLineCount: number;
  /** Lines that came after their minute had been read as complete; they are counted like all others. */
  readonly lateLineCount: number;
  /** Lines that are known and were not read. */
  readonly unreadLineCount: number;
  readonly readFromMs: number | null;
  readonly readUpToMs: number | null;
  /** What holds the reading back now; `scanner`: no scanner has the watch. Null: nothing does. */
  readonly heldBackBy: HeldBackBy | 'scanner' | null;
}

/** Lines per label value, of a cluster or of everything. */
export interface LabelValueCount {
  readonly name: string;
  readonly value: string;
  readonly clusterLineCount: number;
  readonly overallLineCount: number;
}

/** Where the steps of counts lie. */
export interface CountSteps {
  /** Start of step 0, a whole minute. */
  readonly startMs: number;
  /** Whole minutes. */
  readonly stepMs: number;
}

/** Which sources are meant; an empty list means any. */
export interface SourceFilter {
  readonly range: MinuteRange;
  readonly services: readonly string[];
  readonly namespaces: readonly string[];
}

/** Counts of one source at one level in one step. */
export interface SourceCount {
  readonly service: string;
  readonly namespace: string;
  readonly level: Level;
  /** Which step of the range, from 0. */
  readonly step: number;
  readonly eventCount: number;
  readonly lineCount: number;
}

/** Minutes that are looked at for clusters that come with another one, and how many streams and clusters at most. */
export interface CompanionSearch {
  /** Starts of minutes in which the cluster has events. */
  readonly busyMs: readonly number[];
  /** Starts of minutes in which it has none, or few. */
  readonly quietMs: readonly number[];
  readonly maxStreams: number;
  readonly maxClusters: number;
}

/** A canonical cluster, without figures. */
export type NamedCluster = Pick<ClusterRow, 'id' | 'service' | 'namespace' | 'level' | 'template' | 'templateText'>;

/** Clusters that come with another one. */
export interface Companions {
  /** Those in a larger share of the busy than of the quiet minutes first, at most `maxClusters`; the cluster itself is left out. */
  readonly clusters: readonly NamedCluster[];
  /** False: there are more streams in these hours than `maxStreams`; those with most lines were looked at. */
  readonly isComplete: boolean;
}

/** Which events are counted by a label of their streams. */
export interface LabelFilter extends SourceFilter {
  readonly label: string;
  /** Any of these; at least one. */
  readonly values: readonly string[];
  /** An empty list means any. */
  readonly levels: readonly Level[];
}

/** A canonical cluster with its figures in the streams of a label's values. */
export interface LabelledClusterRow extends NamedCluster {
  readonly eventCount: number;
  /** Event counts at equal steps of the range. */
  readonly counts: readonly number[];
}

/** Clusters in the streams of a label's values, most events first, and the totals of all of them. */
export interface LabelledClusters {
  readonly clusters: readonly LabelledClusterRow[];
  readonly totalClusterCount: number;
  readonly totalEventCount: number;
}

/**
 * Reads for screens. Every method is one transaction of the tenant and throws `PortError` of the database. The id of a cluster that rules made part of
 * another one answers as the other one's id does.
 */
export interface ClusterStore {
  /** Clusters with events or lines in the range, also those whose only event there began before it. */
  listClusters(tenantId: string, filter: ClusterFilter, page: ClusterPage): Promise<ClusterList>;
  /** The canonical cluster with its figures for the range, zeros when it has none there; null when the tenant has no such cluster. */
  getCluster(tenantId: string, clusterId: string, range: MinuteRange, trendPoints: number): Promise<ClusterRow | null>;
  /** Event counts by level at steps of whole minutes. */
  readTrend(
    tenantId: string,
    clusterId: string,
    range: MinuteRange,
    stepMs: number
  ): Promise<ReadonlyArray<{ readonly level: Level; readonly counts: readonly number[] }>>;
  /** Samples, oldest first. */
  listSamples(
    tenantId: string,
    clusterId: string
  ): Promise<ReadonlyArray<{ readonly atMs: number; readonly text: string }>>;
  /** Label sets of the streams in which the cluster has lines in the range, most lines first. */
  listStreams(
    tenantId: string,
    clusterId: string,
    range: MinuteRange,
    limit: number
  ): Promise<readonly StreamFigures[]>;
  /** Events per step of canonical clusters, by their ids; clusters without events are left out. */
  readEventCounts(
    tenantId: string,
    clusterIds: readonly string[],
    range: MinuteRange,
    stepMs: number
  ): Promise<ReadonlyMap<string, readonly number[]>>;
  /** Canonical clusters with events in the same minutes as another one; reads these minutes and no others. */
  listCompanions(tenantId: string, clusterId: string, search: CompanionSearch): Promise<Companions>;
  /** Clusters of the streams that have a label; counts by the minute are read, one range of each stream. */
  listLabelledClusters(
    tenantId: string,
    filter: LabelFilter,
    page: { readonly limit: number; readonly stepCount: number }
  ): Promise<LabelledClusters>;
  /** Lines per label value of the cluster and of all clusters, for labels that occur in the cluster's streams. */
  countLabelValues(tenantId: string, clusterId: string, range: MinuteRange): Promise<readonly LabelValueCount[]>;
  /** Services and namespaces that have streams, sorted; an empty list of namespaces means any. */
  listServices(
    tenantId: string,
    namespaces: readonly string[]
  ): Promise<ReadonlyArray<{ readonly service: string; readonly namespace: string }>>;
  /** Lines of each watch in the range, by name; retired watches while streams are theirs. */
  readWatchCoverage(tenantId: string, range: MinuteRange): Promise<readonly WatchCoverageRow[]>;
  readCoverage(tenantId: string, range: MinuteRange): Promise<CoverageRow>;
  /** Counts by source, level and step; steps without events or lines are left out. */
  countSources(tenantId: string, filter: SourceFilter, steps: CountSteps): Promise<readonly SourceCount[]>;
  /** Clusters of the range by state of the work list; states without clusters are left out. */
  countStates(
    tenantId: string,
    filter: SourceFilter
  ): Promise<ReadonlyArray<{ readonly state: WorkState; readonly clusterCount: number }>>;
  /** Label sets of streams of these sources that have lines in the range, most lines first. */
  listSourceStreams(tenantId: string, filter: SourceFilter, limit: number): Promise<readonly Labels[]>;
}
