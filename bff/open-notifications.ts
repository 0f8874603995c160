// Ties notifications to what they need of the rest of the server.
import { openMailSender } from './composition.ts';
import { linksOfNotice } from './notifications/links/notice-links.ts';
import type { MessageParts } from './notifications/messages/message.ts';
import type { ServerParts } from './tenant-services.ts';
import type { OpenTenants } from './tenants/open-tenants.ts';

/** What deciding about notices and sending them share. */
export function notificationParts(parts: ServerParts, tenants: OpenTenants) {
  const { config, database, clock } = parts;
  const { notices, channels, deliveries, unitOfWork } = database;
  const root = config.grafana?.issuer ?? null;
  const linkSettings = {
    grafanaRootUrl: root === null ? null : root.replace(/\/*$/, '/'),
    dataSourceUid: config.grafanaLokiUid,
  };
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
        buttonsOf: () => [],
      };
    },
  };
}
