import { z } from 'zod';
import { Timestamp } from './time.ts';

/** How much a notice matters, the least first. */
export const NoticeSeverity = z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).meta({ id: 'NoticeSeverity' });
export type NoticeSeverity = z.infer<typeof NoticeSeverity>;

/** What people may be told of. */
export const NoticeKind = z
  .enum([
    'incident-opened',
    'incident-raised',
    'incident-analysed',
    'incident-acknowledged',
    'incident-closed',
    'cluster-new',
    'cluster-regressed',
    'cluster-escalating',
    'explanation-ready',
  ])
  .meta({ id: 'NoticeKind' });
export type NoticeKind = z.infer<typeof NoticeKind>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:30');

/** Hours in which a channel is told nothing; what comes then is told in one message at their end. */
export const QuietHours = z
  .object({
    timeZone: z.string().min(1).max(64).describe('IANA name, such as Europe/Vienna'),
    from: TimeOfDay.describe('Start, included'),
    to: TimeOfDay.describe('End, excluded; before `from`: on the next day'),
    days: z
      .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
      .min(1)
      .max(7)
      .optional()
      .describe('Days on which quiet hours begin. Default: every day'),
    exceptFrom: NoticeSeverity.nullable().describe('At this severity and above it is told all the same; null: never'),
  })
  .meta({ id: 'QuietHours' });
export type QuietHours = z.infer<typeof QuietHours>;

/** What a channel is told of, and when. Clusters that are ignored are never told of. */
export const ChannelRules = z
  .object({
    minSeverity: NoticeSeverity.default('HIGH'),
    kinds: z.array(NoticeKind).max(8).default([]).describe('Empty: every kind'),
    services: z.array(z.string().min(1).max(2048)).max(100).default([]).describe('Empty: every service'),
    quietHours: QuietHours.nullable().default(null),
    groupSeconds: z
      .int()
      .min(0)
      .max(900)
      .default(30)
      .describe('What comes within this time after the first is one message; PagerDuty groups by itself'),
  })
  .meta({ id: 'ChannelRules' });
export type ChannelRules = z.infer<typeof ChannelRules>;

const Address = z.url({ protocol: /^https?$/ }).max(2000);
const MailAddress = z.email().max(320);

/** Where a channel leads. Fields whose name begins with `secret` are sealed, and no answer shows them. */
export const ChannelTarget = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('webhook'), url: Address }),
    z.object({ kind: z.literal('slack'), secretUrl: Address.describe('Address of the incoming webhook') }),
    z.object({
      kind: z.literal('pagerduty'),
      secretRoutingKey: z.string().regex(/^[A-Za-z0-9]{16,64}$/, 'must be an integration key of Events API v2'),
      url: Address.optional().describe('Default: https://events.pagerduty.com/v2/enqueue'),
    }),
    z.object({ kind: z.literal('email'), recipients: z.array(MailAddress).min(1).max(20) }),
  ])
  .meta({ id: 'ChannelTarget' });
export type ChannelTarget = z.infer<typeof ChannelTarget>;

/** The same as answers show it: of a secret its last characters. */
export const ShownTarget = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('webhook'), url: z.string() }),
    z.object({ kind: z.literal('slack'), host: z.string(), secretEnd: z.string() }),
    z.object({ kind: z.literal('pagerduty'), url: z.string(), secretEnd: z.string() }),
    z.object({ kind: z.literal('email'), recipients: z.array(z.string()) }),
  ])
  .meta({ id: 'ShownTarget' });
export type ShownTarget = z.infer<typeof ShownTarget>;

/** A place that notices go to. */
export const Channel = z
  .object({
    id: z.uuid(),
    name: z.string(),
    target: ShownTarget,
    rules: ChannelRules,
    isEnabled: z.boolean(),
    disabledReason: z.string().nullable().describe('Why the server switched it off; null: it did not'),
    failureCount: z.int().describe('Attempts that failed one after the other, up to now'),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Channel' });
export type Channel = z.infer<typeof Channel>;

const ChannelName = z.string().trim().min(1).max(200);

/** A new channel. */
export const CreateChannelRequest = z.object({
  name: ChannelName,
  target: ChannelTarget,
  rules: ChannelRules.prefault({}),
});
export type CreateChannelRequest = z.infer<typeof CreateChannelRequest>;

/** A new channel, and the secret that signs a webhook's messages, which no other answer shows. */
export const CreateChannelResponse = z
  .object({
    channel: Channel,
    secret: z.string().nullable().describe('Of a webhook: `whsec_` and the key in Base64; null for other kinds'),
  })
  .meta({ id: 'CreateChannelResponse' });
export type CreateChannelResponse = z.infer<typeof CreateChannelResponse>;

/** Path parameter of a channel. */
export const ChannelParams = z.object({ id: z.uuid() });
export type ChannelParams = z.infer<typeof ChannelParams>;

/** What a channel is to be from now on. */
export const ChangeChannelRequest = z.object({
  name: ChannelName,
  rules: ChannelRules,
  isEnabled: z.boolean(),
  target: ChannelTarget.optional().describe('Absent: it leads where it led. The kind stays'),
});
export type ChangeChannelRequest = z.infer<typeof ChangeChannelRequest>;

/** A channel as it is now. */
export const ChannelResponse = z.object({ channel: Channel }).meta({ id: 'ChannelResponse' });
export type ChannelResponse = z.infer<typeof ChannelResponse>;

/** All channels, by name, and which kinds this installation can tell. */
export const ListChannelsResponse = z
  .object({
    channels: z.array(Channel),
    unavailableKinds: z
      .array(z.object({ kind: z.enum(['webhook', 'slack', 'pagerduty', 'email']), reason: z.string() }))
      .describe('Kinds that the operator has not set up, each with the setting that is missing'),
  })
  .meta({ id: 'ListChannelsResponse' });
export type ListChannelsResponse = z.infer<typeof ListChannelsResponse>;

/** A channel that was hidden. */
export const DeleteChannelResponse = z.object({ id: z.uuid() }).meta({ id: 'DeleteChannelResponse' });
export type DeleteChannelResponse = z.infer<typeof DeleteChannelResponse>;

/** State of a delivery. `waiting`: for its turn, `retrying`: an attempt failed and another follows; the last three are final. */
export const DeliveryStatus = z
  .enum(['waiting', 'sending', 'retrying', 'delivered', 'failed', 'suppressed'])
  .meta({ id: 'DeliveryStatus' });
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

/** One message to one channel, or the reason why there was none. */
export const Delivery = z
  .object({
    id: z.uuid().describe('The message carries it, the same at every attempt'),
    channelId: z.uuid(),
    channelName: z.string(),
    status: DeliveryStatus,
    reason: z.string().nullable().describe('Why it was not, or not yet, delivered; null: nothing went wrong'),
    isTest: z.boolean(),
    notices: z.array(
      z.object({
        id: z.uuid(),
        kind: NoticeKind,
        severity: NoticeSeverity,
        service: z.string(),
        title: z.string(),
        incidentId: z.uuid().nullable(),
        clusterId: z.uuid().nullable(),
      })
    ),
    attemptCount: z.int(),
    dueAt: Timestamp.describe('Not before this'),
    deliveredAt: Timestamp.nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;

/** Path parameter of a delivery. */
export const DeliveryParams = z.object({ id: z.uuid() });
export type DeliveryParams = z.infer<typeof DeliveryParams>;

/** Which deliveries to list. */
export const ListDeliveriesRequest = z.object({
  channelId: z.uuid().optional(),
  status: DeliveryStatus.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});
export type ListDeliveriesRequest = z.infer<typeof ListDeliveriesRequest>;

/** Deliveries, the newest first. */
export const ListDeliveriesResponse = z
  .object({ deliveries: z.array(Delivery) })
  .meta({ id: 'ListDeliveriesResponse' });
export type ListDeliveriesResponse = z.infer<typeof ListDeliveriesResponse>;
