// Random queries over random small data: whatever Loki answers, the embedded store answers the same; what Loki refuses, it refuses.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { randomLogQuery, randomMetricQuery, randomStreams } from './log-store-differential-arbitraries.ts';
import type { RandomStream } from './log-store-differential-arbitraries.ts';
import { startComparedStores } from './log-store-differential-stores.ts';
import type { ComparedStores } from './log-store-differential-stores.ts';

const runCount = process.env.SOAK === '1' ? 1000 : 40;
const startMs = Math.floor(Date.now() / 60_000 - 20) * 60_000;
const startNs = BigInt(startMs) * 1_000_000n;
const range = { start: String(startNs), end: String(startNs + 300n * 1_000_000_000n) };

let stores: ComparedStores;
let runs = 0;

beforeAll(async () => {
  stores = await startComparedStores();
});
afterAll(() => stores.stop());

function pushedStreams(streams: readonly RandomStream[], run: string): unknown {
  return streams.map(({ labels, entries }) => ({
    stream: { ...labels, run },
    values: entries.map(({ offsetMs, line, metadata }) => [
      String(startNs + BigInt(offsetMs) * 1_000_000n),
      line,
      metadata,
    ]),
  }));
}

test(`${runCount} random queries have the same answer`, async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(randomStreams, randomLogQuery, randomMetricQuery, async (streams, logQuery, metricQuery) => {
      runs += 1;
      const run = `r${runs}`;
      await stores.push(pushedStreams(streams, run));
      const lines = { query: logQuery.replaceAll('RUN', run), ...range, limit: '1000' };
      const numbers = { query: metricQuery.replaceAll('RUN', run), ...range, step: '30' };
      answered += Number(await stores.expectAlike('/loki/api/v1/query_range', lines));
      answered += Number(await stores.expectAlike('/loki/api/v1/query_range', numbers));
    }),
    { numRuns: runCount, endOnFailure: false }
  );
  // Otherwise the comparison would say nothing.
  expect(answered).toBeGreaterThan(runCount);
}, 1_800_000);
