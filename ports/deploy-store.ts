import type { AuditRecord } from './audit-log.ts';
import type { MinuteRange } from './cluster-store.ts';

/** A mark that a new version was put to work. */
export interface DeployRow {
  readonly id: string;
  readonly service: string;
  /** Empty: any. */
  readonly namespace: string;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly deployedAtMs: number;
  /** Null: nobody said where it is described. */
  readonly link: string | null;
  readonly source: string;
  readonly createdBy: AuditRecord['actor'];
}

/** Marks of deploys. Throws `PortError` of the database. */
export interface DeployStore {
  /** Keeps the deploy; the same service, namespace, version and time again is the one that is there. */
  create(tenantId: string, deploy: Omit<DeployRow, 'id'>): Promise<DeployRow>;
  /** One deploy; null when the tenant has none of this id. */
  get(tenantId: string, id: string): Promise<DeployRow | null>;
  /** Those of the range, of any of the services (empty: all), the latest first. */
  list(
    tenantId: string,
    filter: { readonly range: MinuteRange; readonly services: readonly string[] },
    page: { readonly limit: number; readonly offset: number }
  ): Promise<{ readonly deploys: readonly DeployRow[]; readonly totalCount: number }>;
  /** Deletes those before `cutMs`, `limit` at most; returns how many. */
  deleteBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
