import type { Notice, NoticeKind, NoticeSeverity } from '@loghunter/ports';

/** A row of the table notices. */
export interface StoredNotice extends Record<string, unknown> {
  readonly id: string;
  readonly dedup_key: string;
  readonly kind: NoticeKind;
  readonly severity: NoticeSeverity;
  readonly service: string;
  readonly namespace: string;
  readonly cluster_id: string | null;
  readonly incident_id: string | null;
  readonly title: string;
  readonly lines: readonly string[];
  readonly event_count: string;
  readonly first_seen_at: Date | null;
  readonly range_from: Date;
  readonly range_to: Date;
  readonly query: string | null;
  readonly suspect_deploy: string | null;
  readonly verdict: string | null;
  readonly noticed_at: Date;
}

/** Columns that the writer of a notice sets. */
export const writtenNoticeColumns = `dedup_key, kind, severity, service, namespace, cluster_id, incident_id, title, lines, event_count,
  first_seen_at, range_from, range_to, query, suspect_deploy, verdict, noticed_at`;
/** Columns of {@link StoredNotice}. */
export const noticeColumns = `id, ${writtenNoticeColumns}`;

/** The same, of a table under another name. */
export function noticeColumnsOf(table: string): string {
  return noticeColumns.replace(/\w+/g, (name) => `${table}.${name}`);
}

/** The row as the port has it. */
export function presentNotice(row: StoredNotice): Notice {
  return {
    ...{ id: row.id, kind: row.kind, dedupKey: row.dedup_key, severity: row.severity },
    ...{ service: row.service, namespace: row.namespace, clusterId: row.cluster_id, incidentId: row.incident_id },
    ...{ title: row.title, lines: row.lines, count: Number(row.event_count) },
    firstSeenAtMs: row.first_seen_at?.getTime() ?? null,
    range: { fromMs: row.range_from.getTime(), toMs: row.range_to.getTime() },
    ...{ query: row.query, suspectDeploy: row.suspect_deploy, verdict: row.verdict },
    createdAtMs: row.noticed_at.getTime(),
  };
}
