import { connectPostgres } from '@loghunter/adapters/postgres';
import {
  createAnalysisStore,
  createAnomalyStore,
  createInvestigationStore,
  createJobStore,
  createUnitOfWork,
} from '@loghunter/adapters/sql-stores';
import { createFakeJobQueue, createManualClock } from '@loghunter/ports/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginAutomaticAnalyses } from '../../bff/root-cause/automatic-analyses.ts';
import { anEvent, anIncident } from '../../bff/testing/plant-anomaly.ts';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';
import { migrate, openStores } from './sql-database.ts';

// Calls at the same time are really at the same time here: each has a connection of its own.
describe.skipIf(!hasPostgres())('automatic investigations on Postgres', () => {
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

  test('of two workers that look at the same moment one opens the investigation of an incident, with one analysis', async () => {
    const { id: tenantId } = await stores.ledger.ensureTenant(crypto.randomUUID(), null);
    const nowMs = Date.now();
    const startedAtMs = nowMs - 10 * 60_000;
    const incidents = [3, 4, 2].map((severity) =>
      anIncident({ severity: severity as 2 | 3 | 4, startedAtMs, lastEventAtMs: startedAtMs })
    );
    const events = incidents.map(({ id, severity }) => anEvent({ incidentId: id, severity, startedAtMs }));
    await createAnomalyStore(stores.database).write(tenantId, { incidents, events });
    const separate = [connectPostgres({ url: postgres.url }), connectPostgres({ url: postgres.url })];
    const workers = separate.map((one) => {
      const { database, unitOfWork } = createUnitOfWork(one);
      return {
        ...{ unitOfWork, queue: createFakeJobQueue(), jobs: createJobStore(database) },
        ...{ analyses: createAnalysisStore(database), investigations: createInvestigationStore(database) },
        ...{ anomalies: createAnomalyStore(database), clock: createManualClock(nowMs) },
        listTenantIds: () => Promise.resolve([tenantId]),
      };
    });
    await Promise.all(workers.map(beginAutomaticAnalyses));
    const page = { limit: 10, offset: 0 };
    const investigations = createInvestigationStore(stores.database);
    const opened = (await investigations.list(tenantId, page)).investigations;
    expect(new Set(opened.map(({ incidentId }) => incidentId))).toEqual(
      new Set(incidents.slice(0, 2).map(({ id }) => id))
    );
    expect(opened).toHaveLength(2);
    expect((await createAnalysisStore(stores.database).list(tenantId, page)).totalCount).toBe(2);
    for (const { id } of opened) {
      expect(await investigations.listAnalysisIds(tenantId, id)).toHaveLength(1);
      const entries = await investigations.listEntries(tenantId, id);
      expect(entries.map(({ kind }) => kind)).toEqual(['created', 'analysis']);
    }
    await Promise.all(separate.map((one) => one.close()));
  });
});
