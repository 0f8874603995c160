/** An address that is told of something. */
export interface WebhookRow {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** The receiver wants nothing any more since then, milliseconds since 1970; null: in use. */
  readonly disabledAtMs: number | null;
  readonly createdAtMs: number;
}

/** Webhooks of tenants. Throws `PortError` of the database. */
export interface WebhookStore {
  /** The newest first. */
  list(tenantId: string): Promise<readonly WebhookRow[]>;
  get(tenantId: string, id: string): Promise<WebhookRow | null>;
  create(tenantId: string, webhook: Pick<WebhookRow, 'name' | 'url'>): Promise<WebhookRow>;
  /** Sends nothing there any more. */
  disable(tenantId: string, id: string): Promise<void>;
  /** False when there is none of this id. */
  hide(tenantId: string, id: string): Promise<boolean>;
  /** Deletes what was hidden before `cutMs`, `limit` at most; returns how many. */
  deleteHiddenBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
