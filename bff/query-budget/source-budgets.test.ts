import { createMemoryCache } from '@loghunter/adapters/memory-cache';
import { PortError, type LogStore } from '@loghunter/ports';
import { createFakeLogStore, createFakeStores, createManualClock } from '@loghunter/ports/testing';
import { expect, test } from 'vitest';
import { guardLogStore } from '../composition.ts';
import { createMetrics } from '../health/metrics.ts';

const { signal } = new AbortController();
const limits = { minuteBytes: 1_000_000, queryBytes: 1_000_000 };
const request = { selector: '{app="cart"}', fromNs: 0n, toNs: 60_000_000_000n, stepMs: 60_000, signal };

async function guard(second: Partial<LogStore>) {
  const clock = createManualClock(0);
  const { ledger } = createFakeStores(() => 0);
  const { id: tenantId } = await ledger.ensureTenant('default', null);
  const { sources, heldBackBy } = guardLogStore(
    {
      kind: 'loki',
      stores: new Map([
        ['', createFakeLogStore()],
        ['second', { ...createFakeLogStore(), ...second }],
      ]),
    },
    {
      budget: {
        ...{ mode: 'enforce', maxConcurrentQueries: 4, maxWaitMs: 10_000 },
        limits: { people: limits, background: limits, ai: limits },
      },
      queryCacheMs: 0,
    },
    {
      ...{ tenantId, ledger, cache: createMemoryCache(), clock },
      meter: createMetrics({ scannerLagSeconds: () => null }).queries,
    }
  );
  const [first, other] = [sources.get(''), sources.get('second')];
  if (first === undefined || other === undefined) {
    throw new TypeError('A source is missing');
  }
  return { first, other, clock, heldBackBy };
}

test('a log source that hangs, its index too, holds up no other', async () => {
  const never = () => new Promise<never>(() => undefined);
  const { first, other } = await guard({ readStats: never, readVolume: never, countEntries: never });
  for (let query = 0; query < 10; query += 1) {
    void other.countEntries(request);
  }
  expect(await first.countEntries(request)).toEqual([]);
});

test('a log source that cannot be estimated and never ends takes no place of another', async () => {
  const { first, other } = await guard({ countEntries: () => new Promise<never>(() => undefined) });
  for (let query = 0; query < 10; query += 1) {
    void other.countEntries(request);
  }
  await new Promise((resolve) => setImmediate(resolve));
  expect(await first.countEntries(request)).toEqual([]);
});

test('a pause that one log source asks for is its own', async () => {
  const { first, other } = await guard({
    countEntries: () =>
      Promise.reject(
        new PortError({
          system: 'loki',
          kind: 'rejected',
          isRetryable: true,
          retryAfterMs: 60_000,
          message: 'too many',
        })
      ),
  });
  await expect(other.countEntries(request)).rejects.toThrow('too many');
  expect(await first.countEntries(request)).toEqual([]);
});

test('work waits for its budget, for a source that asks for a pause, or for its own queries that hang, and each is told from the others', async () => {
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  // Half of what a minute may cost.
  const readStats = () => Promise.resolve({ streamCount: 1, entryCount: 1, sizeBytes: 500_000 });
  const spent = await guard({ readStats, readVolume: () => Promise.resolve(500_000) });
  for (let query = 0; query < 3; query += 1) {
    void spent.other.countEntries(request);
    await settle();
  }
  expect(spent.heldBackBy('second')).toBeNull();
  spent.clock.advance(2000);
  expect([spent.heldBackBy('second'), spent.heldBackBy('')]).toEqual(['budget', null]);
  spent.clock.advance(70_000);
  await settle();
  // All of them had their turn; who had to wait within the last minute will again.
  expect(spent.heldBackBy('second')).toBe('budget');
  spent.clock.advance(61_000);
  expect(spent.heldBackBy('second')).toBeNull();

  const failure = new PortError({ system: 'loki', kind: 'unavailable', message: 'slow down', retryAfterMs: 30_000 });
  const paused = await guard({ countEntries: () => Promise.reject(failure) });
  await expect(paused.other.countEntries(request)).rejects.toBe(failure);
  void paused.other.countEntries(request).catch(() => undefined);
  await settle();
  paused.clock.advance(2000);
  expect(paused.heldBackBy('second')).toBe('source');

  const hanging = await guard({ countEntries: () => new Promise<never>(() => undefined) });
  for (let query = 0; query < 5; query += 1) {
    void hanging.other.countEntries(request);
    await settle();
  }
  hanging.clock.advance(2000);
  expect(hanging.heldBackBy('second')).toBeNull();
});
