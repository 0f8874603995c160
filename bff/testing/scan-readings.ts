// What the scanner's tests push, and how they read the outcome.
import type { Labels } from '@loghunter/engine/records';
import type { ClusterList } from '@loghunter/ports';
import { testNowMs, type TestLine, type TestServer } from './test-server.ts';

const minuteMs = 60_000;
/** A stream of the tests. */
export const shop: Labels = { service_name: 'shop', pod: 'a' };

/** The clusters of the last hours, most events first. */
export async function list(server: TestServer, fromMs = testNowMs - 6 * 60 * minuteMs): Promise<ClusterList> {
  const range = { fromMs, toMs: server.clock.nowMs() + minuteMs };
  const page = { sort: 'count', order: 'desc', limit: 100, offset: 0, trendPoints: 1 } as const;
  return server.clusters.listClusters(
    server.tenantId,
    { range, services: [], namespaces: [], levels: [], text: '' },
    page
  );
}

/** Event and line count by template. */
export async function counts(server: TestServer): Promise<Record<string, readonly [events: number, lines: number]>> {
  const { clusters } = await list(server);
  return Object.fromEntries(clusters.map((cluster) => [cluster.templateText, [cluster.eventCount, cluster.lineCount]]));
}

/** Event counts of the only cluster by minute, from the first given minute on. */
export async function perMinute(server: TestServer, fromMs: number, minutes: number): Promise<readonly number[]> {
  const [cluster] = (await list(server)).clusters;
  const range = { fromMs, toMs: fromMs + minutes * minuteMs };
  const series = await server.clusters.readTrend(server.tenantId, cluster?.id ?? '', range, minuteMs);
  return Array.from({ length: minutes }, (_, index) =>
    series.reduce((sum, level) => sum + (level.counts[index] ?? 0), 0)
  );
}

/** Lines of one template, all different. */
export function logins(fromMs: number, count: number, stepMs = 1000): TestLine[] {
  return Array.from({ length: count }, (_, index) => [
    fromMs + index * stepMs,
    `login of user ${fromMs % 977}${index} took ${index} ms`,
  ]);
}

/** Lets time pass and looks once. */
export async function step(server: TestServer, durationMs = 15_000): Promise<void> {
  server.clock.advance(durationMs);
  await server.scanner.scanOnce();
}

/** How far the first watch by name has read. */
export function marks(server: TestServer) {
  return server.ledger
    .listWatches(server.tenantId)
    .then(([watch]) => ({ readFromMs: watch?.readFromMs, readUpToMs: watch?.readUpToMs }));
}
