import type { Notice } from './notice-store.ts';

/** State of a delivery; the last three are final. */
export type DeliveryStatus = 'waiting' | 'sending' | 'retrying' | 'delivered' | 'failed' | 'suppressed';

/** One message to one channel, or the reason why there was none. */
export interface DeliveryRow {
  /** The message carries it, the same at every attempt. */
  readonly id: string;
  readonly channelId: string;
  readonly channelName: string;
  readonly status: DeliveryStatus;
  /** Why it was not, or not yet, delivered; null: nothing went wrong. */
  readonly reason: string | null;
  readonly isTest: boolean;
  /** What it tells, in the order in which it happened; empty for a test. */
  readonly notices: readonly Notice[];
  readonly attemptCount: number;
  /** Not before this, milliseconds since 1970, as the other times. */
  readonly dueAtMs: number;
  readonly deliveredAtMs: number | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** What is decided about a message. */
export interface NewDelivery {
  readonly channelId: string;
  readonly noticeIds: readonly string[];
  readonly isTest: boolean;
  /** `suppressed`: it is not sent, for the reason. */
  readonly status: 'waiting' | 'suppressed';
  readonly reason: string | null;
  readonly dueAtMs: number;
  /** By the server's clock. */
  readonly createdAtMs: number;
}

/**
 * Messages to channels. A notice belongs to one delivery of a channel at most, so that nobody is told twice. Throws `PortError` of the
 * database, `conflict` for a notice that the channel has.
 */
export interface DeliveryStore {
  create(tenantId: string, delivery: NewDelivery): Promise<DeliveryRow>;
  /** Adds the notice to a message of the channel, no test, that goes after `fromMs` and by `toMs`; false when none waits. */
  join(
    tenantId: string,
    channelId: string,
    noticeId: string,
    due: { readonly fromMs: number; readonly toMs: number }
  ): Promise<boolean>;
  /**
   * Begins an attempt: nothing joins any more. One that failed begins anew, because people repeat jobs. Null when it was delivered or
   * suppressed, or there is none.
   */
  begin(tenantId: string, id: string): Promise<DeliveryRow | null>;
  /** Says what came of an attempt; one that has ended stays as it is. `delivered` is stamped with `atMs`. */
  settle(
    tenantId: string,
    id: string,
    outcome: { readonly status: Exclude<DeliveryStatus, 'waiting' | 'sending'>; readonly reason: string | null },
    atMs: number
  ): Promise<void>;
  get(tenantId: string, id: string): Promise<DeliveryRow | null>;
  /** The newest first. */
  list(
    tenantId: string,
    filter: {
      readonly channelId?: string;
      readonly status?: DeliveryStatus;
      readonly limit: number;
      readonly offset: number;
    }
  ): Promise<readonly DeliveryRow[]>;
  /** Whether a test of the channel is under way. */
  hasOpenTest(tenantId: string, channelId: string): Promise<boolean>;
  /** Whether the channel has a later notice of the same incident, or, without one, of the same cluster: this one is overtaken. */
  isOvertaken(tenantId: string, channelId: string, notice: Notice): Promise<boolean>;
  /** Fails deliveries that are open while no job of this kind with their `deliveryId` is, such as a cancelled one's; returns how many. */
  failAbandoned(tenantId: string, jobKind: string, reason: string): Promise<number>;
  /** Deletes deliveries that ended and were made before `cutMs`, `limit` at most; returns how many. */
  deleteEndedBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
