// Ties the detectors of all tenants to what they work on.
import { randomUUID } from 'node:crypto';
import type { JobQueue } from '@loghunter/ports';
import type { CountHistory } from './anomalies/minute-facts.ts';
import { countHistoryKind } from './anomalies/history/count-history-kind.ts';
import { createStoredCountHistory } from './anomalies/history/stored-count-history.ts';
import { startTenantDetections } from './anomalies/tenant-detections.ts';
import { startJob } from './jobs/start-job.ts';
import { announceIncidents } from './live/announce-incidents.ts';
import { configOf } from './settings/tenant-settings.ts';
import type { ServerParts } from './tenant-services.ts';
import type { OpenTenants } from './tenants/open-tenants.ts';
import { hasLogs } from './tenants/tenant-logs.ts';

/** The job that counts what was before the ledger, as the audit log shows it. */
const countHistoryJob = {
  ...{ kind: countHistoryKind, input: {}, requestId: 'count-history', webhookId: null },
  actor: { kind: 'schedule', id: 'count-history', name: 'the detectors' },
};

/** Counts from before the ledger: those that were brought along, for the configured tenant, or what the log store counted. */
export function countHistoryOf(
  { database, configured }: ServerParts,
  tenantId: string,
  brought: CountHistory | null
): CountHistory {
  return brought !== null && tenantId === configured.id
    ? brought
    : createStoredCountHistory(database.countHistory, tenantId);
}

/** Begins to look for anomalies, unless the configuration says never. Returns what stops it. */
export function watchForAnomalies(
  parts: ServerParts,
  tenants: OpenTenants,
  queue: JobQueue,
  countHistory: CountHistory | null
): () => Promise<void> {
  const { config, configured, database, clock, logger, metrics } = parts;
  if (config.detection.intervalMs === 0) {
    return () => Promise.resolve();
  }
  const { ledger, series, clusters, anomalies, detection, deploys, unitOfWork } = database;
  const notices = announceIncidents(database.notices, parts.live);
  const { observeFailure } = metrics;
  const holder = randomUUID();
  return startTenantDetections({
    ...{ tenants, clock, logger, observeFailure, intervalMs: config.detection.intervalMs },
    createContext: ({ tenant, backgroundLogs }, signal) => ({
      ...{
        ledger,
        series,
        clusters,
        anomalies,
        detection,
        deploys,
        notices,
        unitOfWork,
        clock,
        observeFailure,
        holder,
      },
      ...{ tenantId: tenant.id, signal, services: config.services, settings: configOf(tenant, config).detection },
      workList: database.workList,
      findIgnored: (clusterIds) => database.workList.findIgnored(tenant.id, clusterIds),
      logs: hasLogs(parts, tenant) ? backgroundLogs : null,
      // Longer than the pause between two looks, or replicas would take turns and each begin anew.
      leaseMs: Math.max(config.scan.leaseMs, 2 * config.detection.intervalMs),
      countHistory: countHistoryOf(parts, tenant.id, countHistory),
      beginHistory:
        config.countHistoryMs === 0 || countHistory !== null || !hasLogs(parts, tenant)
          ? null
          : () => startJob({ ...database, queue }, tenant.id, countHistoryJob),
      logger: tenant.id === configured.id ? logger : logger.child({ tenantId: tenant.id }),
    }),
  });
}
