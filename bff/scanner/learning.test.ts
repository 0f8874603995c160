import type { GetClusterResponse, ListClusterLinesResponse } from '@loghunter/contracts';
import { describe, expect, test } from 'vitest';
import { list, shop } from '../testing/scan-readings.ts';
import { createTestServer, testNowMs, type TestLine, type TestServer } from '../testing/test-server.ts';

const minuteMs = 60_000;
const names = [
  'alpha',
  'bravo',
  'carol',
  'delta',
  'erin',
  'frank',
  'grace',
  'heidi',
  'ivan',
  'judy',
  'mallory',
  'niaj',
];

function closings(fromMs: number, users: readonly string[]): TestLine[] {
  return users.map((name, index) => [fromMs + index, `session of user ${name} was closed by peer`]);
}

async function texts(server: TestServer): Promise<ReadonlyArray<readonly [string, number]>> {
  const { clusters } = await list(server);
  return clusters.map((cluster) => [cluster.templateText, cluster.eventCount] as const);
}

async function getJson<T>(server: TestServer, path: string): Promise<T> {
  return (await (await server.get(path)).json()) as T;
}

describe('a scanner that learns', () => {
  test('makes one cluster of lines that differ in a word, and keeps what was counted before it knew', async () => {
    const server = await createTestServer();
    await server.push(shop, closings(testNowMs - 30 * minuteMs, names.slice(0, 2)));
    await server.scanner.scanOnce();
    const before = await list(server);
    expect(before.clusters.map(({ eventCount }) => eventCount)).toEqual([1, 1]);
    await server.push(shop, closings(testNowMs + 1000, names.slice(2)));
    server.clock.advance(3 * minuteMs);
    await server.scanner.scanOnce();
    expect(await texts(server)).toEqual([['session of user <*> was closed by peer', 12]]);
    const [merged] = (await list(server)).clusters;
    for (const { id } of before.clusters) {
      const old = await getJson<GetClusterResponse>(server, `/api/v1/clusters/${id}`);
      expect(old.cluster).toMatchObject({ id: merged?.id, eventCount: 12 });
      expect(old.samples.length).toBeGreaterThan(2);
      const { lines } = await getJson<ListClusterLinesResponse>(server, `/api/v1/clusters/${id}/lines`);
      expect(lines).toHaveLength(12);
    }
  });

  test('knows after a restart what it learned, and goes on from what it had seen', async () => {
    const server = await createTestServer();
    await server.push(shop, closings(testNowMs - 30 * minuteMs, names.slice(0, 2)));
    await server.scanner.scanOnce();
    await server.scanner.stop();
    const next = await server.createScanner();
    await server.push(shop, closings(testNowMs + 1000, names.slice(2, 11)));
    server.clock.advance(3 * minuteMs);
    await next.scanOnce();
    expect(await texts(server)).toEqual([['session of user <*> was closed by peer', 11]]);
    await next.stop();
    const last = await server.createScanner();
    await server.push(shop, closings(server.clock.nowMs() + 1000, names.slice(11)));
    server.clock.advance(3 * minuteMs);
    await last.scanOnce();
    expect(await texts(server)).toEqual([['session of user <*> was closed by peer', 12]]);
  });

  test('learns from what all replicas saw, and mends what one wrote before it knew', async () => {
    const server = await createTestServer();
    await server.scanner.stop();
    const both = [
      { name: 'one', selectors: ['{service_name="one"}'] },
      { name: 'two', selectors: ['{service_name="two"}'] },
    ];
    const replicas = [await server.createScanner({ watches: both }), await server.createScanner({ watches: both })];
    for (const [service, users] of [
      ['one', names.slice(0, 6)],
      ['two', names.slice(6)],
    ] as const) {
      await server.push({ service_name: service }, closings(testNowMs - 30 * minuteMs, users));
    }
    for (let round = 0; round < 3; round++) {
      for (const replica of replicas) {
        await replica.scanOnce();
      }
      server.clock.advance(minuteMs);
    }
    const { clusters } = await list(server);
    expect(clusters.map(({ service, templateText, eventCount }) => [service, templateText, eventCount])).toEqual(
      expect.arrayContaining([
        ['one', 'session of user <*> was closed by peer', 6],
        ['two', 'session of user <*> was closed by peer', 6],
      ])
    );
    expect(clusters).toHaveLength(2);
  });

  test('counts a minute that is read again once, whatever was learned in between', async () => {
    const server = await createTestServer();
    await server.push(shop, closings(testNowMs - 5000, names.slice(0, 2)));
    await server.scanner.scanOnce();
    expect((await list(server)).totalEventCount).toBe(2);
    await server.push(shop, closings(testNowMs - 4000, names.slice(2)));
    await server.scanner.scanOnce();
    expect(await texts(server)).toEqual([['session of user <*> was closed by peer', 12]]);
    server.clock.advance(5 * minuteMs);
    await server.scanner.scanOnce();
    expect((await list(server)).totalEventCount).toBe(12);
  });
});
