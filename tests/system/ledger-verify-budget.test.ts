// `loghunter ledger verify` runs beside a server: it asks Loki for no more at once than background work may.
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasLoki, startLoki, type RunningLoki } from '../servers/loki.ts';
import { hasPostgres, startPostgres, type RunningPostgres } from '../servers/postgres.ts';
import { runLoghunter } from './loghunter-process.ts';
import { startMeteringProxy, type MeteringProxy } from './metering-proxy.ts';
import { migrate, openStores } from './sql-database.ts';

const minuteMs = 60_000;
const mebibyte = 1024 * 1024;

describe.skipIf(!hasLoki() || !hasPostgres())('the budget of a verification', () => {
  let loki: RunningLoki;
  let postgres: RunningPostgres;
  let proxy: MeteringProxy;

  beforeAll(async () => {
    [loki, postgres] = await Promise.all([startLoki(), startPostgres()]);
    proxy = await startMeteringProxy(loki.url);
    await migrate(postgres.url);
    const toMs = Math.floor(Date.now() / minuteMs) * minuteMs;
    // Some four mebibytes over 50 minutes.
    const entries = Array.from({ length: 20_000 }, (_, index) => ({
      timestampNs: BigInt(Math.floor(toMs - 50 * minuteMs + (index / 20_000) * 49 * minuteMs)) * 1_000_000n,
      line: `order ${index} `.padEnd(200, 'x'),
      metadata: {},
    }));
    const store = createLokiLogStore({ url: loki.url, timeoutMs: 30_000 });
    await store.push([{ labels: { service_name: 'shop' }, entries }], new AbortController().signal);
    const { database, ledger } = openStores(postgres.url);
    const { id } = await ledger.ensureTenant('default', null);
    const everything = { name: 'all', selectors: ['{service_name="shop"}'], discoveredLabelNames: [] };
    const watch = await ledger.ensureWatch(id, everything);
    const progress = { readFromMs: toMs - 60 * minuteMs, readUpToMs: toMs };
    await ledger.write(id, { watchId: watch.id, minutes: [], clusters: [], samples: [], progress });
    await database.close();
  });
  afterAll(async () => {
    await proxy.stop();
    await Promise.all([loki.stop(), postgres.stop()]);
  });

  async function verify(mode: string): Promise<{ readonly findingCount: number; readonly largestBytes: number }> {
    proxy.queries.length = 0;
    const { exitCode, stdout } = await runLoghunter(['ledger', 'verify', '--since', '1h'], '', {
      LOGHUNTER_LOKI_URL: proxy.url,
      LOGHUNTER_DATABASE_URL: postgres.url,
      LOGHUNTER_BUDGET_MODE: mode,
      LOGHUNTER_BUDGET_BACKGROUND_QUERY_MIB: '1',
    });
    expect(exitCode).toBe(1);
    return {
      findingCount: stdout.trim().split('\n').length,
      largestBytes: Math.max(...proxy.queries.map(({ processedBytes }) => processedBytes)),
    };
  }

  test('its queries are cut to what one of them may read, and find the same', async () => {
    const unbounded = await verify('off');
    expect(unbounded.largestBytes).toBeGreaterThan(3 * mebibyte);
    const bounded = await verify('enforce');
    // Estimates go by Loki's index, which knows sizes of chunks, not of minutes.
    expect(bounded.largestBytes).toBeLessThan(2 * mebibyte);
    expect(bounded.findingCount).toBe(unbounded.findingCount);
    expect(bounded.findingCount).toBeGreaterThan(45);
  });
});
