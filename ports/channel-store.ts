import type { ChannelRules } from '@loghunter/engine/notifications';

/** Kinds of places that notices go to. */
export type ChannelKind = 'webhook' | 'slack' | 'pagerduty' | 'email';

/** What people set of a channel. */
export interface ChannelContent {
  readonly name: string;
  readonly kind: ChannelKind;
  /** Where it leads, without what is secret; as the kind has it. */
  readonly target: Readonly<Record<string, unknown>>;
  /** The secret part, sealed by the server; null: the kind has none. */
  readonly sealedSecret: string | null;
  readonly rules: ChannelRules;
  readonly isEnabled: boolean;
}

/** A place that notices go to. */
export interface ChannelRow extends ChannelContent {
  readonly id: string;
  /** Why the server switched it off; null: it did not. */
  readonly disabledReason: string | null;
  /** Attempts that failed one after the other, up to now. */
  readonly failureCount: number;
  /** Not before this after a failure, milliseconds since 1970; null: at once. */
  readonly retryAtMs: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** Channels of tenants. Throws `PortError` of the database. */
export interface ChannelStore {
  /** By name. */
  list(tenantId: string): Promise<readonly ChannelRow[]>;
  /** Those that are enabled, held for the unit of work around the call: whoever asks at the same time waits for its end. */
  lockEnabled(tenantId: string): Promise<readonly ChannelRow[]>;
  get(tenantId: string, id: string): Promise<ChannelRow | null>;
  /** The id is the caller's, because the secret is sealed for it. */
  create(tenantId: string, id: string, content: ChannelContent): Promise<ChannelRow>;
  /** Null when there is none of this id. Forgets failures, and why it was switched off. */
  change(tenantId: string, id: string, content: Omit<ChannelContent, 'kind'>): Promise<ChannelRow | null>;
  /** Switches it off for a reason. */
  disable(tenantId: string, id: string, reason: string): Promise<void>;
  /** Counts a failure; new messages wait until `retryAtMs`. */
  noteFailure(tenantId: string, id: string, retryAtMs: number): Promise<void>;
  /** Forgets failures. */
  noteSuccess(tenantId: string, id: string): Promise<void>;
  /** False when there is none of this id. */
  hide(tenantId: string, id: string): Promise<boolean>;
  /** Deletes what was hidden before `cutMs` with its deliveries, `limit` at most; returns how many. */
  deleteHiddenBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
