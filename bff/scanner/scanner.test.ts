import { PortError } from '@loghunter/ports';
import { describe, expect, test, vi } from 'vitest';
import { counts, list, logins, marks, perMinute, shop, step } from '../testing/scan-readings.ts';
import { createTestServer, testNowMs, type TestLine } from '../testing/test-server.ts';

const minuteMs = 60_000;

describe('catching up', () => {
  test('the past is read and the marks show how far', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 5 * 60 * minuteMs, 400, 30_000));
    await server.scanner.scanOnce();
    expect(Object.values(await counts(server))).toEqual([[400, 400]]);
    expect(await marks(server)).toEqual({
      readFromMs: testNowMs - 6 * 60 * minuteMs,
      readUpToMs: testNowMs - minuteMs,
    });
    expect(server.scanner.progress()).toMatchObject([{ phase: 'live', failure: '', readUpToMs: testNowMs - minuteMs }]);
  });

  test('lines before the backfill are left alone', async () => {
    const server = await createTestServer({ scan: { backfillMs: 60 * minuteMs } });
    await server.push(shop, [...logins(testNowMs - 61 * minuteMs, 5), ...logins(testNowMs - 60 * minuteMs, 7)]);
    await server.scanner.scanOnce();
    expect((await list(server)).totalEventCount).toBe(7);
  });

  test('without a backfill reading begins with the newest complete minute, at once, and goes on from there', async () => {
    const server = await createTestServer({ scan: { backfillMs: 0 } });
    await server.push(shop, [...logins(testNowMs - 10 * minuteMs, 5), ...logins(testNowMs - 10_000, 3)]);
    await server.scanner.scanOnce();
    expect(await marks(server)).toEqual({ readFromMs: testNowMs - 2 * minuteMs, readUpToMs: testNowMs - minuteMs });
    expect((await list(server)).totalEventCount).toBe(3);
    await server.push(shop, logins(testNowMs + 70_000, 4));
    await step(server, 3 * minuteMs);
    expect((await list(server)).totalEventCount).toBe(7);
    expect((await marks(server)).readFromMs).toBe(testNowMs - 2 * minuteMs);
  });

  test('a log store without streams is read again until it has some', async () => {
    const server = await createTestServer();
    await server.scanner.scanOnce();
    expect(await marks(server)).toEqual({ readFromMs: null, readUpToMs: null });
    await server.push(shop, logins(testNowMs - 10 * minuteMs, 3));
    await step(server);
    expect((await list(server)).totalEventCount).toBe(3);
  });

  test('a failure in the middle loses nothing and counts nothing twice', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 5 * 60 * minuteMs, 400, 30_000));
    const readEntries = server.fakeLogs.readEntries.bind(server.fakeLogs);
    let readCount = 0;
    server.fakeLogs.readEntries = (request) => {
      readCount += 1;
      if (readCount === 2) {
        server.fakeLogs.failWith(new PortError({ system: 'loki', kind: 'unavailable', message: 'Loki is away' }));
      }
      return readEntries(request);
    };
    await server.scanner.scanOnce();
    const interrupted = await marks(server);
    expect(interrupted.readUpToMs).toBeLessThan(testNowMs - minuteMs);
    expect(server.scanner.progress()).toMatchObject([{ phase: 'failing', failure: 'Loki is away' }]);
    server.fakeLogs.failWith(null);
    await server.scanner.scanOnce();
    expect(Object.values(await counts(server))).toEqual([[400, 400]]);
    expect(server.scanner.progress()).toMatchObject([{ phase: 'live', failure: '' }]);
  });

  test('windows are read while one is written, and written in their order', async () => {
    const server = await createTestServer({ scan: { parallelWindows: 3 } });
    await server.push(shop, logins(testNowMs - 5 * 60 * minuteMs, 400, 30_000));
    const readEntries = server.fakeLogs.readEntries.bind(server.fakeLogs);
    let readCount = 0;
    server.fakeLogs.readEntries = (request) => {
      readCount += 1;
      return readEntries(request);
    };
    const write = server.ledger.write.bind(server.ledger);
    const written: Array<{ readonly upToMs: number; readonly readCount: number }> = [];
    server.ledger.write = async (tenantId, content) => {
      if (content.progress !== undefined && content.minutes.length > 0) {
        written.push({ upToMs: content.progress.readUpToMs, readCount });
      }
      return write(tenantId, content);
    };
    await server.scanner.scanOnce();
    expect(written.length).toBeGreaterThan(1);
    expect(written[0]?.readCount).toBeGreaterThan(1);
    expect(written.map(({ upToMs }) => upToMs)).toEqual(written.map(({ upToMs }) => upToMs).toSorted((x, y) => x - y));
    expect(Object.values(await counts(server))).toEqual([[400, 400]]);
  });

  test('with much to catch up, what happens now is shown before what happened hours ago', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 5 * 60 * minuteMs, 400, 30_000));
    await server.push(shop, logins(testNowMs - 20_000, 7));
    const write = server.ledger.write.bind(server.ledger);
    const firstMinutes: number[] = [];
    server.ledger.write = async (tenantId, content) => {
      firstMinutes.push(content.minutes[0]?.minuteMs ?? 0);
      return write(tenantId, content);
    };
    await server.scanner.scanOnce();
    expect(firstMinutes[0]).toBeGreaterThan(testNowMs - 3 * minuteMs);
    expect((await list(server)).totalEventCount).toBe(407);
    expect(await marks(server)).toMatchObject({ readUpToMs: testNowMs - minuteMs });
  });

  test('a stop ends the catching up between two windows, and the next start goes on there', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 5 * 60 * minuteMs, 400, 30_000));
    const write = server.ledger.write.bind(server.ledger);
    let stopped: Promise<void> | undefined;
    server.ledger.write = async (tenantId, content) => {
      stopped ??= server.scanner.stop();
      return write(tenantId, content);
    };
    server.scanner.start();
    await vi.waitFor(() => expect(stopped).toBeDefined());
    await stopped;
    const { readUpToMs } = await marks(server);
    expect(readUpToMs).toBeLessThan(testNowMs - minuteMs);
    await (await server.createScanner()).scanOnce();
    expect(Object.values(await counts(server))).toEqual([[400, 400]]);
  });

  test('a stop ends the reading between two pages', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 600, 100));
    let pageCount = 0;
    const readEntries = server.fakeLogs.readEntries.bind(server.fakeLogs);
    server.fakeLogs.readEntries = async function* (request) {
      for await (const page of readEntries(request)) {
        pageCount += 1;
        stopped ??= server.scanner.stop();
        yield page;
      }
    };
    let stopped: Promise<void> | undefined;
    server.scanner.start();
    await vi.waitFor(() => expect(stopped).toBeDefined());
    await stopped;
    expect(pageCount).toBe(1);
    await (await server.createScanner()).scanOnce();
    expect((await list(server)).totalEventCount).toBe(600);
  });

  test('twenty years of nothing cost about one query a week', async () => {
    const yearMs = 365 * 24 * 60 * minuteMs;
    const server = await createTestServer({ scan: { backfillMs: 20 * yearMs } });
    await server.push(shop, [...logins(testNowMs - 19 * yearMs, 5), ...logins(testNowMs - 30 * minuteMs, 3)]);
    await server.scanner.scanOnce();
    expect((await list(server, testNowMs - 20 * yearMs)).totalEventCount).toBe(8);
    expect(server.fakeLogs.calls.filter((call) => call === 'countEntries').length).toBeLessThan(20 * 53 + 20);
    expect(server.fakeLogs.calls.filter((call) => call === 'readEntries').length).toBeLessThan(8);
  });

  test('a write that fails moves no mark', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 10));
    const write = server.ledger.write.bind(server.ledger);
    server.ledger.write = () =>
      Promise.reject(new PortError({ system: 'postgres', kind: 'unavailable', message: 'Postgres is away' }));
    await server.scanner.scanOnce();
    expect((await marks(server)).readUpToMs).toBeNull();
    server.ledger.write = write;
    await server.scanner.scanOnce();
    expect((await list(server)).totalEventCount).toBe(10);
  });
});

describe('recent minutes', () => {
  test('lines of the running minute show at the next look', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs + 1000, 4));
    await step(server, 10_000);
    expect((await list(server)).totalEventCount).toBe(4);
    await server.push(shop, logins(testNowMs + 8000, 3));
    await step(server, 10_000);
    expect((await list(server)).totalEventCount).toBe(7);
  });

  test('a minute is not read again while its count stays', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs + 1000, 4));
    await step(server, 10_000);
    const readCount = server.fakeLogs.calls.filter((call) => call === 'readEntries').length;
    await step(server, 10_000);
    expect(server.fakeLogs.calls.filter((call) => call === 'readEntries')).toHaveLength(readCount);
  });

  test('looking often counts every line once', async () => {
    const server = await createTestServer();
    for (let round = 0; round < 40; round += 1) {
      await server.push(shop, logins(server.clock.nowMs(), 5, 900));
      await step(server, 5000);
    }
    await step(server, 5 * minuteMs);
    expect((await list(server)).totalEventCount).toBe(200);
    expect(await perMinute(server, testNowMs, 4)).toEqual([60, 60, 60, 20]);
  });

  test('a minute that floods is read when it is over', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 10 * minuteMs, 2));
    await server.scanner.scanOnce();
    const countEntries = server.fakeLogs.countEntries.bind(server.fakeLogs);
    server.fakeLogs.countEntries = async (request) =>
      (await countEntries(request)).map((count) =>
        count.startMs < testNowMs ? count : { ...count, lineCount: 200_000 }
      );
    await server.push(shop, logins(testNowMs + 1000, 7));
    await step(server, 20_000);
    expect((await list(server)).totalEventCount).toBe(2);
    await step(server, 41_000);
    expect((await list(server)).totalEventCount).toBe(9);
  });
});

test('lines that cannot be paged to are stated as unread and not read over and over', async () => {
  const server = await createTestServer();
  await server.push(shop, logins(testNowMs - 10 * minuteMs, 5));
  const readEntries = server.fakeLogs.readEntries.bind(server.fakeLogs);
  server.fakeLogs.readEntries = async function* (request) {
    for await (const page of readEntries(request)) {
      yield { ...page, entries: page.entries.slice(0, 3), unreadableEntryCount: page.entries.length - 3 };
    }
  };
  await server.scanner.scanOnce();
  const range = { fromMs: testNowMs - 60 * minuteMs, toMs: testNowMs };
  expect(await server.clusters.readCoverage(server.tenantId, range)).toMatchObject({
    lineCount: 3,
    unreadLineCount: 2,
  });
  const [watch] = await server.ledger.listWatches(server.tenantId);
  const stored = await server.ledger.readMinutes(server.tenantId, watch?.id ?? '', range.fromMs, range.toMs);
  expect(stored).toMatchObject([{ labels: shop, lineCount: 3, unreadLineCount: 2, isClosed: true }]);
  const readCount = server.fakeLogs.calls.filter((call) => call === 'readEntries').length;
  await step(server, 50_000);
  expect(server.fakeLogs.calls.filter((call) => call === 'readEntries')).toHaveLength(readCount);
});

describe('late lines', () => {
  test('a line that is 90 seconds late is found by comparing counts', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 3 * minuteMs, 6));
    await server.scanner.scanOnce();
    await server.push(shop, logins(testNowMs - 2 * minuteMs, 2));
    await step(server, minuteMs);
    expect(await perMinute(server, testNowMs - 3 * minuteMs, 3)).toEqual([6, 2, 0]);
  });

  test('lines of a new stream are found in complete minutes', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 6));
    await server.scanner.scanOnce();
    await server.push({ service_name: 'pay', pod: 'b' }, logins(testNowMs - 20 * minuteMs, 9));
    await step(server, minuteMs);
    expect((await list(server)).totalEventCount).toBe(15);
  });

  test('lines older than the comparison stay uncounted', async () => {
    const server = await createTestServer({ scan: { reconcileWindowMs: 60 * minuteMs } });
    await server.push(shop, logins(testNowMs - 90 * minuteMs, 6));
    await server.scanner.scanOnce();
    await server.push(shop, logins(testNowMs - 80 * minuteMs, 9));
    await step(server, minuteMs);
    expect((await list(server)).totalEventCount).toBe(6);
  });

  test('lines that the log store has lost are counted no longer', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 10 * minuteMs, 6));
    await server.scanner.scanOnce();
    const [watch] = await server.ledger.listWatches(server.tenantId);
    const lost = {
      labels: shop,
      service: 'shop',
      namespace: '',
      minuteMs: testNowMs - 8 * minuteMs,
      lineCount: 3,
      unreadLineCount: 0,
      isClosed: true,
      counts: [],
    };
    await server.ledger.write(server.tenantId, {
      watchId: watch?.id ?? '',
      minutes: [lost],
      clusters: [],
      samples: [],
    });
    await step(server, minuteMs);
    const coverage = await server.clusters.readCoverage(server.tenantId, {
      fromMs: testNowMs - 60 * minuteMs,
      toMs: testNowMs,
    });
    expect(coverage.lineCount).toBe(6);
  });

  test('a count that never agrees is not read over and over', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 10 * minuteMs, 6));
    const countEntries = server.fakeLogs.countEntries.bind(server.fakeLogs);
    server.fakeLogs.countEntries = async (request) =>
      (await countEntries(request)).map((count) => ({ ...count, lineCount: count.lineCount + 1 }));
    await server.scanner.scanOnce();
    const readCount = server.fakeLogs.calls.filter((call) => call === 'readEntries').length;
    await step(server, 2 * minuteMs);
    await step(server, 2 * minuteMs);
    // One read closes each new stretch; none goes back to the minute that differs.
    expect(server.fakeLogs.calls.filter((call) => call === 'readEntries')).toHaveLength(readCount + 2);
  });
});

describe('events of several lines', () => {
  const trace = [
    'java.lang.IllegalStateException: no stock',
    '\tat com.shop.Cart.add(Cart.java:12)',
    '\tat com.shop.Main.run(Main.java:7)',
  ];
  const border = testNowMs - 10 * minuteMs;

  function traceAt(startMs: number): TestLine[] {
    return trace.map((line, index) => [startMs + index * 100, line]);
  }

  test('an event over a minute border counts once, its lines in their own minutes', async () => {
    const server = await createTestServer();
    await server.push(shop, traceAt(border - 150));
    await server.scanner.scanOnce();
    expect(Object.values(await counts(server))).toEqual([[1, 3]]);
    expect(await perMinute(server, border - minuteMs, 2)).toEqual([1, 0]);
    const before = await server.clusters.readCoverage(server.tenantId, { fromMs: border - minuteMs, toMs: border });
    expect(before.lineCount).toBe(2);
  });

  test('an event that was seen half is one event when its minute is complete', async () => {
    const server = await createTestServer();
    await server.scanner.scanOnce();
    const start = testNowMs + minuteMs - 50;
    await server.push(shop, traceAt(start).slice(0, 1));
    await step(server, minuteMs);
    await server.push(shop, traceAt(start).slice(1));
    await step(server, 3 * minuteMs);
    expect(Object.values(await counts(server))).toEqual([[1, 3]]);
    expect((await list(server)).clusters[0]?.templateText).toContain('at com.shop.Cart.add');
  });

  test('an event over the border of two reads is one event', async () => {
    const server = await createTestServer({ scan: { reconcileWindowMs: 0 } });
    await server.scanner.scanOnce();
    await server.push(shop, traceAt(testNowMs + minuteMs - 150));
    for (let minute = 0; minute < 5; minute += 1) {
      await step(server, minuteMs);
    }
    expect(Object.values(await counts(server))).toEqual([[1, 3]]);
    expect(await perMinute(server, testNowMs, 2)).toEqual([1, 0]);
  });

  test('a late first line of a trace joins the lines of the next minute', async () => {
    const server = await createTestServer();
    await server.push(shop, traceAt(border - 50).slice(1));
    await server.scanner.scanOnce();
    await server.push(shop, traceAt(border - 50).slice(0, 1));
    await step(server, minuteMs);
    expect(Object.values(await counts(server))).toEqual([[1, 3]]);
  });
});

test('samples hold no secrets', async () => {
  const server = await createTestServer();
  await server.push(shop, [
    [testNowMs - 10 * minuteMs, 'login of jane.doe@example.org with password=hunter2secret failed'],
  ]);
  await server.scanner.scanOnce();
  const [cluster] = (await list(server)).clusters;
  const samples = await server.clusters.listSamples(server.tenantId, cluster?.id ?? '');
  expect(samples).toHaveLength(1);
  expect(samples[0]?.text).not.toMatch(/jane\.doe|hunter2secret/);
});

test('a line that the log store gives twice is counted once', async () => {
  const server = await createTestServer();
  await server.push(shop, logins(testNowMs - 30 * minuteMs, 10));
  const readEntries = server.fakeLogs.readEntries.bind(server.fakeLogs);
  server.fakeLogs.readEntries = async function* (request) {
    for await (const page of readEntries(request)) {
      yield { ...page, entries: page.entries.flatMap((entry) => [entry, { ...entry }]) };
    }
  };
  await server.scanner.scanOnce();
  expect(Object.values(await counts(server))).toEqual([[10, 10]]);
});
