import { PortError } from '@loghunter/ports';
import { createFakeCache, createFakeLogStore, createFakeStores, createManualClock } from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import type { WatchProgress } from '../scanner/watch-scanner.ts';
import { describeScanner, getHealth, type HealthFeature } from './get-health.ts';

const nowMs = Date.UTC(2026, 9, 5, 10, 20, 0);
const away = new PortError({
  system: 'postgres',
  kind: 'unavailable',
  message: 'Postgres at db:5432 cannot be reached',
});

async function createFeature(overrides: Partial<HealthFeature> = {}): Promise<HealthFeature> {
  const { ledger } = createFakeStores(() => nowMs);
  const tenant = await ledger.ensureTenant('default', null);
  return {
    tenantId: tenant.id,
    version: '1.2.3',
    target: 'api',
    storage: 'postgres',
    logStore: 'loki',
    startedAtMs: nowMs,
    clock: createManualClock(nowMs),
    ledger,
    logs: createFakeLogStore(),
    cache: createFakeCache(() => nowMs),
    pingDatabase: () => Promise.resolve(),
    scanProgress: undefined,
    ...overrides,
  };
}

function progress(changes: Partial<WatchProgress>): WatchProgress {
  return { name: 'discovered', phase: 'live', failure: '', readUpToMs: nowMs, foreignStreamCount: 0, ...changes };
}

describe('status', () => {
  test('all is well when every component answers', async () => {
    expect(await getHealth(await createFeature())).toMatchObject({
      status: 'ok',
      startedAt: '2026-10-05T10:20:00.000Z',
      readUpTo: null,
    });
  });

  test('without its database the server is unavailable', async () => {
    const health = await getHealth(await createFeature({ pingDatabase: () => Promise.reject(away) }));
    expect(health.status).toBe('unavailable');
    expect(health.components[0]).toEqual({
      name: 'database',
      status: 'unavailable',
      detail: 'Postgres at db:5432 cannot be reached',
    });
  });

  test('without Loki or the cache the server is degraded', async () => {
    const logs = createFakeLogStore();
    logs.failWith(new PortError({ system: 'loki', kind: 'unavailable', message: 'Loki is away' }));
    expect((await getHealth(await createFeature({ logs }))).status).toBe('degraded');
    const cache = {
      ...createFakeCache(),
      ping: () => Promise.reject(new PortError({ system: 'redis', kind: 'unavailable', message: 'Redis is away' })),
    };
    expect((await getHealth(await createFeature({ cache }))).status).toBe('degraded');
  });

  test('a component that hangs is named', async () => {
    const health = await getHealth(await createFeature({ pingDatabase: () => new Promise(() => undefined) }));
    expect(health.components[0]).toEqual({
      name: 'database',
      status: 'unavailable',
      detail: 'No answer within 3000 ms',
    });
  });

  test('the mark is that of the watch that is furthest behind', async () => {
    const feature = await createFeature();
    for (const [name, readUpToMs] of [
      ['a', nowMs - 120_000],
      ['b', nowMs - 60_000],
    ] as const) {
      const watch = await feature.ledger.ensureWatch(feature.tenantId, {
        name,
        selectors: [],
        discoveredLabelNames: [],
      });
      await feature.ledger.write(feature.tenantId, {
        watchId: watch.id,
        minutes: [],
        clusters: [],
        samples: [],
        progress: { readFromMs: 0, readUpToMs },
      });
    }
    expect((await getHealth(feature)).readUpTo).toBe('2026-10-05T10:18:00.000Z');
  });
});

test.each([
  [undefined, 'off', 'This process does not read logs'],
  [[], 'ok', ''],
  [[progress({})], 'ok', ''],
  [[progress({ phase: 'catching-up', readUpToMs: null })], 'ok', 'discovered: catching up, nothing read yet'],
  [[progress({ phase: 'catching-up' })], 'ok', 'discovered: catching up, read up to 2026-10-05T10:20:00.000Z'],
  [[progress({ phase: 'elsewhere' })], 'ok', 'discovered: read by another process'],
  [[progress({ phase: 'failing', failure: 'Loki is away' }), progress({})], 'degraded', 'discovered: Loki is away'],
  [[progress({ foreignStreamCount: 3 })], 'degraded', 'discovered: 3 streams belong to another watch and are not read'],
])('the scanner at %j is %s', (watches, status, detail) => {
  expect(describeScanner(watches)).toEqual({ name: 'scanner', status, detail });
});
