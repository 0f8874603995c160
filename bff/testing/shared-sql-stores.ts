// Stores of real SQL for tests of the server: one embedded database a test process, opened when first used, a tenant a test.
import { openPglite } from '@loghunter/adapters/pglite';
import {
  createChannelStore,
  createDeliveryStore,
  createAnalysisStore,
  createInvestigationStore,
  createAnomalyStore,
  createDeployStore,
  createCountHistoryStore,
  createDetectionStore,
  createEgressLedger,
  createExplanationStore,
  createExportFileStore,
  createJobStore,
  createMigrator,
  createModelSettingsStore,
  createNoticeStore,
  createSavedFilterStore,
  createSeriesStore,
  createWebhookStore,
  loadMigrations,
} from '@loghunter/adapters/sql-stores';
import type {
  ChannelStore,
  DeliveryStore,
  AnalysisStore,
  InvestigationStore,
  JobStore,
  NoticeStore,
  SavedFilterStore,
  AnomalyStore,
  DeployStore,
  CountHistoryStore,
  DetectionStore,
  EgressLedger,
  ExplanationStore,
  ExportFileStore,
  ModelSettingsStore,
  SeriesStore,
  SqlDatabase,
  WebhookStore,
} from '@loghunter/ports';
import { join } from 'node:path';

let opening: Promise<SqlDatabase> | undefined;

async function open(): Promise<SqlDatabase> {
  const { database, owner } = await openPglite({});
  await createMigrator(owner).up(await loadMigrations(join(import.meta.dirname, '..', '..', 'migrations')));
  return database;
}

/** The database with a tenant of this id in it. */
export async function openSharedDatabase(tenantId: string): Promise<SqlDatabase> {
  opening ??= open();
  const database = await opening;
  await database.withInstallation((session) =>
    session.query(`insert into tenants (id, name) values ($1, $2) on conflict do nothing`, [
      tenantId,
      `test ${tenantId}`,
    ])
  );
  return database;
}

/** Stores that open the database, and make the tenant they are called for, when they are called. */
export function createSharedSqlStores(): {
  readonly jobs: JobStore;
  readonly savedFilters: SavedFilterStore;
  readonly exportFiles: ExportFileStore;
  readonly webhooks: WebhookStore;
  readonly notices: NoticeStore;
  readonly channels: ChannelStore;
  readonly deliveries: DeliveryStore;
  readonly analyses: AnalysisStore;
  readonly investigations: InvestigationStore;
  readonly modelSettings: ModelSettingsStore;
  readonly egress: EgressLedger;
  readonly explanations: ExplanationStore;
  readonly anomalies: AnomalyStore;
  readonly detection: DetectionStore;
  readonly countHistory: CountHistoryStore;
  readonly series: SeriesStore;
  readonly deploys: DeployStore;
} {
  return {
    jobs: whenCalled(createJobStore),
    savedFilters: whenCalled(createSavedFilterStore),
    exportFiles: whenCalled(createExportFileStore),
    webhooks: whenCalled(createWebhookStore),
    notices: whenCalled(createNoticeStore),
    channels: whenCalled(createChannelStore),
    deliveries: whenCalled(createDeliveryStore),
    analyses: whenCalled(createAnalysisStore),
    investigations: whenCalled(createInvestigationStore),
    modelSettings: whenCalled(createModelSettingsStore),
    egress: whenCalled(createEgressLedger),
    explanations: whenCalled(createExplanationStore),
    anomalies: whenCalled(createAnomalyStore),
    detection: whenCalled(createDetectionStore),
    countHistory: whenCalled(createCountHistoryStore),
    series: whenCalled(createSeriesStore),
    deploys: whenCalled(createDeployStore),
  };
}

type AsyncMethod = (...parameters: readonly unknown[]) => Promise<unknown>;

/** A store whose methods, which all take the tenant first, wait for the real one. */
function whenCalled<Store extends object>(create: (database: SqlDatabase) => Store): Store {
  return new Proxy({} as Store, {
    get:
      (_, name) =>
      async (...parameters: readonly [tenantId: string, ...rest: readonly unknown[]]) => {
        const store = create(await openSharedDatabase(parameters[0]));
        return (store as Record<string | symbol, AsyncMethod>)[name]?.call(store, ...parameters);
      },
  });
}
