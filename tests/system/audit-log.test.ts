import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPglite } from '@loghunter/adapters/pglite';
import { connectPostgres } from '@loghunter/adapters/postgres';
import { createAuditLog, createLedger, createMigrator, loadMigrations } from '@loghunter/adapters/sql-stores';
import type { AuditLog, AuditRecord, SqlDatabase } from '@loghunter/ports';
import { hasPostgres, startPostgres } from '../servers/postgres.ts';
import { migrate, migrationsDirectory } from './sql-database.ts';

interface Opened {
  readonly database: SqlDatabase;
  /** As whoever may do everything: somebody at the database's own console. */
  tamper(sql: string): Promise<void>;
  stop(): Promise<void>;
}

async function openPostgres(): Promise<Opened> {
  const postgres = await startPostgres();
  await migrate(postgres.url);
  const database = connectPostgres({ url: postgres.url });
  return {
    database,
    tamper: async (sql) => void (await postgres.runAsSuperuser(postgres.url, sql)),
    async stop() {
      await database.close();
      await postgres.stop();
    },
  };
}

async function openEmbedded(): Promise<Opened> {
  const { database, owner } = await openPglite({});
  await createMigrator(owner).up(await loadMigrations(migrationsDirectory));
  return {
    database,
    tamper: (sql) => owner.transact((session) => session.execute(sql)),
    stop: () => database.close(),
  };
}

function record(action: string, facts: Partial<AuditRecord> = {}): AuditRecord {
  return {
    occurredAtMs: 1_795_172_400_123,
    actor: { kind: 'api-key', id: 'k1', name: 'ci' },
    action,
    object: { kind: 'jobs', id: 'j1' },
    result: 'ok',
    requestId: 'request-1',
    details: { text: 'x' },
    ...facts,
  };
}

const newest = { beforeSequence: null, limit: 500 };

for (const [name, open, isMissing] of [
  ['Postgres', openPostgres, !hasPostgres()],
  ['PGlite', openEmbedded, false],
] as const) {
  describe.skipIf(isMissing)(`the audit log on ${name}`, () => {
    let opened: Opened;
    let auditLog: AuditLog;
    beforeAll(async () => {
      opened = await open();
      auditLog = createAuditLog(opened.database);
    });
    afterAll(() => opened.stop());

    let tenantCount = 0;
    async function createTenant(): Promise<string> {
      tenantCount += 1;
      return (await createLedger(opened.database).ensureTenant(`tenant ${tenantCount}`, null)).id;
    }

    test('keeps what was done, the newest first, page by page, and by what is asked for', async () => {
      const tenantId = await createTenant();
      await auditLog.append(tenantId, [record('one'), record('two', { result: 'forbidden' }), record('three')]);
      const entries = await auditLog.list(tenantId, {}, newest);
      expect(entries.map(({ action, sequence }) => [action, sequence])).toEqual([
        ['three', 3],
        ['two', 2],
        ['one', 1],
      ]);
      expect(entries[2]).toMatchObject(record('one'));
      expect((await auditLog.list(tenantId, {}, { beforeSequence: 3, limit: 1 })).map(({ action }) => action)).toEqual([
        'two',
      ]);
      expect((await auditLog.list(tenantId, { result: 'forbidden' }, newest)).map(({ action }) => action)).toEqual([
        'two',
      ]);
      expect(await auditLog.list(tenantId, { actorId: 'nobody' }, newest)).toEqual([]);
      expect(await auditLog.list(tenantId, { toMs: 1_795_172_400_123 }, newest)).toEqual([]);
    });

    test('keeps control characters, line breaks and turned text as visible words', async () => {
      const tenantId = await createTenant();
      const hostile = 'bob\n2026 admin ok\u001b[31m\u0000\u202e\ud800';
      await auditLog.append(tenantId, [
        record('x', { actor: { kind: 'api-key', id: hostile, name: hostile }, details: { hostile } }),
      ]);
      const [entry] = await auditLog.list(tenantId, {}, newest);
      expect(entry?.actor.name).toBe('bob\\u{a}2026 admin ok\\u{1b}[31m\\u{0}\\u{202e}\\u{d800}');
      expect(entry?.details['hostile']).toBe(entry?.actor.name);
      expect((await auditLog.verify(tenantId)).broken).toBeNull();
    });

    test('is one chain although many write at the same time', async () => {
      const tenantId = await createTenant();
      await Promise.all(
        Array.from({ length: 40 }, (_, n) => auditLog.append(tenantId, [record(`a${n}`), record(`b${n}`)]))
      );
      const entries = await auditLog.list(tenantId, {}, newest);
      expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 80 }, (_, n) => 80 - n));
      expect(await auditLog.verify(tenantId)).toEqual({ checkedCount: 80, deletedSegmentCount: 0, broken: null });
    });

    test.each([
      ['changed', `update audit_entries set actor_name = 'nobody' where tenant_id = $ and sequence = 3`, 3],
      [
        'moved in time',
        `update audit_entries set occurred_at = occurred_at - interval '1 h' where tenant_id = $ and sequence = 2`,
        2,
      ],
      ['taken away', `delete from audit_entries where tenant_id = $ and sequence = 4`, 4],
      ['taken from the end', `delete from audit_entries where tenant_id = $ and sequence = 5`, 5],
      ['given another hash', `update audit_entries set hash = repeat('a', 64) where tenant_id = $ and sequence = 1`, 1],
      [
        'hidden by a shorter segment',
        `delete from audit_entries where tenant_id = $ and sequence = 5; update audit_segments set entry_count = 4 where tenant_id = $`,
        4,
      ],
    ])('verification names the row that was %s', async (_, sql, sequence) => {
      const tenantId = await createTenant();
      await auditLog.append(
        tenantId,
        ['a', 'b', 'c', 'd', 'e'].map((action) => record(action))
      );
      await opened.tamper(sql.replaceAll('$', `'${tenantId}'`));
      expect((await auditLog.verify(tenantId)).broken).toMatchObject({ sequence });
    });

    test('lets the application neither change nor delete an entry', async () => {
      const tenantId = await createTenant();
      await auditLog.append(tenantId, [record('a')]);
      for (const statement of [
        'update audit_entries set action = action',
        'delete from audit_entries',
        'truncate audit_entries',
      ]) {
        await expect(opened.database.withTenant(tenantId, (session) => session.query(statement))).rejects.toMatchObject(
          { kind: 'rejected' }
        );
      }
    });

    test('gives whole old segments up and stays a chain', async () => {
      const tenantId = await createTenant();
      await auditLog.append(tenantId, [record('a'), record('b')]);
      await opened.tamper(
        `update audit_segments set created_at = now() - interval '60 days' where tenant_id = '${tenantId}'`
      );
      await auditLog.append(tenantId, [record('c')]);
      // Closed just now: too young, whatever is asked.
      expect(await auditLog.deleteOldestSegment(tenantId, Date.now() + 1000)).toBe(0);
      await opened.tamper(
        `update audit_segments set closed_at = now() - interval '40 days' where tenant_id = '${tenantId}' and closed_at is not null`
      );
      const other = await createTenant();
      const stolen = await opened.database.withTenant(other, (session) =>
        session.query<{ n: number }>('select delete_audit_segment($1, 1)::integer as n', [tenantId])
      );
      expect(stolen[0]?.n).toBe(0);
      expect(await auditLog.deleteOldestSegment(tenantId, Date.now() - 86_400_000)).toBe(2);
      expect(await auditLog.deleteOldestSegment(tenantId, Date.now() - 86_400_000)).toBe(0);
      expect((await auditLog.list(tenantId, {}, newest)).map(({ action }) => action)).toEqual(['c']);
      expect(await auditLog.verify(tenantId)).toEqual({ checkedCount: 1, deletedSegmentCount: 1, broken: null });
      await opened.tamper(
        `update audit_segments set last_hash = repeat('b', 64) where tenant_id = '${tenantId}' and number = 1`
      );
      expect((await auditLog.verify(tenantId)).broken).toMatchObject({ sequence: 3 });
    });
  });
}
