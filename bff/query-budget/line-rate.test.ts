import { matcher } from '@loghunter/engine/logql';
import type { StoredMinute } from '@loghunter/ports';
import { createManualClock } from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { createBytesEstimator } from './estimate-bytes.ts';
import { createLineRate } from './line-rate.ts';
import { createFakeLogStore } from '@loghunter/ports/testing';

const nowMs = Date.UTC(2026, 9, 5, 10, 0, 0);
const watch = {
  id: 'watch',
  name: 'discovered',
  selectors: [],
  discoveredLabelNames: [],
  readFromMs: null,
  readUpToMs: null,
  oneIn: 1,
  source: '',
  isRetired: false,
};

function minuteOf(app: string, minuteMs: number, lineCount: number): StoredMinute {
  return { labels: { app }, minuteMs, lineCount, unreadLineCount: 0, isClosed: true };
}

/** A ledger with 100 lines a minute of the shop and 10 of the database. */
function createRate(clock = createManualClock(nowMs)) {
  const reads: number[] = [];
  const rate = createLineRate({
    tenantId: 'tenant',
    clock,
    ledger: {
      listWatches: () => Promise.resolve([watch]),
      readMinutes(_tenantId, _watchId, fromMs, toMs) {
        reads.push(fromMs);
        const minutes = Array.from({ length: (toMs - fromMs) / 60_000 }, (_unused, index) => fromMs + index * 60_000);
        return Promise.resolve(minutes.flatMap((at) => [minuteOf('shop', at, 100), minuteOf('db', at, 10)]));
      },
    },
  });
  return { rate, reads, clock };
}

test('the rate is that of the streams that match', async () => {
  const { rate } = createRate();
  expect(await rate.bytesPerMinute([matcher('app', '=', 'db')])).toBe(1500);
  expect(await rate.bytesPerMinute([matcher('app', '=~', '.+')])).toBe(16_500);
  expect(await rate.bytesPerMinute([matcher('app', '=', 'other')])).toBe(0);
});

test('the size of lines follows what is read', async () => {
  const { rate } = createRate();
  for (let answer = 0; answer < 200; answer += 1) {
    rate.observeLines(10, 10_000);
  }
  expect(await rate.bytesPerMinute([matcher('app', '=', 'db')])).toBeCloseTo(10_000, -1);
});

test('the ledger is asked once a minute', async () => {
  const { rate, reads, clock } = createRate();
  await rate.bytesPerMinute([]);
  await rate.bytesPerMinute([]);
  expect(reads).toHaveLength(1);
  clock.advance(60_000);
  await rate.bytesPerMinute([]);
  expect(reads).toHaveLength(2);
});

test('a store that does not see the newest lines is corrected by the ledger', async () => {
  const { rate, clock } = createRate();
  const estimator = createBytesEstimator({ store: createFakeLogStore(), lineRate: rate, clock });
  const { signal } = new AbortController();
  const toNs = BigInt(nowMs) * 1_000_000n;
  const hourNs = 3_600_000_000_000n;
  expect(await estimator.estimate('{app="db"}', { fromNs: toNs - hourNs, toNs }, signal)).toBe(90_000);
  // Of a month only the newest two and a half hours: the rest is in the index.
  expect(await estimator.estimate('{app="db"}', { fromNs: toNs - 720n * hourNs, toNs }, signal)).toBe(225_000);
});
