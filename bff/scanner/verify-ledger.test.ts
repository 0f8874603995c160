import type { Labels } from '@loghunter/engine/records';
import { describe, expect, test } from 'vitest';
import { createTestServer, testNowMs, type TestLine, type TestServer } from '../testing/test-server.ts';
import { minuteMs } from './minutes.ts';
import { repairLedger } from './repair-ledger.ts';
import { daysOf, verifyLedger } from './verify-ledger.ts';

const shop: Labels = { service_name: 'shop', pod: 'a' };
const range = { fromMs: testNowMs - 6 * 60 * minuteMs, toMs: testNowMs + 60 * minuteMs };

function logins(fromMs: number, count: number): TestLine[] {
  return Array.from({ length: count }, (_, index) => [fromMs + index * 1000, `login of user ${index} took 7 ms`]);
}

async function overwrite(server: TestServer, minute: number, lineCount: number): Promise<void> {
  const [watch] = await server.ledger.listWatches(server.tenantId);
  const falsified = { labels: shop, service: 'shop', namespace: '', minuteMs: minute, lineCount, unreadLineCount: 0 };
  await server.ledger.write(server.tenantId, {
    watchId: watch?.id ?? '',
    minutes: [{ ...falsified, isClosed: true, counts: [] }],
    clusters: [],
    samples: [],
  });
}

async function coveredLines(server: TestServer): Promise<number> {
  return (await server.clusters.readCoverage(server.tenantId, range)).lineCount;
}

describe('comparing', () => {
  test('what was read and not touched has no difference', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 5 * 60 * minuteMs, 100));
    await server.push({ pod: 'lonely' }, logins(testNowMs - 60 * minuteMs, 40));
    await server.scanner.scanOnce();
    const verification = await verifyLedger(server.toolContext(), range);
    expect(verification).toEqual({
      range,
      comparedMinuteCount: 3,
      forgottenMinuteCount: 0,
      unreadLineCount: 0,
      findings: [],
    });
  });

  test('minutes after the mark are not compared', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 5));
    await server.scanner.scanOnce();
    await server.push(shop, logins(testNowMs + 1000, 5));
    expect((await verifyLedger(server.toolContext(), range)).findings).toEqual([]);
  });

  test('a stream that two watches match is compared with its owner only', async () => {
    const watches = ['first', 'second'].map((name) => ({ name, selectors: ['{service_name="shop"}'] }));
    const server = await createTestServer({ scan: { watches } });
    await server.push(shop, logins(testNowMs - 30 * minuteMs, 4));
    await server.scanner.scanOnce();
    expect((await verifyLedger(server.toolContext(), range)).findings).toEqual([]);
  });

  test('a stream that the log store has deleted is counted apart and left alone', async () => {
    const server = await createTestServer();
    await server.push({ service_name: 'pay' }, logins(testNowMs - 10 * minuteMs, 5));
    await server.scanner.scanOnce();
    await overwrite(server, testNowMs - 30 * minuteMs, 9);
    const verification = await verifyLedger(server.toolContext(), range);
    expect(verification).toMatchObject({ forgottenMinuteCount: 1 });
    expect(verification.findings.map(({ kind }) => kind)).toEqual(['clusters']);
    await repairLedger(server.toolContext(), verification);
    expect(await coveredLines(server)).toBe(14);
  });

  test('the days of a range are whole and without gaps', () => {
    const dayMs = 24 * 60 * minuteMs;
    const days = daysOf({ fromMs: dayMs * 3 + 5 * minuteMs, toMs: dayMs * 5 });
    expect(days).toEqual([
      { fromMs: dayMs * 3, toMs: dayMs * 4 },
      { fromMs: dayMs * 4, toMs: dayMs * 5 },
    ]);
  });
});

describe('mending', () => {
  test.each([
    ['too many lines', 99],
    ['too few lines', 2],
    ['none at all', 0],
  ])('a minute with %s is found and read again', async (_title, lineCount) => {
    const server = await createTestServer();
    const minute = testNowMs - 4 * 60 * minuteMs;
    await server.push(shop, logins(minute, 50));
    await server.scanner.scanOnce();
    await overwrite(server, minute, lineCount);
    const verification = await verifyLedger(server.toolContext(), range);
    expect(verification.findings[0]).toMatchObject({
      kind: 'lines',
      labels: shop,
      startMs: minute,
      stored: lineCount,
      expected: 50,
    });
    await repairLedger(server.toolContext(), verification);
    expect((await verifyLedger(server.toolContext(), range)).findings).toEqual([]);
    expect(await coveredLines(server)).toBe(50);
  });

  test('lines that came later than any comparison are found and counted', async () => {
    const server = await createTestServer();
    await server.push(shop, logins(testNowMs - 5 * 60 * minuteMs, 6));
    await server.scanner.scanOnce();
    await server.push(shop, logins(testNowMs - 4 * 60 * minuteMs, 8));
    await server.push({ service_name: 'new' }, logins(testNowMs - 4 * 60 * minuteMs, 3));
    const verification = await verifyLedger(server.toolContext(), range);
    expect(verification.findings).toHaveLength(2);
    await repairLedger(server.toolContext(), verification);
    expect(await coveredLines(server)).toBe(17);
  });

  test('mending moves no mark and takes no lease', async () => {
    const server = await createTestServer();
    const minute = testNowMs - 60 * minuteMs;
    await server.push(shop, logins(minute, 50));
    await server.scanner.scanOnce();
    const before = await server.ledger.listWatches(server.tenantId);
    await overwrite(server, minute, 3);
    await repairLedger(server.toolContext(), await verifyLedger(server.toolContext(), range));
    expect(await server.ledger.listWatches(server.tenantId)).toEqual(before);
    expect(await coveredLines(server)).toBe(50);
    await server.scanner.scanOnce();
    expect(server.scanner.progress()).toMatchObject([{ phase: 'live' }]);
  });
});
