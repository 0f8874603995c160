// What every SQL database has to keep: the contracts of the ports, bound to the stores here.
import type { SqlDatabase } from '@loghunter/ports';
import {
  anomalyStoreCases,
  apiKeyStoreCases,
  channelStoreCases,
  clusterRulesCases,
  clusterStoreCases,
  countHistoryCases,
  exportFileCases,
  ledgerCases,
  liveStoreCases,
  modelStoreCases,
  noticeStoreCases,
  redactionStoreCases,
  rootCauseStoreCases,
  seriesCases,
  tenantStoreCases,
  usageStoreCases,
  workListCases,
  type StoresUnderTest,
} from '@loghunter/ports/testing';
import { createAnalysisStore } from './analysis-store.ts';
import { createAnomalyStore } from './anomaly-store.ts';
import { createApiKeyStore } from './api-key-store.ts';
import { createChannelStore } from './channel-store.ts';
import { createCountHistoryStore } from './count-history-store.ts';
import { createDeliveryStore } from './delivery-store.ts';
import { createDeployStore } from './deploy-store.ts';
import { createDetectionStore } from './detection-store.ts';
import { createEgressLedger } from './egress-ledger.ts';
import { createExportFileStore } from './export-file-store.ts';
import { createExplanationStore } from './explanation-store.ts';
import { createInvestigationStore } from './investigation-store.ts';
import { createJobStore } from './job-store.ts';
import { createLiveStore } from './live-store.ts';
import { createModelSettingsStore } from './model-settings-store.ts';
import { createNoticeStore } from './notice-store.ts';
import { createRedactionStore } from './redaction-store.ts';
import { createSeriesStore } from './series-store.ts';
import { createTenantStore } from './tenant-store.ts';
import { createUsageStore } from './usage-store.ts';
import { partCases } from './testing-parts.ts';
import { createWorkListStore } from './work-list-store.ts';

/** A database that has the schema, and its first stores. */
export type SqlStoresUnderTest = StoresUnderTest & { readonly database: SqlDatabase };

interface SqlStoreCase {
  readonly title: string;
  run(stores: SqlStoresUnderTest): Promise<void>;
}

type TwoTenants = readonly [string, string];

/** Cases that need two tenants which have nothing yet. */
function withTwoTenants<Parts>(
  cases: ReadonlyArray<{ readonly title: string; run(parts: Parts): Promise<void> }>,
  partsOf: (stores: SqlStoresUnderTest, tenantIds: TwoTenants) => Parts
): readonly SqlStoreCase[] {
  return cases.map(({ title, run }) => ({
    title,
    async run(stores) {
      const one = await stores.ledger.ensureTenant(`${title} 1`, null);
      const two = await stores.ledger.ensureTenant(`${title} 2`, null);
      await run(partsOf(stores, [one.id, two.id]));
    },
  }));
}

/** Cases that make their tenants themselves. */
function withStores<Parts>(
  cases: ReadonlyArray<{ readonly title: string; run(parts: Parts): Promise<void> }>,
  partsOf: (stores: SqlStoresUnderTest) => Parts
): readonly SqlStoreCase[] {
  return cases.map(({ title, run }) => ({ title, run: (stores) => run(partsOf(stores)) }));
}

async function createTenant(ledger: SqlStoresUnderTest['ledger']): Promise<string> {
  return (await ledger.ensureTenant(crypto.randomUUID(), null)).id;
}

/** The contracts of all stores; they share one database and keep apart by tenant. */
export const sqlStoreCases: readonly SqlStoreCase[] = [
  ...withStores([...ledgerCases, ...partCases, ...clusterStoreCases, ...clusterRulesCases], (stores) => stores),
  ...withTwoTenants(liveStoreCases, ({ database }, tenantIds) => ({ live: createLiveStore(database), tenantIds })),
  ...withStores(workListCases, (stores) => ({ ...stores, workList: createWorkListStore(stores.database) })),
  ...withStores(tenantStoreCases, ({ database }) => createTenantStore(database)),
  ...withTwoTenants(redactionStoreCases, ({ database }, tenantIds) => ({
    redaction: createRedactionStore(database),
    tenantIds,
  })),
  ...withStores(seriesCases, (stores) => ({ ...stores, series: createSeriesStore(stores.database) })),
  ...withTwoTenants(anomalyStoreCases, ({ database }, tenantIds) => ({
    anomalies: createAnomalyStore(database),
    deploys: createDeployStore(database),
    detection: createDetectionStore(database),
    tenantIds,
  })),
  ...withTwoTenants(channelStoreCases, ({ database }, tenantIds) => ({
    channels: createChannelStore(database),
    deliveries: createDeliveryStore(database),
    notices: createNoticeStore(database),
    tenantIds,
  })),
  ...withTwoTenants(countHistoryCases, ({ database, ledger }, tenantIds) => ({
    history: createCountHistoryStore(database),
    ledger,
    tenantIds,
  })),
  ...withTwoTenants(noticeStoreCases, ({ database }, tenantIds) => ({
    notices: createNoticeStore(database),
    tenantIds,
  })),
  ...withTwoTenants(exportFileCases, ({ database }, tenantIds) => ({
    files: createExportFileStore(database),
    tenantIds,
  })),
  ...withTwoTenants(usageStoreCases, ({ database }, tenantIds) => ({ usage: createUsageStore(database), tenantIds })),
  ...withTwoTenants(apiKeyStoreCases, ({ database }, tenantIds) => ({ keys: createApiKeyStore(database), tenantIds })),
  ...withStores(rootCauseStoreCases, ({ database, ledger }) => ({
    analyses: createAnalysisStore(database),
    investigations: createInvestigationStore(database),
    jobs: createJobStore(database),
    createTenant: () => createTenant(ledger),
  })),
  ...withStores(modelStoreCases, ({ database, ledger }) => ({
    settings: createModelSettingsStore(database),
    egress: createEgressLedger(database),
    explanations: createExplanationStore(database),
    createTenant: () => createTenant(ledger),
  })),
];
