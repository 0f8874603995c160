import { createEgressLedger, createExplanationStore, createModelSettingsStore } from '@loghunter/adapters/sql-stores';
import { modelStoreCases } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';
import { migrate, openStores } from './sql-database.ts';

// Calls at the same time are really at the same time here: each has a connection of its own.
describe.skipIf(!hasPostgres())('the stores of language models on Postgres', () => {
  let postgres: RunningPostgres;
  let stores: ReturnType<typeof openStores>;
  beforeAll(async () => {
    postgres = await startPostgres();
    await migrate(postgres.url);
    stores = openStores(postgres.url);
  }, 120_000);
  afterAll(async () => {
    await stores.database.close();
    await postgres.stop();
  });

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
