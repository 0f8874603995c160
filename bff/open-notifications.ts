// Ties notifications to what they need of the rest of the server.
import { openMailSender } from './composition.ts';
import type { Config } from './config.ts';
import type { ActionPages } from './http/action-pages.ts';
import { buttonsOfNotice, createActionPages } from './notifications/links/action-pages.ts';
import { createNoticeActions } from './notifications/links/notice-actions.ts';
import { linksOfNotice } from './notifications/links/notice-links.ts';
import type { MessageParts } from './notifications/messages/message.ts';
import type { ServerParts } from './tenant-services.ts';
import type { OpenTenants } from './tenants/open-tenants.ts';

/** What deciding about notices and sending them share. */
export function notificationParts(parts: ServerParts, tenants: OpenTenants) {
  const { config, database, clock } = parts;
  const { notices, channels, deliveries, unitOfWork } = database;
  const linkSettings = { grafanaRootUrl: grafanaRootOf(config), dataSourceUid: config.grafanaLokiUid };
  const buttons = buttonParts(parts);
  return {
    ...{ notices, channels, deliveries, unitOfWork, clock },
    mail: openMailSender(config),
    webhookKey: config.webhookKey,
    retryMs: config.noticeRetryMs,
    findIgnored: () => Promise.resolve(new Set<string>()),
    async openMessageParts(tenantId: string): Promise<MessageParts> {
      const { redaction } = await tenants.open(tenantId);
      const redactor = await redaction.open();
      return {
        redact: (text) => redactor.sample(text),
        linksOf: (notice) => linksOfNotice(linkSettings, notice),
        buttonsOf: (notice, delivery) => (buttons === null ? [] : buttonsOfNotice(buttons, tenantId, notice, delivery)),
      };
    },
  };
}

/** The pages behind the buttons of messages; undefined when messages have none. */
export function openActionPages(parts: ServerParts): ActionPages | undefined {
  const buttons = buttonParts(parts);
  const { deliveries, idempotency, unitOfWork, auditLog } = parts.database;
  return buttons === null
    ? undefined
    : createActionPages({ ...buttons, deliveries, idempotency, unitOfWork, auditLog, clock: parts.clock });
}

function buttonParts({ config, database, clock }: ServerParts) {
  const { webhookKey: key, publicUrl } = config;
  if (key === null || publicUrl === null) {
    return null;
  }
  const { anomalies, investigations, notices } = database;
  const links = { grafanaRootUrl: grafanaRootOf(config) };
  return { key, publicUrl, actions: createNoticeActions({ anomalies, investigations, notices, clock, links }) };
}

// Identities name Grafana's own root_url, which is the address that browsers have.
function grafanaRootOf({ grafana }: Pick<Config, 'grafana'>): string | null {
  return grafana === null ? null : grafana.issuer.replace(/\/*$/, '/');
}
