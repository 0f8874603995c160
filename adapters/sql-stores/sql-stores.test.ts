import { afterAll, beforeAll, describe, test } from 'vitest';
import { clusterStoreCases, ledgerCases } from '@loghunter/ports/testing';
import { openMigratedPglite } from './testing-database.ts';

describe('the SQL stores keep their contracts on PGlite', () => {
  let stores: Awaited<ReturnType<typeof openMigratedPglite>>;
  beforeAll(async () => {
    stores = await openMigratedPglite();
  }, 60_000);
  afterAll(() => stores.database.close());

  for (const { title, run } of [...ledgerCases, ...clusterStoreCases]) {
    test(title, () => run(stores));
  }
});
