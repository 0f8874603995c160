import { expect, test } from 'vitest';
import { counts, logins, shop } from '../testing/scan-readings.ts';
import { createTestServer, testNowMs } from '../testing/test-server.ts';

const minuteMs = 60_000;
const selectors = ['{service_name="shop"}'];
const range = { fromMs: testNowMs - 60 * minuteMs, toMs: testNowMs };

test('a watch of volume only counts lines and reads none', async () => {
  const server = await createTestServer({ scan: { watches: [{ name: 'all', selectors, read: 'volume' }] } });
  await server.push(shop, logins(testNowMs - 30 * minuteMs, 50, minuteMs / 10));
  await server.scanner.scanOnce();
  expect(await counts(server)).toEqual({});
  const coverage = await server.clusters.readCoverage(server.tenantId, range);
  expect([coverage.lineCount, coverage.unreadLineCount]).toEqual([0, 50]);
  expect(server.fakeLogs.calls).not.toContain('readEntries');
});

test('a watch that reads one part in six scales its counts to the lines that there are, and is not read over and over', async () => {
  const server = await createTestServer({ scan: { watches: [{ name: 'all', selectors, read: { oneIn: 6 } }] } });
  await server.push(shop, logins(testNowMs - 30 * minuteMs, 600, 1000));
  await server.scanner.scanOnce();
  expect(Object.values(await counts(server))).toEqual([[600, 600]]);
  const readsBefore = server.fakeLogs.calls.filter((call) => call === 'readEntries').length;
  server.clock.advance(5 * minuteMs);
  await server.scanner.scanOnce();
  const readsAfter = server.fakeLogs.calls.filter((call) => call === 'readEntries').length;
  // The new minutes only, one part each.
  expect(readsAfter - readsBefore).toBeLessThanOrEqual(6);
  expect(Object.values(await counts(server))).toEqual([[600, 600]]);
});
