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

/** A filter that one person keeps. */
export type PersonalFilterRow = Omit<SavedFilterRow, 'createdBy'>;

/** Whose filter it is. */
export type FilterOwner = Pick<AuditRecord['actor'], 'kind' | 'id'>;

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
  /** Filters of a person's own, by name. */
  listPersonal(tenantId: string, owner: FilterOwner): Promise<readonly PersonalFilterRow[]>;
  /** Keeps a filter under its owner's name for it, in place of the one that had it; null when they have `most` others. */
  savePersonal(
    tenantId: string,
    owner: FilterOwner,
    filter: Pick<SavedFilterRow, 'name' | 'filter'>,
    most: number
  ): Promise<PersonalFilterRow | null>;
  /** Deletes it; false when the owner has none of this id. */
  deletePersonal(tenantId: string, owner: FilterOwner, id: string): Promise<boolean>;
  /** Deletes what was hidden before `cutMs`, `limit` at most; returns how many. */
  deleteHiddenBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
