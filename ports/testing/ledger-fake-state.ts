import type { Labels } from '@loghunter/engine/records';
import { levelsBySeverity } from '@loghunter/engine/severity';
import type { Level } from '@loghunter/engine/severity';
import type { ClusterRule } from '../cluster-rules.ts';
import type { ClusterWork, CommentRow, OwnerRuleRow, WrittenWorkChange } from '../work-list-store.ts';
import type { HeldBackBy } from '../cluster-store.ts';
import type { ClusterIdentity, SampleCandidate, StreamMinute, Tenant, Watch } from '../ledger.ts';

/** A stream of the fake with all that was written of it. */
export interface FakeStream {
  readonly labels: Labels;
  watchId: string;
  service: string;
  namespace: string;
  readonly minutes: Map<number, StreamMinute>;
  /** Late lines by minute. */
  readonly late: Map<number, number>;
}

/** What stays of counts that were deleted for their age. */
export interface FakeTotals {
  readonly levels: Map<Level, number>;
  firstNs: bigint | undefined;
  lastNs: bigint | undefined;
}

/** A watch and what the port does not show of it. */
export interface FakeWatch {
  watch: Watch;
  lease: { readonly holder: string; readonly endsAtMs: number; readonly heldBackBy: HeldBackBy | null } | undefined;
}

/** The work list of one tenant. */
export interface FakeWorkList {
  readonly work: Map<string, { readonly current: ClusterWork; readonly revision: number }>;
  changes: WrittenWorkChange[];
  readonly comments: CommentRow[];
  readonly ownerRules: OwnerRuleRow[];
  /** Comments and owner rules that were taken back. */
  readonly hiddenAtMs: Map<string, number>;
  readonly seen: Map<string, number>;
}

/** All rows of one tenant. */
export interface FakeTenant {
  tenant: Tenant;
  readonly watches: Map<string, FakeWatch>;
  readonly streams: Map<string, FakeStream>;
  readonly clusters: Map<string, ClusterIdentity>;
  readonly samples: Map<string, readonly SampleCandidate[]>;
  readonly deletedTotals: Map<string, FakeTotals>;
  rules: ClusterRule[];
  countsKeptFromMs: number;
  /** When each scanner last asked for a lease. */
  readonly holdersSeenMs: Map<string, number>;
  readonly workList: FakeWorkList;
}

/** The whole ledger in memory; kept as it was written, every figure is counted anew when asked for. */
export interface FakeState {
  readonly tenants: Map<string, FakeTenant>;
}

/** Level, first and last seen of a cluster over everything ever counted; undefined when nothing is. */
export interface FakeFigures {
  readonly level: Level;
  readonly firstNs: bigint;
  readonly lastNs: bigint;
}

/** Key of a stream: its labels in order of name. */
export function keyOfLabels(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Id of the cluster that rules made of this one. */
export function canonicalIdOf(tenant: FakeTenant, clusterId: string): string {
  return tenant.clusters.get(clusterId)?.canonicalId ?? clusterId;
}

/** Counts everything ever counted of a canonical cluster. */
export function figuresOf(tenant: FakeTenant, clusterId: string): FakeFigures | undefined {
  const ids = [...tenant.clusters.keys()].filter((id) => canonicalIdOf(tenant, id) === clusterId);
  const deleted = ids.flatMap((id) => tenant.deletedTotals.get(id) ?? []);
  const counts = [...tenant.streams.values()]
    .flatMap((stream) => [...stream.minutes.values()])
    .flatMap((minute) => minute.counts.filter((count) => ids.includes(count.clusterId)));
  const levels = new Set([
    ...deleted.flatMap((totals) => [...totals.levels.keys()]),
    ...counts.map((count) => count.level),
  ]);
  const firstTimes = [...counts.map((count) => count.firstNs), ...deleted.flatMap((totals) => totals.firstNs ?? [])];
  const lastTimes = [...counts.map((count) => count.lastNs), ...deleted.flatMap((totals) => totals.lastNs ?? [])];
  const firstNs = firstTimes.reduce<bigint | undefined>(
    (least, time) => (least === undefined || time < least ? time : least),
    undefined
  );
  const lastNs = lastTimes.reduce<bigint | undefined>(
    (most, time) => (most === undefined || time > most ? time : most),
    undefined
  );
  const level = levelsBySeverity.find((candidate) => levels.has(candidate));
  return level === undefined || firstNs === undefined || lastNs === undefined ? undefined : { level, firstNs, lastNs };
}
