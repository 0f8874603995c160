/** What is read of an entry of the audit log; see {@link AuditEntryRow}. */
export const auditEntryColumns =
  'sequence, occurred_at, actor_kind, actor_id, actor_name, action, object_kind, object_id, result, request_id, details, hash';

/** An entry of the audit log as the database gives it. */
export interface AuditEntryRow extends Record<string, unknown> {
  readonly sequence: number;
  readonly occurred_at: Date;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly action: string;
  readonly object_kind: string;
  readonly object_id: string;
  readonly result: string;
  readonly request_id: string;
  readonly details: string;
  readonly hash: string;
}
