// The embedded store answers like a real Loki 3.7.8: the same lines in both, the same questions to both.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { differentialStreams } from './log-store-differential-lines.ts';
import {
  differentialLogQueries,
  differentialMetricQueries,
  differentialRefusedQueries,
} from './log-store-differential-queries.ts';
import { startComparedStores } from './log-store-differential-stores.ts';
import type { ComparedStores } from './log-store-differential-stores.ts';

const minuteMs = 60_000;
const startMs = Math.floor(Date.now() / minuteMs - 40) * minuteMs;
const startNs = BigInt(startMs) * 1_000_000n;
const endNs = startNs + 20n * 60_000_000_000n;
const range = { start: String(startNs), end: String(endNs) };
const categorized = { headers: { 'X-Loki-Response-Encoding-Flags': 'categorize-labels' } };
const rangePath = '/loki/api/v1/query_range';

let stores: ComparedStores;

beforeAll(async () => {
  stores = await startComparedStores();
  await stores.push(differentialStreams(startNs));
});
afterAll(() => stores.stop());

test('150 queries at least are compared', () => {
  expect(new Set([...differentialLogQueries, ...differentialMetricQueries]).size).toBeGreaterThanOrEqual(150);
});

describe('the embedded store answers like Loki', () => {
  test.each(differentialLogQueries)('%s', async (query) => {
    for (const direction of ['forward', 'backward']) {
      await stores.expectSame(rangePath, { query, ...range, limit: '1000', direction });
      await stores.expectSame(rangePath, { query, ...range, limit: '1000', direction }, categorized);
    }
  });

  test.each(differentialMetricQueries)('%s', async (query) => {
    await stores.expectSame(rangePath, { query, ...range, step: '60' });
    await stores.expectSame(rangePath, {
      query,
      start: String(startNs + 17_000_000_001n),
      end: range.end,
      step: '45s',
    });
    await stores.expectSame('/loki/api/v1/query', { query, time: String(startNs + 600_000_000_000n) });
    if (!query.includes('ns]') && !query.includes('ns)')) {
      // Loki 3.7 is off by 1 ms in the time that it states for an offset below a millisecond at such a moment.
      await stores.expectSame('/loki/api/v1/query', { query, time: String(startNs + 600_000_000_001n) });
    }
  });

  test.each(differentialRefusedQueries)('%s is refused by both', async (query) => {
    const [ofLoki, ofEmbedded] = await stores.statusesOf(rangePath, { query, ...range, step: '60' });
    // Loki calls series that cannot be matched its own fault.
    expect([400, 500]).toContain(ofLoki);
    expect(ofEmbedded).toBe(400);
  });

  test('the newest lines up to a limit', async () => {
    for (const direction of ['forward', 'backward']) {
      await stores.expectSame(rangePath, { query: '{app="shop"}', ...range, limit: '7', direction });
    }
  });

  test('labels, label values and series', async () => {
    await stores.expectSame('/loki/api/v1/labels', range);
    await stores.expectSame('/loki/api/v1/labels', { ...range, query: '{app="shop"}' });
    await stores.expectSame('/loki/api/v1/label/app/values', range);
    await stores.expectSame('/loki/api/v1/label/zone/values', { ...range, query: '{app="shop"}' });
    await stores.expectSame('/loki/api/v1/label/no_such/values', range);
    await stores.expectSame('/loki/api/v1/series', { ...range, 'match[]': '{app=~".+"}' });
  });

  // Loki estimates parts of a chunk; over a range that holds all lines it states what is there.
  test.each([
    {},
    { query: '{app=~".+"}' },
    { query: '{app="shop"}', targetLabels: 'env' },
    { query: '{env="prod"}', targetLabels: 'app,zone' },
    { query: '{app=~".+"}', aggregateBy: 'labels' },
    { query: '{app=~".+"}', aggregateBy: 'labels', targetLabels: 'app,node' },
    { query: '{app=~".+"}', targetLabels: 'app', limit: '2' },
    { query: '{app="none"}' },
  ])('the volume of %o', async (question) => {
    const whole = { start: String(startNs - 60_000_000_000n), end: String(endNs + 60_000_000_000n) };
    await stores.expectSame('/loki/api/v1/index/volume', { query: '{}', ...question, ...whole });
    await stores.expectSame('/loki/api/v1/index/volume_range', { query: '{}', ...question, ...whole, step: '8760h' });
  });

  test('an instant query for lines is refused by both', async () => {
    expect(await stores.statusesOf('/loki/api/v1/query', { query: '{app="shop"}' })).toEqual([400, 400]);
  });
});
