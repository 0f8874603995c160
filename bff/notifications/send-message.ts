import type { ChannelTarget } from '@loghunter/contracts';
import type { Clock, HttpClient, MailSender, OutboundAnswer } from '@loghunter/ports';
import { JobError } from '../jobs/job-kind.ts';
import type { Secret } from '../settings/secret.ts';
import { readRetryAfter } from '../webhooks/retry-schedule.ts';
import { deriveWebhookSecret, signMessage } from '../webhooks/webhook-secret.ts';
import { toMail } from './messages/mail-message.ts';
import type { Message } from './messages/message.ts';
import { toPagerDutyBody } from './messages/pager-duty-event.ts';
import { toSlackBody } from './messages/slack-message.ts';
import { toWebhookBody } from './messages/webhook-message.ts';

/** What sending needs. */
export interface SendParts {
  readonly http: HttpClient;
  /** Null: the operator has set no mail server. */
  readonly mail: MailSender | null;
  readonly webhookKey: Secret | null;
  readonly clock: Clock;
}

/** How an attempt ended that is not repeated. `gone`: the receiver wants nothing any more. */
export interface SendResult {
  readonly kind: 'delivered' | 'gone';
  /** What is worth knowing beside it. */
  readonly remark: string | null;
}

/**
 * Sends a message once. Throws `JobError` or `PortError` for an attempt that failed; it says whether, and when, another one makes
 * sense. What receivers answer beside their status is shown to nobody.
 */
export function sendMessage(
  parts: SendParts,
  channelId: string,
  target: ChannelTarget,
  message: Message,
  signal: AbortSignal
): Promise<SendResult> {
  switch (target.kind) {
    case 'webhook':
      return sendWebhook(parts, channelId, target.url, message, signal);
    case 'slack':
      return post(parts, target.secretUrl, toSlackBody(message), {}, finalClientErrors, signal);
    case 'pagerduty':
      return sendEvents(parts, target, message, signal);
    case 'email':
      return sendMail(parts, target.recipients, message, signal);
  }
}

/** Whether a status ends the tries, beside 410. */
type FinalRule = (status: number) => boolean;

// Standard Webhooks: everything but 2xx and 410 is tried again.
const neverFinal: FinalRule = () => false;
// Slack and PagerDuty say with these that the message or the address is wrong; 408 and 429 ask for patience.
const finalClientErrors: FinalRule = (status) => status >= 400 && status < 500 && status !== 408 && status !== 429;

function sendWebhook(
  parts: SendParts,
  channelId: string,
  url: string,
  message: Message,
  signal: AbortSignal
): Promise<SendResult> {
  if (parts.webhookKey === null) {
    throw new JobError('LOGHUNTER_WEBHOOK_KEY is not set', { isRetryable: false });
  }
  const body = toWebhookBody(message);
  const secret = deriveWebhookSecret(parts.webhookKey, message.tenantId, channelId);
  const timestampSeconds = Math.floor(parts.clock.nowMs() / 1000);
  return post(parts, url, body, signMessage(secret, { id: message.id, timestampSeconds, body }), neverFinal, signal);
}

// One event a notice: PagerDuty groups what has the same key, and an event that is repeated changes nothing there.
async function sendEvents(
  parts: SendParts,
  target: Extract<ChannelTarget, { kind: 'pagerduty' }>,
  message: Message,
  signal: AbortSignal
): Promise<SendResult> {
  for (const item of message.items) {
    const body = toPagerDutyBody(target.secretRoutingKey, message.tenantId, item, message.isTest);
    await post(parts, target.url ?? '', body, {}, finalClientErrors, signal);
  }
  return { kind: 'delivered', remark: null };
}

async function sendMail(
  { mail }: SendParts,
  recipients: readonly string[],
  message: Message,
  signal: AbortSignal
): Promise<SendResult> {
  if (mail === null) {
    throw new JobError('LOGHUNTER_SMTP_URL is not set', { isRetryable: false });
  }
  const { refusedCount } = await mail.send(toMail(message, recipients), signal);
  const remark = `the mail server refused ${refusedCount} of ${recipients.length} recipients`;
  return { kind: 'delivered', remark: refusedCount === 0 ? null : remark };
}

async function post(
  { http }: SendParts,
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  isFinal: FinalRule,
  signal: AbortSignal
): Promise<SendResult> {
  const sent = { 'content-type': 'application/json', ...headers };
  const answer = await http.send({ method: 'POST', url, headers: sent, body }, signal);
  if (answer.status === 410) {
    return { kind: 'gone', remark: 'the receiver answered 410 Gone' };
  }
  requireSuccess(answer, isFinal);
  return { kind: 'delivered', remark: null };
}

function requireSuccess({ status, headers }: OutboundAnswer, isFinal: FinalRule): void {
  if (status < 200 || status > 299) {
    const isRedirect = status >= 300 && status < 400;
    throw new JobError(`The receiver answered ${status}${isRedirect ? ', and redirects are not followed' : ''}`, {
      isRetryable: !isFinal(status),
      retryAfterSeconds: readRetryAfter(headers['retry-after']),
    });
  }
}
