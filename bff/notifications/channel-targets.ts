import type { ChannelTarget, ShownTarget } from '@loghunter/contracts';
import { isPortError, type ChannelRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { Secret } from '../settings/secret.ts';
import type { NotificationFeature } from './notification-feature.ts';
import { openSecret, sealSecret } from './sealed-secret.ts';

/** PagerDuty's own address for events. */
const pagerDutyUrl = 'https://events.pagerduty.com/v2/enqueue';
/** As much of a secret as people need to tell two apart. */
const shownCharacters = 4;

/** What a channel's row keeps of a target. */
export interface StoredTarget {
  readonly target: ChannelRow['target'];
  readonly sealedSecret: string | null;
}

/** A kind that cannot be told here, and the setting that is missing. */
export type UnavailableKind = { readonly kind: ChannelTarget['kind']; readonly reason: string };

/** Kinds that the operator has not set up. */
export function listUnavailableKinds(
  feature: Pick<NotificationFeature, 'webhookKey' | 'hasMail'>
): readonly UnavailableKind[] {
  const needsKey = (['webhook', 'slack', 'pagerduty'] as const).map((kind) => ({
    kind,
    reason: 'Set LOGHUNTER_WEBHOOK_KEY: secrets of channels are made of it or sealed with it.',
  }));
  const needsMail = {
    kind: 'email' as const,
    reason: 'Set LOGHUNTER_SMTP_URL and LOGHUNTER_MAIL_FROM: mail goes over the mail server of the operator.',
  };
  return [...(feature.webhookKey === null ? needsKey : []), ...(feature.hasMail ? [] : [needsMail])];
}

/** Checks where a target leads and seals what is secret in it. Throws `ProblemError`. */
export async function storeTarget(
  feature: NotificationFeature,
  channelId: string,
  target: ChannelTarget
): Promise<StoredTarget> {
  const unavailable = listUnavailableKinds(feature).find(({ kind }) => kind === target.kind);
  if (unavailable !== undefined) {
    throw new ProblemError('not-supported', unavailable.reason);
  }
  const url = addressOf(target);
  if (url !== null) {
    await requireAllowed(feature, url);
  }
  const scope = { tenantId: feature.tenantId, channelId };
  const seal = (secret: string) => sealSecret(requireKey(feature.webhookKey), scope, secret);
  switch (target.kind) {
    case 'webhook':
      return { target: { url: target.url }, sealedSecret: null };
    case 'slack':
      return {
        target: { host: new URL(target.secretUrl).host, secretEnd: endOf(target.secretUrl) },
        sealedSecret: seal(target.secretUrl),
      };
    case 'pagerduty':
      return {
        target: { url: target.url ?? pagerDutyUrl, secretEnd: endOf(target.secretRoutingKey) },
        sealedSecret: seal(target.secretRoutingKey),
      };
    case 'email':
      return { target: { recipients: target.recipients }, sealedSecret: null };
  }
}

/** The target as answers show it. */
export function showTarget({ kind, target }: Pick<ChannelRow, 'kind' | 'target'>): ShownTarget {
  return { kind, ...target } as ShownTarget;
}

/** A channel's target with its secret; null when the secret cannot be opened. */
export function openTarget(key: Secret | null, tenantId: string, channel: ChannelRow): ChannelTarget | null {
  const shown = showTarget(channel);
  if (shown.kind === 'webhook' || shown.kind === 'email') {
    return shown;
  }
  const scope = { tenantId, channelId: channel.id };
  const secret = key === null || channel.sealedSecret === null ? null : openSecret(key, scope, channel.sealedSecret);
  if (secret === null) {
    return null;
  }
  return shown.kind === 'slack'
    ? { kind: 'slack', secretUrl: secret }
    : { kind: 'pagerduty', secretRoutingKey: secret, url: shown.url };
}

function addressOf(target: ChannelTarget): string | null {
  switch (target.kind) {
    case 'webhook':
      return target.url;
    case 'slack':
      return target.secretUrl;
    case 'pagerduty':
      return target.url ?? pagerDutyUrl;
    case 'email':
      return null;
  }
}

async function requireAllowed({ http, ownHosts }: NotificationFeature, url: string): Promise<void> {
  // A message about a message, and so on without end.
  if (ownHosts.includes(new URL(url).host)) {
    throw new ProblemError('address-refused', 'The address is refused: it is this server itself');
  }
  try {
    await http.check(url);
  } catch (error) {
    if (isPortError(error)) {
      throw new ProblemError('address-refused', error.message, { cause: error });
    }
    throw error;
  }
}

function requireKey(key: Secret | null): Secret {
  if (key === null) {
    throw new TypeError('a kind that needs the key was not refused');
  }
  return key;
}

function endOf(secret: string): string {
  return secret.slice(-shownCharacters);
}
