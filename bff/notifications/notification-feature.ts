import type { ChannelStore, Clock, DeliveryStore, HttpClient } from '@loghunter/ports';
import type { JobStartParts } from '../jobs/start-job.ts';
import type { Secret } from '../settings/secret.ts';

/** What requests for channels and deliveries need. */
export interface NotificationFeature extends JobStartParts {
  readonly tenantId: string;
  readonly channels: ChannelStore;
  readonly deliveries: DeliveryStore;
  readonly http: HttpClient;
  /** Secrets of channels are sealed with it; null: only mail can be told. */
  readonly webhookKey: Secret | null;
  /** Whether the operator has set a mail server. */
  readonly hasMail: boolean;
  /** Hosts of this server itself, as people and programs reach it. */
  readonly ownHosts: readonly string[];
  readonly clock: Clock;
}
