import { clusterRulesCases, clusterStoreCases, workListCases } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { sqlStoreCases } from './testing-contracts.ts';
import { openMigratedPglite } from './testing-database.ts';
import { createWorkListStore } from './work-list-store.ts';

describe('the SQL stores keep their contracts on PGlite', () => {
  let stores: Awaited<ReturnType<typeof openMigratedPglite>>;
  beforeAll(async () => {
    stores = await openMigratedPglite();
  }, 60_000);
  afterAll(() => stores.database.close());

  test.each(sqlStoreCases)('$title', ({ run }) => run(stores));

  describe('also where chosen clusters are few among many, and looked up one by one', () => {
    // What the planner believes decides it, and nothing tells it better here.
    beforeAll(() =>
      stores.owner.transact((session) =>
        session.execute(`update pg_class set reltuples = 1e9 where oid = 'error_clusters'::regclass`)
      )
    );

    test.each([...clusterStoreCases, ...clusterRulesCases])('$title', ({ run }) => run(stores));
    test.each(workListCases)('$title', ({ run }) => run({ ...stores, workList: createWorkListStore(stores.database) }));
  });
});
