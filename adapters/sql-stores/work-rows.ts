import type { Work } from '@loghunter/engine/work-list';
import type { ClusterWork, ListedWork, WrittenWorkChange } from '@loghunter/ports';
import { readAssignee, type StoredAssignee } from './assignee-row.ts';

/** Columns of cluster_work that make a {@link ClusterWork}. */
export interface StoredWork extends StoredAssignee, Record<string, unknown> {
  readonly work: Work | null;
}

/** A cluster with its figures and, when the work list knows it, its row. */
export interface StoredListedWork extends StoredWork {
  readonly cluster_id: string;
  readonly service: string;
  readonly namespace: string;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly event_count: number;
  readonly revision: number | null;
}

/** A row of cluster_history. */
export interface StoredChange extends Record<string, unknown> {
  readonly id: number;
  readonly cluster_id: string;
  readonly change_id: string | null;
  readonly reason: WrittenWorkChange['reason'];
  readonly actor_kind: string | null;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly state_before: WrittenWorkChange['before'];
  readonly state_after: ClusterWork;
  readonly revision: number;
  readonly undone_at: Date | null;
  readonly occurred_at: Date;
}

/** The cluster's place in the work list; null when the list does not know it. */
export function presentWork(row: StoredWork): ClusterWork | null {
  return row.work === null ? null : { work: row.work, assignee: readAssignee(row) };
}

/** The row as the port gives it. */
export function presentListed(row: StoredListedWork): ListedWork {
  return {
    clusterId: row.cluster_id,
    service: row.service,
    namespace: row.namespace,
    firstSeenMs: row.first_seen_at.getTime(),
    lastSeenMs: row.last_seen_at.getTime(),
    eventCount: row.event_count,
    current: presentWork(row),
    revision: row.revision ?? 0,
  };
}

/** The row as the port gives it. */
export function presentChange(row: StoredChange): WrittenWorkChange {
  const { actor_kind: kind, actor_id: id, actor_name: name } = row;
  return {
    id: String(row.id),
    clusterId: row.cluster_id,
    changeId: row.change_id,
    reason: row.reason,
    actor: kind === null || id === null || name === null ? null : { kind, id, name },
    before: row.state_before,
    after: row.state_after,
    revision: row.revision,
    isUndone: row.undone_at !== null,
    atMs: row.occurred_at.getTime(),
  };
}
