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
  const { ledger } = createFakeStores(() => 0);
  const { id: tenantId } = await ledger.ensureTenant('default', null);
  const { sources } = guardLogStore(
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
      ...{ tenantId, ledger, cache: createMemoryCache(), clock: createManualClock(0) },
      meter: createMetrics({ scannerLagSeconds: () => null }).queries,
    }
  );
  const [first, other] = [sources.get(''), sources.get('second')];
  if (first === undefined || other === undefined) {
    throw new TypeError('A source is missing');
  }
  return { first, other };
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
