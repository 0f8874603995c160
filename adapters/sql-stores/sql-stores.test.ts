import { afterAll, beforeAll, describe, test } from 'vitest';
import { sqlStoreCases } from './testing-contracts.ts';
import { openMigratedPglite } from './testing-database.ts';

describe('the SQL stores keep their contracts on PGlite', () => {
  let stores: Awaited<ReturnType<typeof openMigratedPglite>>;
  beforeAll(async () => {
    stores = await openMigratedPglite();
  }, 60_000);
  afterAll(() => stores.database.close());

  test.each(sqlStoreCases)('$title', ({ run }) => run(stores));
});
