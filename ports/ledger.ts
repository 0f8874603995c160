import type { Labels } from '@loghunter/engine/records';
import type { Level } from '@loghunter/engine/severity';
import type { TemplatePart } from '@loghunter/engine/templates';
import type { HeldBackBy, MinuteRange } from './cluster-store.ts';

/** A tenant of the installation. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** Loki's X-Scope-OrgID for this tenant; null when Loki runs without tenants. */
  readonly lokiOrgId: string | null;
  /** What the tenant wants otherwise than the installation, by name. */
  readonly settings: Readonly<Record<string, number>>;
}

/** A set of streams that one scanner reads. Selectors are disjoint: a stream matches one at most. */
export interface Watch {
  readonly id: string;
  readonly name: string;
  readonly selectors: readonly string[];
  /** Label names in the order in which the selectors were split off; empty for a watch that a person wrote. */
  readonly discoveredLabelNames: readonly string[];
  /** Everything before this has been read once (milliseconds since 1970, whole minute); null before the first read. */
  readonly readUpToMs: number | null;
  /** Nothing before this has been read; null before the first read. */
  readonly readFromMs: number | null;
  /** 1: every line is read. 0: lines are counted and not read. More: one part in so many of each minute is read, and counts are scaled. */
  readonly oneIn: number;
  /** Name of the log source that is read; empty for the one of the configuration. */
  readonly source: string;
  /** No longer configured: nobody reads it, its marks hold nothing back, and its streams go to the watch that writes them next. */
  readonly isRetired: boolean;
}

/** A watch as it is asked for. */
export type WantedWatch = Pick<Watch, 'name' | 'selectors' | 'discoveredLabelNames'> &
  Partial<Pick<Watch, 'oneIn' | 'source'>>;

/** Events of one cluster at one level that began in one minute of one stream. */
export interface ClusterCount {
  readonly clusterId: string;
  readonly level: Level;
  readonly eventCount: number;
  /** Lines of this minute that belong to events of the cluster, also of events that began in an earlier minute. */
  readonly lineCount: number;
  /** Times of the earliest and latest event, nanoseconds since 1970. */
  readonly firstNs: bigint;
  readonly lastNs: bigint;
}

/** All that was read of one stream in one minute: the unit of the ledger. Writing it again replaces it. */
export interface StreamMinute {
  readonly labels: Labels;
  readonly service: string;
  readonly namespace: string;
  /** Start of the minute, milliseconds since 1970. */
  readonly minuteMs: number;
  /** Lines of the stream with a time in this minute, as `count_over_time` counts them. */
  readonly lineCount: number;
  /** Lines known to exist that could not be read. */
  readonly unreadLineCount: number;
  /** False while lines may still arrive in the normal course: the minute is not over, or inside the lateness allowance. */
  readonly isClosed: boolean;
  readonly counts: readonly ClusterCount[];
}

/** What must be known of a cluster the first time that it is counted. */
export interface ClusterIdentity {
  readonly id: string;
  readonly service: string;
  readonly namespace: string;
  readonly fingerprint: string;
  readonly algorithmVersion: number;
  readonly template: readonly TemplatePart[];
  readonly templateText: string;
  /** What rules are applied to, without private text; left out when no rule of lines applies, as for stack traces. */
  readonly signature?: string;
  /** The cluster that rules make of this one; left out or null: itself. That cluster is given or stored as well. */
  readonly canonicalId?: string | null;
}

/** A sanitised line that may be kept as a sample of its cluster. */
export interface SampleCandidate {
  readonly clusterId: string;
  readonly timestampNs: bigint;
  readonly text: string;
}

/** Everything that one read adds to or replaces in the ledger, written in one transaction: all of it or nothing. */
export interface LedgerWrite {
  readonly watchId: string;
  readonly minutes: readonly StreamMinute[];
  readonly clusters: readonly ClusterIdentity[];
  readonly samples: readonly SampleCandidate[];
  /** Moves the watch's marks; left out when old minutes are read again. */
  readonly progress?: { readonly readFromMs: number; readonly readUpToMs: number };
  /** The minutes had been read as complete before: what a stream has now in one in which it had nothing came late. */
  readonly isReread?: boolean;
  /** The write counts only while this holder has the watch's lease; left out by tools that work beside the scanner. */
  readonly leaseHolder?: string;
}

/** A stream's minute whose clusters do not add up to its lines. */
export interface UnbalancedMinute {
  readonly labels: Labels;
  readonly minuteMs: number;
  readonly lineCount: number;
  /** Lines of the minute's clusters; equal to `lineCount` when all is well. */
  readonly clusterLineCount: number;
}

/** A stored sum that is not the sum of what it stands for. */
export interface WrongSum {
  /** Which sum: of a stream's hour, of a cluster's span, of a service's span, a cluster's total of one level, the cluster's own row. */
  readonly kind: 'stream-hour' | 'cluster-span' | 'source-span' | 'cluster-level' | 'cluster';
  /** Id of the stream or cluster; of a source its service and namespace. */
  readonly subjectId: string;
  /** Start of the stretch, milliseconds since 1970; null for totals. */
  readonly startMs: number | null;
  /** Lines as stored, and as the minutes add up. They may be equal when only events differ. */
  readonly storedLineCount: number;
  readonly summedLineCount: number;
}

/** First or last seen of a cluster that does not follow from its minutes. */
export interface WrongTime {
  readonly kind: 'first-seen' | 'last-seen';
  readonly clusterId: string;
  /** As stored, and as the minutes say (milliseconds since 1970); null for never. */
  readonly storedMs: number | null;
  readonly expectedMs: number | null;
}

/** What does not add up inside the ledger. */
export interface SumCheck {
  readonly unbalancedMinutes: readonly UnbalancedMinute[];
  readonly wrongSums: readonly WrongSum[];
}

/** What the ledger holds for one stream and minute, to be compared with the log store. */
export interface StoredMinute {
  readonly labels: Labels;
  readonly minuteMs: number;
  readonly lineCount: number;
  readonly unreadLineCount: number;
  readonly isClosed: boolean;
}

/** Writes of the scanner. Every method is one transaction of the tenant and throws `PortError` of the database. */
export interface Ledger {
  /** The tenants of this installation. */
  listTenants(): Promise<readonly Tenant[]>;
  /** Creates the tenant when no tenant has this name; sets its lokiOrgId. */
  ensureTenant(name: string, lokiOrgId: string | null): Promise<Tenant>;
  /**
   * Creates or updates the watch of this name; a change of selectors keeps its marks, and a list without selectors keeps those that
   * are stored; without `oneIn` every line is read, without `source` those of the configuration. Ends a retirement. With `leaseHolder` the watch is changed only while this holder has its lease, and stays retired;
   * throws `PortError` `conflict` otherwise.
   */
  ensureWatch(tenantId: string, watch: WantedWatch, leaseHolder?: string): Promise<Watch>;
  /** Retires all watches but those of the given names and takes their leases away; returns the names of those that were in use. */
  retireOtherWatches(tenantId: string, keptNames: readonly string[]): Promise<readonly string[]>;
  /** All watches, also retired ones, by name. */
  listWatches(tenantId: string): Promise<readonly Watch[]>;
  /**
   * Takes or renews the lease of a watch for `holder`; false when another holder has it or the watch is retired. A lease ends by itself after `ttlMs`
   * by the database's clock. With `isShared` the holder keeps to its share, the watches in use divided by the holders that asked for or renewed a
   * lease within `ttlMs`, rounded up: it takes no more, and when it has more it gives this one back and hears false. What holds the reading
   * back is kept with the lease; left out: nothing does.
   */
  leaseWatch(
    tenantId: string,
    watchId: string,
    holder: string,
    ttlMs: number,
    options?: { readonly isShared?: boolean; readonly heldBackBy?: HeldBackBy | null }
  ): Promise<boolean>;
  /** Gives the lease back, so that another replica may take the watch at once. A holder without leases does not count any more. */
  releaseWatch(tenantId: string, watchId: string, holder: string): Promise<void>;
  /**
   * Replaces the given minutes and moves the marks, which only ever widen. A stream that another watch owns is left out; its label sets are
   * returned. A stream of a retired watch becomes this watch's.
   * Cluster totals, first and last seen follow from the difference to what was stored. Minutes whose counts were deleted for their age are left out,
   * so that they are not counted twice. Throws `PortError` `not-found` for an unknown watch, `rejected` when a counted cluster is neither given nor stored,
   * `conflict` when `leaseHolder` has lost the lease: nothing is written then.
   */
  write(tenantId: string, write: LedgerWrite): Promise<{ readonly foreignStreams: readonly Labels[] }>;
  /** Minutes stored for the watch in [fromMs, toMs). */
  readMinutes(tenantId: string, watchId: string, fromMs: number, toMs: number): Promise<readonly StoredMinute[]>;
  /**
   * Deletes counts of whole days (UTC) before the cut (milliseconds since 1970), day by day; clusters, their totals, first and last seen stay. Before
   * `everyonesCutMs` no tenant of the installation keeps counts: they go by whole weeks (Monday to Monday, UTC), at once when the last tenant
   * has deleted its own, and a cut in the week of that time waits for the week's end. Returns deleted rows, without those of such weeks.
   */
  deleteCountsBefore(tenantId: string, cutMs: number, everyonesCutMs?: number): Promise<number>;
  /**
   * Compares minutes with their clusters, and the sums of hours and longer spans with the minutes. `range` is whole days (UTC).
   * At most 10,000 findings of each kind.
   */
  checkSums(tenantId: string, range: MinuteRange): Promise<SumCheck>;
  /** Compares the totals of all clusters with the days that are stored and what was deleted for its age. At most 10,000 findings of each kind. */
  checkTotals(tenantId: string): Promise<readonly WrongSum[]>;
  /** Makes the sums of whole days (UTC) the sums of their minutes. Minutes stay as they are; totals follow with `rebuildTotals`. */
  rebuildSums(tenantId: string, range: MinuteRange): Promise<void>;
  /**
   * Compares first and last seen of all clusters with their minutes. Where minutes were deleted for their age, first seen may be
   * earlier than those left; where all were, both stand. At most 10,000 clusters.
   */
  checkSeenTimes(tenantId: string): Promise<readonly WrongTime[]>;
  /** Makes the totals of all clusters the sums of the days that are stored and of what was deleted for its age, and first and last seen those of the minutes. */
  rebuildTotals(tenantId: string): Promise<void>;
}
