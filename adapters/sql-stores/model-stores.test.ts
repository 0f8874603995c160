import { afterAll, beforeAll, describe, test } from 'vitest';
import { modelStoreCases } from '@loghunter/ports/testing';
import { createEgressLedger } from './egress-ledger.ts';
import { createExplanationStore } from './explanation-store.ts';
import { createModelSettingsStore } from './model-settings-store.ts';
import { openMigratedPglite } from './testing-database.ts';

describe('the stores of language models keep their contracts on PGlite', () => {
  let stores: Awaited<ReturnType<typeof openMigratedPglite>>;
  beforeAll(async () => {
    stores = await openMigratedPglite();
  }, 60_000);
  afterAll(() => stores.database.close());

  for (const { title, run } of modelStoreCases) {
    test(title, () =>
      run({
        settings: createModelSettingsStore(stores.database),
        egress: createEgressLedger(stores.database),
        explanations: createExplanationStore(stores.database),
        createTenant: async () => (await stores.ledger.ensureTenant(crypto.randomUUID(), null)).id,
      })
    );
  }
});
