import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { counts, list, logins, marks, shop, step } from '../testing/scan-readings.ts';
import { createTestServer, testNowMs } from '../testing/test-server.ts';

const minuteMs = 60_000;

describe('restarts and replicas', () => {
  test('another scanner goes on where the ledger ends', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 20, minuteMs));
    await server.scanner.scanOnce();
    await server.scanner.stop();
    const next = await server.createScanner();
    await server.push(shop, logins(testNowMs + 1000, 5));
    server.clock.advance(3 * minuteMs);
    await next.scanOnce();
    expect((await list(server)).totalEventCount).toBe(25);
    expect(await marks(server)).toMatchObject({ readUpToMs: testNowMs + 2 * minuteMs });
  });

  test('a watch is read by one replica, and by the other when that one is gone', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 20));
    const other = await server.createScanner();
    await server.scanner.scanOnce();
    await other.scanOnce();
    expect(other.progress()).toMatchObject([{ phase: 'elsewhere' }]);
    server.clock.advance(61_000);
    await other.scanOnce();
    expect(other.progress()).toMatchObject([{ phase: 'live' }]);
    expect((await list(server)).totalEventCount).toBe(20);
  });

  test('a replica that was too slow for its lease writes nothing and leaves the watch to the other', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 5 * 60 * minuteMs, 400, 30_000));
    const other = await server.createScanner();
    const readEntries = server.fakeLogs.readEntries.bind(server.fakeLogs);
    let isSlow = true;
    server.fakeLogs.readEntries = async function* (request) {
      for await (const page of readEntries(request)) {
        // The first page takes the slow replica so long that the other one does all the work meanwhile.
        if (isSlow) {
          isSlow = false;
          server.clock.advance(61_000);
          await other.scanOnce();
        }
        yield page;
      }
    };
    await server.scanner.scanOnce();
    expect(server.scanner.progress()).toMatchObject([{ phase: 'elsewhere', failure: '' }]);
    expect(other.progress()).toMatchObject([{ phase: 'live' }]);
    expect(await marks(server)).toMatchObject({ readUpToMs: testNowMs });
    expect(Object.values(await counts(server))).toEqual([[400, 400]]);
  });

  test.each([
    { latenessMs: 60_000, isSettled: true },
    { latenessMs: 10_000, isSettled: false },
  ])(
    'minutes that are complete after $latenessMs ms are read as settled: $isSettled',
    async ({ latenessMs, isSettled }) => {
      const server = await createTestServer({ scan: { latenessMs } });
      await server.push(shop, logins(testNowMs - 10 * minuteMs, 500, 1000));
      const readEntries = server.fakeLogs.readEntries.bind(server.fakeLogs);
      const asked: Array<boolean | undefined> = [];
      server.fakeLogs.readEntries = (request) => {
        asked.push(request.isSettled);
        return readEntries(request);
      };
      server.clock.advance(15_000);
      await server.scanner.scanOnce();
      expect(asked).toContain(isSettled);
      if (!isSettled) {
        expect(asked).not.toContain(true);
      }
    }
  );

  test('a lease is renewed while much is read', async () => {
    const server = await createTestServer({ scan: { leaseMs: 60_000 } });
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 600, 100));
    const other = await server.createScanner();
    const readEntries = server.fakeLogs.readEntries.bind(server.fakeLogs);
    server.fakeLogs.readEntries = async function* (request) {
      for await (const page of readEntries(request)) {
        server.clock.advance(25_000);
        yield page;
        await other.scanOnce();
      }
    };
    await server.scanner.scanOnce();
    expect(other.progress()).toMatchObject([{ phase: 'elsewhere' }]);
    expect((await list(server)).totalEventCount).toBe(600);
  });

  test('one slow answer of the log store does not cost the lease', async () => {
    const server = await createTestServer({ scan: { leaseMs: 600 } });
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 20));
    const other = await server.createScanner();
    const countEntries = server.fakeLogs.countEntries.bind(server.fakeLogs);
    server.fakeLogs.countEntries = async (request) => {
      for (let part = 0; part < 4; part += 1) {
        await sleep(250);
        server.clock.advance(250);
      }
      server.fakeLogs.countEntries = countEntries;
      await other.scanOnce();
      return countEntries(request);
    };
    await server.scanner.scanOnce();
    expect(other.progress()).toMatchObject([{ phase: 'elsewhere' }]);
    expect(server.scanner.progress()).toMatchObject([{ phase: 'live' }]);
    expect((await list(server)).totalEventCount).toBe(20);
  });

  test('a stop gives the watch free at once', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 20));
    await server.scanner.scanOnce();
    await server.scanner.stop();
    const other = await server.createScanner();
    await other.scanOnce();
    expect(other.progress()).toMatchObject([{ phase: 'live' }]);
  });
});

describe('watches', () => {
  test('streams without the first label are read through another one', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 4));
    await server.push({ filename: 'x.log' }, logins(testNowMs - 30 * minuteMs, 3));
    await server.scanner.scanOnce();
    const [watch] = await server.ledger.listWatches(server.tenantId);
    expect(watch).toMatchObject({ name: 'discovered', discoveredLabelNames: ['service_name', 'filename'] });
    expect(watch?.selectors).toEqual(['{service_name=~".+"}', '{service_name="", filename=~".+"}']);
    expect((await list(server)).totalEventCount).toBe(7);
  });

  test('a label name that appears later is added at the end and its past is read', async () => {
    const server = await createTestServer({ scan: { reconcileWindowMs: 0 } });
    await server.push({ pod: 'a' }, logins(testNowMs - 30 * minuteMs, 4));
    await server.scanner.scanOnce();
    await server.push({ service_name: 'shop' }, logins(testNowMs - 5 * 60 * minuteMs, 3));
    await step(server, 2 * minuteMs);
    const [watch] = await server.ledger.listWatches(server.tenantId);
    expect(watch?.discoveredLabelNames).toEqual(['pod', 'service_name']);
    expect((await list(server)).totalEventCount).toBe(7);
  });

  test('a label name that no stream needs is looked at seldom, and taken when one does', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 4));
    await server.scanner.scanOnce();
    const lookCount = () => server.fakeLogs.calls.filter((call) => call === 'listStreams').length;
    const before = lookCount();
    await server.push({ pod: 'lonely' }, logins(testNowMs - 20 * minuteMs, 3));
    await step(server, 2 * minuteMs);
    expect([lookCount(), (await list(server)).totalEventCount]).toEqual([before, 4]);
    await step(server, 4 * minuteMs);
    expect([lookCount(), (await list(server)).totalEventCount]).toEqual([before + 1, 7]);
  });

  test('configured watches read their streams only', async () => {
    const watches = [{ name: 'shop', selectors: ['{service_name="shop"}'] }];
    const server = await createTestServer({ scan: { watches } });
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 4));
    await server.push({ service_name: 'pay' }, logins(testNowMs - 30 * minuteMs, 3));
    await server.scanner.scanOnce();
    expect((await list(server)).totalEventCount).toBe(4);
  });

  test('a watch that is no longer configured is retired, and its streams go to those that match now', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 4));
    await server.scanner.scanOnce();
    await server.push(shop, logins(testNowMs + 1000, 3));
    server.clock.advance(3 * minuteMs);
    const watches = [{ name: 'shop', selectors: ['{service_name="shop"}'] }];
    const next = await server.createScanner({ watches });
    await next.scanOnce();
    await server.scanner.scanOnce();
    expect(server.scanner.progress()).toMatchObject([{ phase: 'elsewhere' }]);
    expect(next.progress()).toMatchObject([{ name: 'shop', phase: 'live', foreignStreamCount: 0 }]);
    expect((await list(server)).totalEventCount).toBe(7);
    const range = { fromMs: testNowMs - 60 * minuteMs, toMs: testNowMs };
    expect(await server.clusters.readCoverage(server.tenantId, range)).toMatchObject({
      readUpToMs: testNowMs + 2 * minuteMs,
    });
    const back = await server.createScanner();
    await server.push(shop, logins(testNowMs + 61_000, 2));
    server.clock.advance(minuteMs);
    await back.scanOnce();
    expect(back.progress()).toMatchObject([{ name: 'discovered', phase: 'live', foreignStreamCount: 0 }]);
    expect((await list(server)).totalEventCount).toBe(9);
  });

  test('a stream of another watch is left out and named in the health', async () => {
    const watches = ['first', 'second'].map((name) => ({ name, selectors: ['{service_name="shop"}'] }));
    const server = await createTestServer({ scan: { watches } });
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 4));
    await server.scanner.scanOnce();
    await step(server, 2 * minuteMs);
    expect((await list(server)).totalEventCount).toBe(4);
    expect(server.scanner.progress().map((watch) => watch.foreignStreamCount)).toEqual([0, 1]);
  });

  test('the shards of a watch are shared by two replicas, and each line is counted once', async () => {
    const watches = [{ name: 'all', selectors: ['{service_name=~".+"}'], shards: { count: 4, label: 'pod' } }];
    const server = await createTestServer({ scan: { watches } });
    const pods = [...'bcdfghjk2345'];
    for (const pod of pods) {
      await server.push({ service_name: 'shop', pod: `shop-${pod}` }, logins(testNowMs - 5 * minuteMs, 10));
    }
    const other = await server.createScanner();
    const phasesOf = (scanner: { progress(): ReadonlyArray<{ readonly phase: string }> }) =>
      scanner.progress().map(({ phase }) => phase);
    await server.scanner.scanOnce();
    expect(phasesOf(server.scanner)).toEqual(['live', 'live', 'live', 'live']);
    await other.scanOnce();
    await server.scanner.scanOnce();
    await other.scanOnce();
    expect(phasesOf(server.scanner).filter((phase) => phase === 'live')).toHaveLength(2);
    expect(phasesOf(other).filter((phase) => phase === 'live')).toHaveLength(2);
    expect(Object.values(await counts(server))).toEqual([[10 * pods.length, 10 * pods.length]]);
  });
});
