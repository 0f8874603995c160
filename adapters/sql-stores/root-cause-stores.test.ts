import { afterAll, beforeAll, describe, test } from 'vitest';
import { rootCauseStoreCases } from '@loghunter/ports/testing';
import { createAnalysisStore } from './analysis-store.ts';
import { createInvestigationStore } from './investigation-store.ts';
import { createJobStore } from './job-store.ts';
import { openMigratedPglite } from './testing-database.ts';

describe('analyses and investigations keep their contracts on PGlite', () => {
  let stores: Awaited<ReturnType<typeof openMigratedPglite>>;
  beforeAll(async () => {
    stores = await openMigratedPglite();
  }, 60_000);
  afterAll(() => stores.database.close());

  test.each(rootCauseStoreCases)('$title', ({ run }) =>
    run({
      analyses: createAnalysisStore(stores.database),
      investigations: createInvestigationStore(stores.database),
      jobs: createJobStore(stores.database),
      createTenant: async () => (await stores.ledger.ensureTenant(crypto.randomUUID(), null)).id,
    })
  );
});
