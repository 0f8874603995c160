// Random interleavings of three tenants over two connections: no foreign row is seen or written, no setting outlives its transaction.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { openPglite } from '@loghunter/adapters/pglite';
import { connectPostgres } from '@loghunter/adapters/postgres';
import { createApiKeyStore, createMigrator, createTenantStore, loadMigrations } from '@loghunter/adapters/sql-stores';
import type { SqlDatabase, SqlSession } from '@loghunter/ports';
import { hasPostgres, startPostgres } from '../servers/postgres.ts';
import { migrate, migrationsDirectory } from './sql-database.ts';

const runCount = 2000;

/** One thing that a transaction does. */
type Step = 'read' | 'write' | 'write foreign' | 'look up a key' | 'wait' | 'fail';
const steps: readonly Step[] = ['read', 'write', 'write foreign', 'look up a key', 'wait', 'fail'];

interface Transaction {
  /** Index of the tenant; 3 is the installation. */
  readonly who: number;
  readonly steps: readonly Step[];
}

const transaction = fc.record({
  who: fc.integer({ min: 0, max: 3 }),
  steps: fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 4 }),
});

interface OpenDatabase {
  readonly database: SqlDatabase;
  stop(): Promise<void>;
}

async function openPostgres(): Promise<OpenDatabase> {
  const postgres = await startPostgres();
  await migrate(postgres.url);
  const database = connectPostgres({ url: postgres.url, maxConnections: 2 });
  return {
    database,
    async stop() {
      await database.close();
      await postgres.stop();
    },
  };
}

async function openEmbedded(): Promise<OpenDatabase> {
  const { database, owner } = await openPglite({});
  await createMigrator(owner).up(await loadMigrations(migrationsDirectory));
  return { database, stop: () => database.close() };
}

class Refused extends Error {}

const hashOf = (who: number) => createHash('sha256').update(`key ${who}`).digest('hex');

for (const [name, open, isMissing] of [
  ['Postgres', openPostgres, !hasPostgres()],
  ['PGlite', openEmbedded, false],
] as const) {
  describe.skipIf(isMissing)(`interleavings on ${name}`, () => {
    let opened: OpenDatabase;
    let ids: readonly string[];

    beforeAll(async () => {
      opened = await open();
      const tenants = createTenantStore(opened.database);
      const keys = createApiKeyStore(opened.database);
      ids = await Promise.all([0, 1, 2].map(async (who) => (await tenants.createTenant(`tenant ${who}`, null)).id));
      for (const [who, id] of ids.entries()) {
        const facts = { prefix: 'lhk_', lastFour: 'xxxx', scopes: ['read'], hourlyLimit: null, expiresAtMs: null };
        await keys.createKey(id, { name: 'key', hash: hashOf(who), createdBy: 'test', ...facts });
      }
    });
    afterAll(() => opened.stop());

    async function readTenants(session: SqlSession): Promise<ReadonlySet<string>> {
      const rows = await session.query<{ tenant_id: string }>(
        `select tenant_id from api_usage union select tenant_id from api_keys`
      );
      return new Set(rows.map((row) => row.tenant_id));
    }

    async function write(session: SqlSession, tenantId: string): Promise<void> {
      await session.query(
        `insert into api_usage
           (tenant_id, actor_kind, actor_id, hour_at, actor_name, request_count, weight_sum, refused_count)
         values ($1, 'api-key', $2, '2026-11-21', 'key', 1, 1, 0)
         on conflict (tenant_id, actor_kind, actor_id, hour_at) do update set updated_at = now()`,
        [tenantId, `key ${Math.floor(Math.random() * 5)}`]
      );
    }

    async function takeStep(session: SqlSession, who: number, step: Step, looked: Set<string>): Promise<void> {
      const own = ids[who];
      const other = ids[(who + 1) % 3] ?? '';
      if (step === 'read') {
        expect([...(await readTenants(session))].filter((id) => id !== own && !looked.has(id))).toEqual([]);
      } else if (step === 'write' && own !== undefined) {
        await write(session, own);
      } else if (step === 'write foreign') {
        const refused = await write(session, other).then(
          () => 'written',
          () => 'refused'
        );
        expect(refused).toBe('refused');
        throw new Refused();
      } else if (step === 'look up a key') {
        await session.query(`select set_config('loghunter.key_hash', $1, true)`, [hashOf((who + 1) % 3)]);
        looked.add(other);
      } else if (step === 'wait') {
        await new Promise((resolve) => setImmediate(resolve));
      } else if (step === 'fail') {
        throw new Refused();
      }
    }

    async function run({ who, steps: wanted }: Transaction): Promise<void> {
      const looked = new Set<string>();
      async function work(session: SqlSession): Promise<void> {
        const [before] = await session.query<{ tenant: string | null; hash: string | null }>(
          `select current_setting('loghunter.tenant_id', true) as tenant,
             nullif(current_setting('loghunter.key_hash', true), '') as hash`
        );
        expect(before).toEqual({ tenant: ids[who] ?? '', hash: null });
        for (const step of wanted) {
          await takeStep(session, who, step, looked);
        }
      }
      const tenantId = ids[who];
      try {
        await (tenantId === undefined
          ? opened.database.withInstallation(work)
          : opened.database.withTenant(tenantId, work));
      } catch (error) {
        if (!(error instanceof Refused)) {
          throw error;
        }
      }
    }

    test(`${runCount} interleavings show no foreign row and leave no setting`, { timeout: 900_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(transaction, { minLength: 2, maxLength: 6 }), async (transactions) => {
          await Promise.all(transactions.map(run));
        }),
        { numRuns: runCount, endOnFailure: true }
      );
      const rows = await Promise.all(
        ids.map((id) => opened.database.withTenant(id, (session) => readTenants(session)))
      );
      expect(rows).toEqual(ids.map((id) => new Set([id])));
    });
  });
}
