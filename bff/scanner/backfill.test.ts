import { PortError, type Job } from '@loghunter/ports';
import { describe, expect, test } from 'vitest';
import { counts, list, logins, marks, shop } from '../testing/scan-readings.ts';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';
import { createBackfillKind } from './backfill-kind.ts';
import { backfill, type BackfillProgress } from './backfill.ts';
import { minuteMs } from './minutes.ts';

const hourMs = 60 * minuteMs;

/** A server that has read one hour; ten lines an hour lie in the day before. */
async function createScanned(): Promise<TestServer> {
  const server = await createTestServer({ scan: { backfillMs: hourMs } });
  for (let hour = 1; hour <= 30; hour += 1) {
    await server.push(shop, logins(testNowMs - hour * hourMs, 10));
  }
  await server.scanner.scanOnce();
  return server;
}

describe('a backfill', () => {
  test('reads what lies before the first mark, exactly, and moves the mark there', async () => {
    const server = await createScanned();
    expect((await marks(server)).readFromMs).toBe(testNowMs - hourMs);
    const seen: BackfillProgress[] = [];
    const { lineCount, watchCount } = await backfill(server.toolContext(), testNowMs - 20 * hourMs, (progress) =>
      seen.push(progress)
    );
    expect({ lineCount, watchCount }).toEqual({ lineCount: 190, watchCount: 1 });
    expect(await marks(server)).toEqual({ readFromMs: testNowMs - 20 * hourMs, readUpToMs: testNowMs - minuteMs });
    expect((await list(server, testNowMs - 40 * hourMs)).totalEventCount).toBe(200);
    expect(seen.map(({ fraction }) => fraction)).toEqual(
      seen.map(({ fraction }) => fraction).toSorted((a, b) => a - b)
    );
    expect(seen.at(-1)).toMatchObject({ fraction: 1, readFromMs: testNowMs - 20 * hourMs });
  });

  test('goes on where it was interrupted, and counts nothing twice', async () => {
    const server = await createScanned();
    const readEntries = server.fakeLogs.readEntries.bind(server.fakeLogs);
    let readCount = 0;
    server.fakeLogs.readEntries = (request) => {
      readCount += 1;
      server.fakeLogs.failWith(
        readCount < 3 ? null : new PortError({ system: 'loki', kind: 'unavailable', message: 'Loki is away' })
      );
      return readEntries(request);
    };
    await expect(backfill(server.toolContext(), testNowMs - 28 * hourMs, () => undefined)).rejects.toThrow('away');
    const { readFromMs } = await marks(server);
    expect(readFromMs).toBeGreaterThan(testNowMs - 28 * hourMs);
    server.fakeLogs.readEntries = readEntries;
    server.fakeLogs.failWith(null);
    await backfill(server.toolContext(), testNowMs - 28 * hourMs, () => undefined);
    expect((await marks(server)).readFromMs).toBe(testNowMs - 28 * hourMs);
    expect(Object.values(await counts(server))).toEqual([[60, 60]]);
    expect((await list(server, testNowMs - 40 * hourMs)).totalEventCount).toBe(280);
  });

  test('that is cancelled ends between two windows, and what it had read to a whole stretch stays', async () => {
    const server = await createScanned();
    const stop = new AbortController();
    const kind = createBackfillKind({
      openContext: () => Promise.resolve(server.toolContext()),
      retentionMs: () => Promise.resolve(90 * 24 * hourMs),
    });
    const texts: string[] = [];
    const report = (_fraction: number, text: string) => {
      texts.push(text);
      stop.abort(new Error('cancelled'));
    };
    const job = { input: { sinceMs: testNowMs - 28 * hourMs } } as unknown as Job;
    await expect(kind.run({ tenantId: server.tenantId, job, signal: stop.signal, report })).rejects.toThrow(
      'cancelled'
    );
    expect(texts).toHaveLength(1);
    expect((await marks(server)).readFromMs).toBe(testNowMs - 7 * hourMs);
  });

  test('leaves a watch that nothing was read of yet to the scanner', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 2 * hourMs, 10));
    const outcome = await backfill(server.toolContext(), testNowMs - 20 * hourMs, () => undefined);
    expect(outcome).toEqual({ lineCount: 0, watchCount: 0 });
    expect(await marks(server)).toEqual({ readFromMs: null, readUpToMs: null });
  });
});
