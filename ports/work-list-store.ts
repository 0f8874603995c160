import type { Work, WorkReason } from '@loghunter/engine/work-list';
import type { AuditRecord } from './audit-log.ts';

/** Who looks after a cluster. A team's id is its name. */
export interface Assignee {
  readonly kind: 'person' | 'team';
  readonly id: string;
  readonly name: string;
}

/** What people may change of a cluster's place in the work list. */
export interface ClusterWork {
  readonly work: Work;
  readonly assignee: Assignee | null;
}

/** A canonical cluster with its figures over everything ever counted, its members' with them. */
export interface ListedWork {
  readonly clusterId: string;
  readonly service: string;
  readonly namespace: string;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly eventCount: number;
  /** Null: the work list does not know the cluster yet. */
  readonly current: ClusterWork | null;
  /** Grows with each change of `current`; 0 while that is null. */
  readonly revision: number;
}

/** One change of one cluster. */
export interface WorkChange {
  readonly clusterId: string;
  readonly before: {
    readonly work: Work | null;
    readonly assignee: Assignee | null;
    /** Clusters that are part of this one and were listed before it was, so that `after` is theirs; absent: there were none. */
    readonly memberIds?: readonly string[];
  };
  readonly after: ClusterWork;
  /** `undo`, `owner-rule`, or as the state machine says. */
  readonly reason: WorkReason | 'undo' | 'owner-rule';
}

/** Who made changes, when, and what they were together; `changeId` and `actor` null: LogHunter itself. */
export interface WorkChangeOrigin {
  readonly changeId: string | null;
  readonly actor: AuditRecord['actor'] | null;
  readonly atMs: number;
}

/** A change as it was written down. */
export interface WrittenWorkChange extends WorkChange, WorkChangeOrigin {
  readonly id: string;
  /** Of the cluster after this change. */
  readonly revision: number;
  readonly isUndone: boolean;
}

/** What a person wrote about a cluster. */
export interface CommentRow {
  readonly id: string;
  readonly clusterId: string;
  readonly text: string;
  readonly actor: AuditRecord['actor'];
  readonly atMs: number;
}

/** Gives new clusters whose streams carry a label to somebody. */
export interface OwnerRuleRow {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly assignee: Assignee;
  readonly createdBy: string;
  readonly createdAtMs: number;
}

/** Events of a cluster: in this hour of the clock or the one before, whichever has more, and in a usual hour. */
export interface WorkRate {
  readonly clusterId: string;
  readonly perHour: number;
  /** Events in the seven days before, by hours; those two hours are not in it. */
  readonly eventCountBefore: number;
}

/** A listed cluster that is part of another one now. */
export interface MemberWork {
  readonly clusterId: string;
  readonly canonicalId: string;
  readonly current: ClusterWork;
}

/** Which clusters may have to change without anybody's doing. */
export interface DueWork {
  readonly nowMs: number;
  /** Open clusters that were last seen before this are due; null: none is. */
  readonly quietBeforeMs: number | null;
  /** Only clusters with a later id: what is due may stay due, and must not keep those behind it waiting. Absent: from the first on. */
  readonly afterId?: string;
  readonly limit: number;
}

/**
 * The work list's rows. Ids of clusters that rules made part of another one stand for the other one. Every method is one transaction of the
 * tenant and throws `PortError` of the database. What is locked stays so until the unit of work around the call ends.
 */
export interface WorkListStore {
  /**
   * The clusters, locked in order of id. Those that the list does not know yet get `initial`; null leaves them out. Unknown ids, and
   * clusters without any event, are left out.
   */
  lock(tenantId: string, clusterIds: readonly string[], initial: Work | null): Promise<readonly ListedWork[]>;
  /** Those of the ids whose cluster is ignored; nothing is locked, so that a caller with locks of its own waits for nobody. */
  findIgnored(tenantId: string, clusterIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** When the first cluster was put on the list, milliseconds since 1970; null: none was. */
  readBeganAt(tenantId: string): Promise<number | null>;
  /** Clusters with events that the list does not know yet, written first at or after a moment of the database's clock (null: ever), the oldest first. */
  findUnlisted(tenantId: string, createdFromMs: number | null, limit: number): Promise<readonly ListedWork[]>;
  /** Puts clusters on the list; those that somebody else has put there meanwhile are left out. Returns the ids that came. */
  begin(tenantId: string, changes: readonly WorkChange[], origin: WorkChangeOrigin): Promise<readonly string[]>;
  /** Listed clusters that are part of these, in order of id, but for those whose work another one of them has taken over. */
  listMembers(tenantId: string, canonicalIds: readonly string[]): Promise<readonly MemberWork[]>;
  /** Clusters whose figures or whose time may make them change, locked, in order of id; those that another replica works on are left out. */
  lockDue(tenantId: string, due: DueWork): Promise<readonly ListedWork[]>;
  /** Rates of all clusters with at least `leastPerHour` events an hour, and of those that wait for a rate. */
  findRates(tenantId: string, nowMs: number, leastPerHour: number): Promise<readonly WorkRate[]>;
  /** Rates of these clusters. */
  readRates(tenantId: string, clusterIds: readonly string[], nowMs: number): Promise<readonly WorkRate[]>;
  /** Events of a cluster from the minute of a moment on, that of its members with them; null when counts of then are not kept any more. */
  countEventsSince(tenantId: string, clusterId: string, sinceMs: number): Promise<number | null>;
  /** Writes changes of clusters that are locked. */
  change(tenantId: string, changes: readonly WorkChange[], origin: WorkChangeOrigin): Promise<void>;
  /** What a person did at once; empty for an unknown id. */
  readChange(tenantId: string, changeId: string): Promise<readonly WrittenWorkChange[]>;
  /** Marks what a person did at once as undone; false when it was already. */
  markUndone(tenantId: string, changeId: string): Promise<boolean>;
  /** Changes of a cluster, newest first. */
  listChanges(tenantId: string, clusterId: string, limit: number): Promise<readonly WrittenWorkChange[]>;
  /** Comments that are shown, oldest first. */
  listComments(tenantId: string, clusterId: string, limit: number): Promise<readonly CommentRow[]>;
  /** Null when there is none that is shown. */
  getComment(tenantId: string, id: string): Promise<CommentRow | null>;
  /** Comments of one actor that are shown, on whatever cluster, with the canonical cluster they belong to now; oldest first. */
  listCommentsBy(tenantId: string, actor: Pick<CommentRow['actor'], 'kind' | 'id'>): Promise<readonly CommentRow[]>;
  addComment(tenantId: string, comment: Omit<CommentRow, 'id'>): Promise<CommentRow>;
  /** Hides a comment; false when there is none that is shown. */
  hideComment(tenantId: string, id: string): Promise<boolean>;
  /** Rules in force, in the order in which they were made. */
  listOwnerRules(tenantId: string): Promise<readonly OwnerRuleRow[]>;
  /** Throws `PortError` `conflict` when there is one of this label and value. */
  createOwnerRule(
    tenantId: string,
    rule: Pick<OwnerRuleRow, 'label' | 'value' | 'assignee' | 'createdBy'>
  ): Promise<OwnerRuleRow>;
  /** Ends a rule; false when there is none in force. */
  hideOwnerRule(tenantId: string, id: string): Promise<boolean>;
  /** Names of the teams that clusters, incidents or rules have, by name, 500 at most. */
  listTeams(tenantId: string): Promise<readonly string[]>;
  /** When somebody last looked, milliseconds since 1970; null: never. */
  readSeen(tenantId: string, actor: Pick<AuditRecord['actor'], 'kind' | 'id'>): Promise<number | null>;
  markSeen(tenantId: string, actor: Pick<AuditRecord['actor'], 'kind' | 'id'>, atMs: number): Promise<void>;
  /** Deletes history from before `cutMs`, `limit` entries at most, but never a cluster's newest one; returns how many. */
  deleteHistoryBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
  /** Deletes comments and owner rules that were hidden before `cutMs`, `limit` of each at most; returns how many. */
  deleteHiddenBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
