import type { GetCoverageResponse } from '@loghunter/contracts';
import { PortError } from '@loghunter/ports';
import { expect, test } from 'vitest';
import { logins, shop } from '../testing/scan-readings.ts';
import { createTestServer, testNowMs } from '../testing/test-server.ts';

const minuteMs = 60_000;

test('coverage tells which watch has not read to the end of the range, and from when on anything was read', async () => {
  const server = await createTestServer({
    scan: { watches: [{ name: 'shop', selectors: ['{service_name="shop"}'] }] },
  });
  const read = async (range: string) =>
    (await (await server.get(`/api/v1/coverage?${range}`)).json()) as GetCoverageResponse;
  const everything = `from=${testNowMs - 48 * 60 * minuteMs}&to=${testNowMs + 60 * minuteMs}`;
  expect(await read(everything)).toMatchObject({ readFrom: null, readUpTo: null, watches: [{ isBehind: true }] });
  await server.push(shop, logins(testNowMs - 30 * minuteMs, 40, minuteMs / 2));
  await server.scanner.scanOnce();
  const current = await read(everything);
  expect(current.watches.map(({ isBehind }) => isBehind)).toEqual([false]);
  expect(Date.parse(current.readFrom ?? '')).toBeGreaterThan(testNowMs - 48 * 60 * minuteMs);
  server.clock.advance(10 * minuteMs);
  const later = await read(everything);
  expect(later.watches.map(({ isBehind }) => isBehind)).toEqual([true]);
  expect(Date.parse(later.readUpTo ?? '')).toBeLessThan(testNowMs);
  const past = await read(`from=${testNowMs - 60 * minuteMs}&to=${testNowMs - 5 * minuteMs}`);
  expect(past.watches.map(({ isBehind }) => isBehind)).toEqual([false]);
});

test('what is caught up after the server was away did not come late', async () => {
  const server = await createTestServer();
  // Some of the newest minute is there when the server stops.
  await server.push(shop, logins(testNowMs - 30 * minuteMs, 30 * 60 + 20));
  await server.scanner.scanOnce();
  await server.scanner.stop();
  await server.push(shop, logins(testNowMs + 20_000, 90 * 60));
  server.clock.advance(90 * minuteMs);
  const next = await server.createScanner();
  for (let look = 0; look < 3; look += 1) {
    await next.scanOnce();
    server.clock.advance(minuteMs);
  }
  const answer = await server.get(`/api/v1/coverage?from=${testNowMs - 30 * minuteMs}`);
  const coverage = (await answer.json()) as GetCoverageResponse;
  expect(coverage).toMatchObject({ seenLineCount: 120 * 60 + 20, lateLineCount: 0 });
  await server.push({ ...shop, pod: 'late' }, logins(testNowMs + 10 * minuteMs, 4));
  server.clock.advance(minuteMs);
  await next.scanOnce();
  const later = await server.get(`/api/v1/coverage?from=${testNowMs - 30 * minuteMs}`);
  expect(await later.json()).toMatchObject({ seenLineCount: 120 * 60 + 24, lateLineCount: 4 });
});

test('coverage tells of a watch that is behind whether its source, its budget, or nobody who reads it holds it back', async () => {
  const server = await createTestServer();
  const heldBackBy = async () => {
    const answer = await server.get(`/api/v1/coverage?from=${testNowMs - 60 * minuteMs}`);
    return ((await answer.json()) as GetCoverageResponse).watches.map((watch) => watch.heldBackBy);
  };
  await server.push(shop, logins(testNowMs - 30 * minuteMs, 40));
  await server.scanner.scanOnce();
  expect(await heldBackBy()).toEqual([null]);
  server.fakeLogs.failWith(new PortError({ system: 'loki', kind: 'unavailable', message: 'Loki is away' }));
  for (let look = 0; look < 2; look += 1) {
    server.clock.advance(5 * minuteMs);
    await server.scanner.scanOnce();
  }
  expect(await heldBackBy()).toEqual(['source']);
  await server.scanner.stop();
  expect(await heldBackBy()).toEqual(['scanner']);
  const waiting = await server.createScanner({}, () => 'budget');
  await waiting.scanOnce();
  expect(await heldBackBy()).toEqual(['budget']);
  server.fakeLogs.failWith(null);
  await waiting.scanOnce();
  expect(await heldBackBy()).toEqual([null]);
});

test('coverage tells for each watch what was clustered, estimated, not read and late', async () => {
  const server = await createTestServer({
    scan: {
      watches: [
        { name: 'all', selectors: ['{service_name="shop"}'] },
        { name: 'part', selectors: ['{service_name="bulk"}'], read: { oneIn: 6 } },
        { name: 'volume', selectors: ['{service_name="debug"}'], read: 'volume' },
      ],
    },
  });
  await server.push(shop, logins(testNowMs - 30 * minuteMs, 40, minuteMs / 2));
  await server.push({ service_name: 'bulk' }, logins(testNowMs - 30 * minuteMs, 600, 1000));
  await server.push({ service_name: 'debug' }, logins(testNowMs - 30 * minuteMs, 7));
  await server.scanner.scanOnce();
  await server.push(shop, logins(testNowMs - 20 * minuteMs + 77, 3));
  // A stream of which nothing had come in that minute.
  await server.push({ ...shop, pod: 'late' }, logins(testNowMs - 20 * minuteMs, 2));
  server.clock.advance(10 * minuteMs);
  await server.scanner.scanOnce();
  const answer = await server.get(`/api/v1/coverage?from=${testNowMs - 120 * minuteMs}`);
  expect(answer.status).toBe(200);
  const coverage = (await answer.json()) as GetCoverageResponse;
  expect(coverage).toMatchObject({
    ...{ seenLineCount: 652, clusteredLineCount: 645, unclusteredLineCount: 0, unreadLineCount: 7 },
    ...{ lateLineCount: 5, estimatedLineCount: 600 },
  });
  expect(coverage.watches.map(({ name, reads, clusteredLineCount }) => [name, reads, clusteredLineCount])).toEqual([
    ['all', 'all', 45],
    ['part', 'part', 600],
    ['volume', 'volume', 0],
  ]);
});
