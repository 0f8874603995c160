import { describe, test } from 'vitest';
import { cacheCases } from './cache.cases.ts';
import { apiKeyStoreCases } from './api-key-store.cases.ts';
import { createFakeApiKeyStore } from './api-key-store-fake.ts';
import { createFakeCache } from './cache-fake.ts';
import { clusterRulesCases } from './cluster-rules.cases.ts';
import { clusterStoreCases } from './cluster-store.cases.ts';
import { createFakeStores } from './ledger-fake.ts';
import { ledgerCases } from './ledger.cases.ts';
import { createFakeUsageStore } from './usage-store-fake.ts';
import { usageStoreCases } from './usage-store.cases.ts';
import { tenantStoreCases } from './tenant-store.cases.ts';
import { createFakeLiveBus, createFakeLiveStore } from './live-fake.ts';
import { liveBusCases } from './live-bus.cases.ts';
import { liveStoreCases } from './live-store.cases.ts';
import { workListCases } from './work-list.cases.ts';

describe('the fakes keep the contracts', () => {
  for (const { title, run } of [...ledgerCases, ...clusterStoreCases, ...clusterRulesCases]) {
    test(title, () => run(createFakeStores()));
  }
  for (const { title, run } of liveStoreCases) {
    test(title, () => run({ live: createFakeLiveStore(), tenantIds: ['one', 'two'] }));
  }
  for (const { title, run } of liveBusCases) {
    test(title, () => {
      const bus = createFakeLiveBus();
      return run({ here: bus, there: bus });
    });
  }
  for (const { title, run } of workListCases) {
    test(title, () => run(createFakeStores()));
  }
  for (const { title, run } of tenantStoreCases) {
    test(title, () => run(createFakeStores().tenantStore));
  }
  for (const { title, run } of apiKeyStoreCases) {
    test(title, () => run({ keys: createFakeApiKeyStore(), tenantIds: ['one', 'two'] }));
  }
  for (const { title, run } of usageStoreCases) {
    test(title, () => run({ usage: createFakeUsageStore(), tenantIds: ['one', 'two'] }));
  }
  for (const { title, run } of cacheCases) {
    test(title, () => run(createFakeCache()));
  }
});
