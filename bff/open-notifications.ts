// Ties notifications to what they need of the rest of the server.
import { openAnnotations, openMailSender } from './composition.ts';
import type { Config } from './config.ts';
import { createAlertReceiver } from './alerts/receive-alerts.ts';
import { startReadingDeploys } from './deploys/annotated-deploys.ts';
import type { JobKind } from './jobs/job-kind.ts';
import { createAnnotationKind } from './notifications/annotation-kind.ts';
import type { AlertReceiver } from './http/grafana-alerts.ts';
import type { ActionPages } from './http/action-pages.ts';
import { buttonsOfNotice, createActionPages, type ActionPageParts } from './notifications/links/action-pages.ts';
import { linksOfNotice } from './notifications/links/notice-links.ts';
import type { MessageParts } from './notifications/messages/message.ts';
import type { ServerParts } from './tenant-services.ts';
import type { OpenTenants } from './tenants/open-tenants.ts';

/** What deciding about notices and sending them share. */
export function notificationParts(parts: ServerParts, tenants: OpenTenants) {
  const { config, database, clock, metrics } = parts;
  const { notices, channels, deliveries, unitOfWork } = database;
  const linkSettings = { grafanaRootUrl: grafanaRootOf(config), dataSourceUid: config.grafanaLokiUid };
  const buttons = buttonParts(parts);
  return {
    ...{ notices, channels, deliveries, unitOfWork, clock },
    observer: metrics,
    mail: openMailSender(config),
    webhookKey: config.webhookKey,
    retryMs: config.noticeRetryMs,
    findIgnored: (tenantId: string, clusterIds: readonly string[]) =>
      database.workList.findIgnored(tenantId, clusterIds),
    isAnnotated: (tenantId: string) => openAnnotations(config) !== null && tenantId === parts.configured.id,
    async openMessageParts(tenantId: string): Promise<MessageParts> {
      const { redaction } = await tenants.open(tenantId);
      const redactor = await redaction.open();
      return {
        redact: (text) => redactor.sample(text),
        linksOf: (notice) => linksOfNotice(linkSettings, database.investigations, tenantId, notice),
        buttonsOf: (notice, delivery) => (buttons === null ? [] : buttonsOfNotice(buttons, tenantId, notice, delivery)),
      };
    },
  };
}

/** The pages behind the buttons of messages; undefined when messages have none. */
export function openActionPages(
  parts: ServerParts,
  openFeature: ActionPageParts['openFeature']
): ActionPages | undefined {
  const buttons = buttonParts(parts);
  const { deliveries, idempotency, unitOfWork, auditLog } = parts.database;
  return buttons === null
    ? undefined
    : createActionPages({
        ...{ ...buttons, openFeature, deliveries, idempotency, unitOfWork, auditLog, clock: parts.clock },
        grafanaRootUrl: grafanaRootOf(parts.config),
      });
}

/** The job that writes annotations; none when no token for them is set. */
export function annotationKinds({ config, database }: ServerParts): readonly JobKind[] {
  const board = openAnnotations(config);
  return board === null ? [] : [createAnnotationKind({ board, notices: database.notices })];
}

/** Begins to read annotations tagged `deploy` as deploys of the configured tenant, when there is a token for it. */
export function startAnnotationReader({
  config,
  configured,
  database,
  clock,
  metrics,
}: ServerParts): () => Promise<void> {
  const board = openAnnotations(config);
  return board === null
    ? () => Promise.resolve()
    : startReadingDeploys({
        ...{ tenantId: configured.id, board, deploys: database.deploys, clock },
        observeFailure: metrics.observeFailure,
      });
}

/** What takes Grafana's alerts for the configured tenant; undefined when no secret for them is set. */
export function openAlertReceiver(
  { config, configured, database, clock, live }: ServerParts,
  tenants: OpenTenants
): AlertReceiver | undefined {
  const { anomalies, idempotency, unitOfWork, auditLog, workList, clusters, series } = database;
  return config.alertSecret === null
    ? undefined
    : createAlertReceiver({
        ...{ tenantId: configured.id, secret: config.alertSecret, clock },
        ...{ anomalies, idempotency, unitOfWork, auditLog, live, workList, clusters, series },
        openRedaction: async () => (await tenants.open(configured.id)).redaction,
      });
}

function buttonParts({ config: { webhookKey: key, publicUrl } }: ServerParts) {
  return key === null || publicUrl === null ? null : { key, publicUrl };
}

// Identities name Grafana's own root_url, which is the address that browsers have.
function grafanaRootOf({ grafana }: Pick<Config, 'grafana'>): string | null {
  return grafana === null ? null : grafana.issuer.replace(/\/*$/, '/');
}
