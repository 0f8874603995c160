// Rows of investigations as the database gives them.
import type { InvestigationEntry, InvestigationRow, PinnedLineRow } from '@loghunter/ports';

/** A row of {@link selectInvestigations}. */
export interface StoredInvestigation extends Record<string, unknown> {
  readonly id: string;
  readonly title: string;
  readonly state: InvestigationRow['state'];
  readonly resolution: string;
  readonly range_from: Date;
  readonly range_to: Date;
  readonly services: readonly string[];
  readonly incident_id: string | null;
  readonly cluster_ids: readonly string[];
  readonly suspect: string | null;
  readonly created_by_kind: string;
  readonly created_by_id: string;
  readonly created_by_name: string;
  readonly resolved_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Investigations `i` of the tenant `$1`; conditions follow, begun with `and`. */
export const selectInvestigations = `select i.id, i.title, i.state, i.resolution, i.range_from, i.range_to, i.services, i.incident_id,
    i.created_by_kind, i.created_by_id, i.created_by_name, i.resolved_at, i.created_at, i.updated_at,
    array(select c.cluster_id::text from investigation_clusters c
      where c.tenant_id = i.tenant_id and c.investigation_id = i.id order by c.cluster_id) as cluster_ids,
    (select a.suspect from investigation_analyses ia join analyses a on a.tenant_id = ia.tenant_id and a.id = ia.analysis_id
      where ia.tenant_id = i.tenant_id and ia.investigation_id = i.id and a.pack is not null
      order by a.created_at desc limit 1) as suspect
  from investigations i where i.tenant_id = $1`;

/** The row as the port has it. */
export function presentInvestigation(row: StoredInvestigation): InvestigationRow {
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    resolution: row.resolution,
    range: { fromMs: row.range_from.getTime(), toMs: row.range_to.getTime() },
    services: row.services,
    clusterIds: row.cluster_ids,
    incidentId: row.incident_id,
    suspect: row.suspect,
    createdBy: { kind: row.created_by_kind, id: row.created_by_id, name: row.created_by_name },
    createdAtMs: row.created_at.getTime(),
    updatedAtMs: row.updated_at.getTime(),
    resolvedAtMs: row.resolved_at?.getTime() ?? null,
  };
}

/** A row of the history. */
export interface StoredEntry extends Record<string, unknown> {
  readonly id: string;
  readonly kind: InvestigationEntry['kind'];
  readonly text: string;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly created_at: Date;
}

/** Columns of {@link StoredEntry}. */
export const entryColumns = 'id, kind, text, actor_kind, actor_id, actor_name, created_at';

/** The row as the port has it. */
export function presentEntry(row: StoredEntry): InvestigationEntry {
  return {
    id: row.id,
    kind: row.kind,
    text: row.text,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    atMs: row.created_at.getTime(),
  };
}

/** A row of a pinned line. */
export interface StoredLine extends Record<string, unknown> {
  readonly id: string;
  readonly timestamp_ns: string;
  readonly service: string;
  readonly level: PinnedLineRow['level'];
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly hash: string;
  readonly query: string;
  readonly cluster_id: string | null;
  readonly note: string;
  readonly pinned_by_kind: string;
  readonly pinned_by_id: string;
  readonly pinned_by_name: string;
  readonly created_at: Date;
}

/** Columns of {@link StoredLine}; nanoseconds as text, which no driver rounds. */
export const lineColumns = `id, timestamp_ns::text as timestamp_ns, service, level, text, labels, hash, query, cluster_id, note,
  pinned_by_kind, pinned_by_id, pinned_by_name, created_at`;

/** The row as the port has it. */
export function presentLine(row: StoredLine): PinnedLineRow {
  return {
    id: row.id,
    timestampNs: BigInt(row.timestamp_ns),
    service: row.service,
    level: row.level,
    text: row.text,
    labels: row.labels,
    hash: row.hash,
    query: row.query,
    clusterId: row.cluster_id,
    note: row.note,
    pinnedBy: { kind: row.pinned_by_kind, id: row.pinned_by_id, name: row.pinned_by_name },
    pinnedAtMs: row.created_at.getTime(),
  };
}
