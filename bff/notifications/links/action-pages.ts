import { createHash } from 'node:crypto';
import type {
  AuditLog,
  Clock,
  DeliveryRow,
  DeliveryStore,
  IdempotencyStore,
  Notice,
  UnitOfWork,
} from '@loghunter/ports';
import type { ActionPage, ActionPages } from '../../http/action-pages.ts';
import type { Secret } from '../../settings/secret.ts';
import { escapeHtml as escape } from '../messages/escape-html.ts';
import type { MessageLink } from '../messages/message.ts';
import { noticeButtons, type NoticeButton } from './notice-buttons.ts';
import { performAction, type ActionFeature } from './perform-action.ts';
import { actionLifetimeMs, readAction, signAction, type SignedAction } from './signed-action.ts';

/** What the pages behind buttons need. */
export interface ActionPageParts {
  readonly key: Secret;
  /** What the routes of a tenant work on. */
  readonly openFeature: (tenantId: string) => Promise<ActionFeature>;
  readonly deliveries: DeliveryStore;
  /** Remembers which buttons were used. */
  readonly idempotency: IdempotencyStore;
  readonly unitOfWork: UnitOfWork;
  readonly auditLog: AuditLog;
  readonly clock: Clock;
  /** Null: pages link nowhere. */
  readonly grafanaRootUrl: string | null;
}

/** The buttons of a notice in a message. */
export function buttonsOfNotice(
  { key, publicUrl }: { readonly key: Secret; readonly publicUrl: string },
  tenantId: string,
  notice: Notice,
  delivery: Pick<DeliveryRow, 'id' | 'dueAtMs'>
): readonly MessageLink[] {
  const expiresAtMs = delivery.dueAtMs + actionLifetimeMs;
  return noticeButtons
    .filter((button) => button.isFor(notice))
    .map(({ name, label }) => {
      const token = signAction(key, {
        ...{ tenantId, deliveryId: delivery.id, noticeId: notice.id, action: name, expiresAtMs },
      });
      return { label, url: `${publicUrl}/actions/${token}` };
    });
}

interface Found {
  readonly signed: SignedAction;
  readonly delivery: DeliveryRow;
  readonly notice: Notice;
  readonly button: NoticeButton;
}

/** Shows what a button would do on GET, and does it once on POST, with its row in the audit log in the same transaction. */
export function createActionPages(parts: ActionPageParts): ActionPages {
  async function find(token: string): Promise<Found | ActionPage> {
    const signed = readAction(parts.key, token, parts.clock.nowMs());
    if (signed === null) {
      return notValid;
    }
    const delivery = await parts.deliveries.get(signed.tenantId, signed.deliveryId);
    const notice = delivery?.notices.find(({ id }) => id === signed.noticeId);
    const button = noticeButtons.find(({ name }) => name === signed.action);
    return delivery === null || notice === undefined || button === undefined
      ? notValid
      : { signed, delivery, notice, button };
  }
  return {
    async show(token) {
      const found = await find(token);
      return 'html' in found ? found : askPage(found);
    },
    async act(token, requestId) {
      const found = await find(token);
      return 'html' in found ? found : actOnce(parts, found, requestId);
    },
  };
}

async function actOnce(parts: ActionPageParts, found: Found, requestId: string): Promise<ActionPage> {
  const { signed, delivery, notice } = found;
  const { tenantId, action } = signed;
  const feature = await parts.openFeature(tenantId);
  // What the button does rather than the text of its token: another text that says the same is the same button.
  const key = `${delivery.id}:${notice.id}:${action}`;
  const use = { route: 'signed-action', key, requestHash: 'one' };
  return parts.unitOfWork.run(tenantId, async () => {
    if ((await parts.idempotency.claim(tenantId, use)) !== null) {
      return toPage(409, 'Already done', ['This button has been used. What it was about can be changed on its page.']);
    }
    await parts.idempotency.keep(tenantId, use, '');
    // Nobody has said who they are: whoever holds the message may press its buttons.
    const actor = { kind: 'installation' as const, id: 'signed-link', name: `a button in ${delivery.channelName}` };
    const principal = { tenantId, actor, role: 'editor' as const };
    const signal = AbortSignal.timeout(maxActionMs);
    const context = { requestId, signal, principal };
    const result = await performAction(action, feature, notice, context, parts.grafanaRootUrl);
    await parts.auditLog.append(tenantId, [
      {
        ...{ occurredAtMs: parts.clock.nowMs(), actor, action: `button:${action}`, requestId },
        object: result?.object ?? { kind: 'notices', id: notice.id },
        result: result === null ? 'not-found' : 'ok',
        details: { deliveryId: delivery.id, noticeId: notice.id },
      },
    ]);
    if (result === null) {
      return toPage(404, 'Nothing to do', ['What this button is about is not there any more.']);
    }
    const link = result.url === null ? '' : `<p><a href="${escape(result.url)}">Open its page</a></p>`;
    return toPage(200, 'Done', [result.text], link);
  });
}

function askPage({ notice, button }: Found): ActionPage {
  const form = `<form method="post"><button type="submit">${escape(button.label)}</button></form>`;
  const where = notice.service === '' ? '' : ` in ${notice.service}`;
  return toPage(200, `${button.label}?`, [`${notice.title}${where}`, 'Nothing has changed yet.'], form);
}

/** As long as a route of the same purpose may take. */
const maxActionMs = 30_000;

const style = [
  'body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}',
  'button{font:inherit;padding:.75rem 2rem}',
].join('');
const styleHash = createHash('sha256').update(style).digest('base64');
const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

// The same for a forged token, one whose time is over and one whose notice is gone.
const notValid = toPage(410, 'This button is not good any more', [
  'Buttons are good for a day and once. Open LogHunter in Grafana to go on.',
]);

function toPage(status: ActionPage['status'], title: string, sentences: readonly string[], more = ''): ActionPage {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>`;
  const body = `<h1>${escape(title)}</h1>${sentences.map((text) => `<p>${escape(text)}</p>`).join('')}${more}`;
  const html = `<!doctype html><html lang="en"><head>${head}<style>${style}</style></head><body>${body}</body></html>`;
  return { status, html, contentSecurityPolicy };
}
