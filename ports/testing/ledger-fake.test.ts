import { describe, test } from 'vitest';
import { cacheCases } from './cache.cases.ts';
import { createFakeCache } from './cache-fake.ts';
import { clusterStoreCases } from './cluster-store.cases.ts';
import { createFakeStores } from './ledger-fake.ts';
import { ledgerCases } from './ledger.cases.ts';

describe('the fakes keep the contracts', () => {
  for (const { title, run } of [...ledgerCases, ...clusterStoreCases]) {
    test(title, () => run(createFakeStores()));
  }
  for (const { title, run } of cacheCases) {
    test(title, () => run(createFakeCache()));
  }
});
