import { afterAll, beforeAll, describe, test } from 'vitest';
import {
  anomalyStoreCases,
  apiKeyStoreCases,
  channelStoreCases,
  seriesCases,
  clusterRulesCases,
  clusterStoreCases,
  countHistoryCases,
  ledgerCases,
  noticeStoreCases,
  redactionStoreCases,
  tenantStoreCases,
  usageStoreCases,
  workListCases,
  liveStoreCases,
} from '@loghunter/ports/testing';
import { createApiKeyStore } from './api-key-store.ts';
import { createAnomalyStore } from './anomaly-store.ts';
import { createChannelStore } from './channel-store.ts';
import { createDeliveryStore } from './delivery-store.ts';
import { createDeployStore } from './deploy-store.ts';
import { createDetectionStore } from './detection-store.ts';
import { createSeriesStore } from './series-store.ts';
import { createCountHistoryStore } from './count-history-store.ts';
import { createNoticeStore } from './notice-store.ts';
import { createRedactionStore } from './redaction-store.ts';
import { createTenantStore } from './tenant-store.ts';
import { createUsageStore } from './usage-store.ts';
import { createLiveStore } from './live-store.ts';
import { createWorkListStore } from './work-list-store.ts';
import { openMigratedPglite } from './testing-database.ts';

describe('the SQL stores keep their contracts on PGlite', () => {
  let stores: Awaited<ReturnType<typeof openMigratedPglite>>;
  beforeAll(async () => {
    stores = await openMigratedPglite();
  }, 60_000);
  afterAll(() => stores.database.close());

  async function openTwo(title: string): Promise<readonly [string, string]> {
    const one = await stores.ledger.ensureTenant(`${title} 1`, null);
    const two = await stores.ledger.ensureTenant(`${title} 2`, null);
    return [one.id, two.id];
  }

  for (const { title, run } of [...ledgerCases, ...clusterStoreCases, ...clusterRulesCases]) {
    test(title, () => run(stores));
  }
  for (const { title, run } of liveStoreCases) {
    test(title, async () => {
      const one = await stores.ledger.ensureTenant(`${title} 1`, null);
      const two = await stores.ledger.ensureTenant(`${title} 2`, null);
      await run({ live: createLiveStore(stores.database), tenantIds: [one.id, two.id] });
    });
  }
  for (const { title, run } of workListCases) {
    test(title, () => run({ ...stores, workList: createWorkListStore(stores.database) }));
  }
  for (const { title, run } of tenantStoreCases) {
    test(title, () => run(createTenantStore(stores.database)));
  }
  for (const { title, run } of redactionStoreCases) {
    test(title, async () => {
      const tenants = await Promise.all(
        ['one', 'two'].map((name) => stores.ledger.ensureTenant(`${title} ${name}`, null))
      );
      const [one, two] = tenants.map(({ id }) => id);
      await run({ redaction: createRedactionStore(stores.database), tenantIds: [one ?? '', two ?? ''] });
    });
  }
  for (const { title, run } of seriesCases) {
    test(title, () => run({ ...stores, series: createSeriesStore(stores.database) }));
  }
  for (const { title, run } of anomalyStoreCases) {
    test(title, async () => {
      const [one, two] = await openTwo(title);
      await run({
        anomalies: createAnomalyStore(stores.database),
        deploys: createDeployStore(stores.database),
        detection: createDetectionStore(stores.database),
        tenantIds: [one, two],
      });
    });
  }
  for (const { title, run } of channelStoreCases) {
    test(title, async () => {
      const [one, two] = await openTwo(title);
      await run({
        channels: createChannelStore(stores.database),
        deliveries: createDeliveryStore(stores.database),
        notices: createNoticeStore(stores.database),
        tenantIds: [one, two],
      });
    });
  }
  for (const { title, run } of countHistoryCases) {
    test(title, async () => {
      const one = await stores.ledger.ensureTenant(`${title} 1`, null);
      const two = await stores.ledger.ensureTenant(`${title} 2`, null);
      const history = createCountHistoryStore(stores.database);
      await run({ history, ledger: stores.ledger, tenantIds: [one.id, two.id] });
    });
  }
  for (const { title, run } of noticeStoreCases) {
    test(title, async () => {
      const tenants = await Promise.all(
        ['one', 'two'].map((name) => stores.ledger.ensureTenant(`${title} ${name}`, null))
      );
      const [one, two] = tenants.map(({ id }) => id);
      await run({ notices: createNoticeStore(stores.database), tenantIds: [one ?? '', two ?? ''] });
    });
  }
  for (const { title, run } of usageStoreCases) {
    test(title, async () => {
      const ids = await Promise.all(['usage 1', 'usage 2'].map((name) => stores.ledger.ensureTenant(name, null)));
      const [one, two] = ids.map(({ id }) => id);
      await run({ usage: createUsageStore(stores.database), tenantIds: [one ?? '', two ?? ''] });
    });
  }
  for (const { title, run } of apiKeyStoreCases) {
    test(title, async () => {
      const [one, two] = [
        await stores.ledger.ensureTenant('keys 1', null),
        await stores.ledger.ensureTenant('keys 2', null),
      ];
      await run({ keys: createApiKeyStore(stores.database), tenantIds: [one.id, two.id] });
    });
  }
});
