// Ties the kinds of jobs to what they work on, and begins to work.
import type { HttpClient, JobQueue } from '@loghunter/ports';
import type { CountHistory } from './anomalies/minute-facts.ts';
import { createCountHistoryKind } from './anomalies/history/count-history-kind.ts';
import { createRehearsalKind } from './anomalies/rehearsal-kind.ts';
import { createAuditVerificationKind } from './audit/audit-verification-kind.ts';
import { openSignals } from './composition/open-signals.ts';
import { createExplanationKind } from './explanations/explanation-kind.ts';
import { createExportKind, exportLimits } from './exports/export-kind.ts';
import type { JobKind } from './jobs/job-kind.ts';
import { startWorkers } from './jobs/start-workers.ts';
import { createPatternImportKind } from './log-store/pattern-import-kind.ts';
import { createDeliveryKind } from './notifications/delivery-kind.ts';
import { startNoticeLoop } from './notifications/notice-loop.ts';
import { annotationKinds, notificationParts, startAnnotationReader } from './open-notifications.ts';
import { createRetentionKind, type RetentionParts } from './retention/retention-kind.ts';
import { beginRetention, scheduleRetention } from './retention/schedule-retention.ts';
import { createAnalysisKind } from './root-cause/analysis-kind.ts';
import { scheduleAutomaticAnalyses } from './root-cause/automatic-analyses.ts';
import { noSignals } from './root-cause/read-signals.ts';
import { createBackfillKind } from './scanner/backfill-kind.ts';
import { createLedgerVerificationKind, type LedgerVerificationParts } from './scanner/ledger-verification-kind.ts';
import { countHistoryOf } from './open-detection.ts';
import { configOf } from './settings/tenant-settings.ts';
import type { ServerParts } from './tenant-services.ts';
import type { OpenTenants } from './tenants/open-tenants.ts';
import { hasLogs } from './tenants/tenant-logs.ts';
import { createWebhookDeliveryKind } from './webhooks/webhook-delivery-kind.ts';

/** Everything that may be a job of this server. */
export function createJobKinds(
  parts: ServerParts,
  tenants: OpenTenants,
  http: HttpClient,
  countHistory: CountHistory | null
): readonly JobKind[] {
  const { config, database, clock, logger, metrics } = parts;
  const { ledger, webhooks, auditLog, notices } = database;
  async function retentionOf(tenantId: string): Promise<number> {
    return configOf((await tenants.open(tenantId)).tenant, config).retentionMs;
  }
  async function longestCountsMs(): Promise<number> {
    return Math.max(...(await ledger.listTenants()).map((tenant) => configOf(tenant, config).retentionMs));
  }
  const scanParts: LedgerVerificationParts = {
    retentionMs: retentionOf,
    async openContext(tenantId) {
      const { tenant, backgroundLogs, sourceLogs, identifier, redaction } = await tenants.open(tenantId);
      return !hasLogs(parts, tenant)
        ? null
        : {
            ...{ tenantId, ledger, clock, identifier, redaction, logger },
            logs: sourceLogs?.get('') ?? backgroundLogs,
            sources: sourceLogs,
            services: config.services,
            settings: config.scan,
            observer: metrics,
          };
    },
  };
  const signals = openSignals(config.signals);
  return [
    createCleaningKind(parts, { countsMs: retentionOf, longestCountsMs }),
    createAnalysisKind({
      ...{ analyses: database.analyses, clusters: database.clusters, clusterRules: database.clusterRules },
      ...{ anomalies: database.anomalies, notices, clock, unitOfWork: database.unitOfWork },
      ...{ deploys: database.deploys, services: config.services, openTenant: (tenantId) => tenants.open(tenantId) },
      // What the configuration names is its own tenant's.
      signalsOf: (tenantId) => (tenantId === parts.configured.id ? signals : noSignals),
    }),
    createRehearsalKind({
      ...database,
      settingsOf: async (tenantId) => configOf((await tenants.open(tenantId)).tenant, config).detection,
      countHistoryOf: (tenantId) => countHistoryOf(parts, tenantId, countHistory),
    }),
    createCountHistoryKind({
      ...{ ledger, series: database.series, countHistory: database.countHistory, services: config.services, clock },
      historyMs: config.countHistoryMs,
      openLogs: async (tenantId) => {
        const { tenant, backgroundLogs, sourceLogs } = await tenants.open(tenantId);
        return !hasLogs(parts, tenant) ? null : { logs: sourceLogs?.get('') ?? backgroundLogs, sources: sourceLogs };
      },
    }),
    createExportJobKind(parts, tenants),
    createBackfillKind(scanParts),
    createPatternImportKind({
      ...{ ledger, clusters: database.clusters, clusterRules: database.clusterRules },
      ...{ workList: database.workList, services: config.services, clock },
      openTenant: (tenantId) => tenants.open(tenantId),
    }),
    createLedgerVerificationKind(scanParts),
    createExplanationJobKind(parts, tenants),
    createAuditVerificationKind(auditLog),
    createDeliveryKind({ ...notificationParts(parts, tenants), http }),
    ...annotationKinds(parts),
    createWebhookDeliveryKind({ webhooks, http, clock, webhookKey: config.webhookKey }),
  ];
}

/** What deletes that which is past its time, counts after their tenant's. */
function createCleaningKind(
  { config, database, clock }: ServerParts,
  ages: Pick<RetentionParts, 'countsMs' | 'longestCountsMs'>
): JobKind {
  return createRetentionKind({
    ...{
      analyses: database.analyses,
      ledger: database.ledger,
      jobs: database.jobs,
      webhooks: database.webhooks,
      clock,
    },
    ...{
      savedFilters: database.savedFilters,
      exportFiles: database.exportFiles,
      idempotency: database.idempotency,
      auditLog: database.auditLog,
    },
    ...{ channels: database.channels, deliveries: database.deliveries, notices: database.notices },
    ...{ explanations: database.explanations, egress: database.egress, workList: database.workList },
    ...{ anomalies: database.anomalies, detection: database.detection, deploys: database.deploys },
    ...{ countHistory: database.countHistory, ...ages },
    ...{ auditMs: config.auditRetentionMs, workHistoryMs: config.workHistoryMs },
  });
}

function createExportJobKind({ config, database, clock }: ServerParts, tenants: OpenTenants): JobKind {
  const { clusters, workList, clusterRules, anomalies, exportFiles } = database;
  return createExportKind({
    ...{ files: exportFiles, clock, limits: exportLimits },
    openFeature: async (tenantId) => ({
      ...{ tenantId, clusters, workList, clusterRules, anomalies, clock, services: config.services },
      ...{ forcedMatchers: config.queryMatchers, ...(await tenants.open(tenantId)) },
    }),
  });
}

function createExplanationJobKind(
  { config, database, clock, modelProviders, metrics }: ServerParts,
  tenants: OpenTenants
): JobKind {
  const { explanations, analyses, modelSettings, egress, redaction: redactionStore } = database;
  return createExplanationKind({
    ...{ explanations, analyses, modelProviders, modelSettings, egress, redactionStore, clock },
    observer: metrics,
    openTenant: (tenantId) => tenants.open(tenantId),
    forcedMatchers: config.queryMatchers,
    serviceLabels: [...config.services.serviceLabels, ...config.services.namespaceLabels],
  });
}

/** Begins to take jobs and to schedule them. Returns what stops it. */
export async function workOnJobs(
  parts: ServerParts,
  tenants: OpenTenants,
  queue: JobQueue,
  kinds: readonly JobKind[]
): Promise<() => Promise<void>> {
  const { config, database, cache, clock, logger, metrics } = parts;
  const { jobs, unitOfWork, auditLog } = database;
  const start = { jobs, queue, unitOfWork };
  const stop = await startWorkers(
    { ...start, kinds, auditLog, cache, clock, logger, live: parts.live },
    config.jobConcurrency
  );
  const listTenantIds = async () => (await tenants.openAll()).map(({ tenant }) => tenant.id);
  await scheduleRetention({ ...start, listTenantIds });
  if (config.hasAutomaticAnalyses) {
    const { analyses, anomalies } = database;
    const investigations = config.hasAutomaticInvestigations ? database.investigations : null;
    await scheduleAutomaticAnalyses({ ...start, analyses, investigations, anomalies, clock, listTenantIds });
  }
  // Not all servers run at the time of the schedule.
  await beginRetention({ ...start, listTenantIds }).catch(metrics.observeFailure);
  const stopNotices = startNoticeLoop({
    ...{ ...notificationParts(parts, tenants), ...start, listTenantIds },
    observeFailure: metrics.observeFailure,
  });
  const stopReader = startAnnotationReader(parts);
  return async () => {
    await stopReader();
    await stopNotices();
    await stop();
  };
}
