import type { AuditRecord } from './audit-log.ts';

/** A filter that people of a tenant share. */
export interface SavedFilterRow {
  readonly id: string;
  readonly name: string;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly createdBy: AuditRecord['actor'];
  /** Milliseconds since 1970. */
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** Saved filters. A name is used once in a tenant. Throws `PortError` of the database, `conflict` when a name is taken. */
export interface SavedFilterStore {
  /** By name. */
  list(tenantId: string): Promise<readonly SavedFilterRow[]>;
  get(tenantId: string, id: string): Promise<SavedFilterRow | null>;
  create(tenantId: string, filter: Pick<SavedFilterRow, 'name' | 'filter' | 'createdBy'>): Promise<SavedFilterRow>;
  /** Null when there is none of this id. */
  rename(tenantId: string, id: string, name: string): Promise<SavedFilterRow | null>;
  /** Hides it; false when there is none of this id. */
  hide(tenantId: string, id: string): Promise<boolean>;
  /** Deletes what was hidden before `cutMs`, `limit` at most; returns how many. */
  deleteHiddenBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
