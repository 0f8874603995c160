import { describe, expect, onTestFinished, test } from 'vitest';
import { connectPostgres } from '@loghunter/adapters/postgres';
import { createAuditLog, createLedger } from '@loghunter/adapters/sql-stores';
import { hasPostgres, startPostgres } from '../servers/postgres.ts';
import { runLoghunter } from './loghunter-process.ts';
import { migrate } from './sql-database.ts';

describe.skipIf(!hasPostgres())('loghunter audit verify', () => {
  test('ends with 0 when every entry holds, and with 1 and the first broken row otherwise', async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    await migrate(postgres.url);
    const database = connectPostgres({ url: postgres.url });
    const tenant = await createLedger(database).ensureTenant('shop', null);
    const record = {
      occurredAtMs: 1_795_172_400_000,
      actor: { kind: 'api-key', id: 'k', name: 'ci' },
      object: { kind: 'jobs', id: 'j' },
      ...{ action: 'startJob', result: 'ok', requestId: 'r', details: {} },
    };
    await createAuditLog(database).append(tenant.id, [record, record, record]);
    await database.close();
    const environment = { LOGHUNTER_DATABASE_URL: postgres.url, LOGHUNTER_LOG_LEVEL: 'silent' };
    const fine = await runLoghunter(['audit', 'verify'], '', environment);
    expect([fine.exitCode, fine.stdout]).toEqual([0, '']);
    expect(fine.stderr).toContain('shop: all 3 entries hold');

    await postgres.runAsSuperuser(postgres.url, `update audit_entries set actor_id = 'other' where sequence = 2`);
    const broken = await runLoghunter(['audit', 'verify'], '', environment);
    expect([broken.exitCode, broken.stdout]).toEqual([1, 'shop\tentry 2\tthe entry is not what was written\n']);
  });
});
