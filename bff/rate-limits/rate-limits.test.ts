import type { RateLimiter, WindowState } from '@loghunter/ports';
import { createManualClock, type ManualClock } from '@loghunter/ports/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { installationOf, type Principal } from '../http/principal.ts';
import { createLocalWindows } from './local-windows.ts';
import { createRateLimits } from './rate-limits.ts';

const settings = { user: 100, admin: 1000, pages: 36_000 };
const hourMs = 3_600_000;

function keyOf(id: string, change: Partial<Principal> = {}): Principal {
  return { tenantId: 'tenant', actor: { kind: 'api-key', id, name: id }, role: 'viewer', ...change };
}

function createLimits(shared: RateLimiter | null = null, clock: ManualClock = createManualClock(0)) {
  return { clock, limits: createRateLimits({ settings, shared, clock }) };
}

describe('windows', () => {
  test('no hour holds more than the limit, whatever comes when, and a request that fits by far is let in', () => {
    const request = fc.record({
      pauseMs: fc.integer({ min: 0, max: 900_000 }),
      weight: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(request, { minLength: 20, maxLength: 200 }), (requests) => {
        const clock = createManualClock(1_000_000);
        const windows = createLocalWindows(clock);
        const accepted: Array<{ readonly atMs: number; readonly weight: number }> = [];
        for (const { pauseMs, weight } of requests) {
          clock.advance(pauseMs);
          const nowMs = clock.nowMs();
          const isAllowed = windows.take({ subject: 'a', limit: 10, weight }).isAllowed;
          const within = (ms: number) =>
            accepted.filter(({ atMs }) => atMs > nowMs - ms).reduce((sum, each) => sum + each.weight, 0);
          expect(isAllowed && within(hourMs) + weight > 10).toBe(false);
          // A minute counts until all of it is over an hour old.
          expect(!isAllowed && within(hourMs + 60_000) + weight <= 10).toBe(false);
          if (isAllowed) {
            accepted.push({ atMs: nowMs, weight });
          }
        }
      })
    );
  });

  test('a refused request is let in after the time that it was told, and not a step before', () => {
    const clock = createManualClock(30_000);
    const windows = createLocalWindows(clock);
    const request = { subject: 'a', limit: 3, weight: 1 };
    windows.take(request);
    clock.advance(600_000);
    windows.take({ ...request, weight: 2 });
    const { isAllowed, retryAfterMs, resetMs } = windows.take(request);
    expect([isAllowed, retryAfterMs, resetMs]).toEqual([false, hourMs + 60_000 - 630_000, hourMs + 60_000 - 630_000]);
    clock.advance(retryAfterMs - 1);
    expect(windows.take(request).isAllowed).toBe(false);
    clock.advance(1);
    expect(windows.take(request).isAllowed).toBe(true);
  });

  test('what is given back may be used again', () => {
    const windows = createLocalWindows(createManualClock(0));
    const request = { subject: 'a', limit: 1, weight: 1 };
    expect(windows.take(request).isAllowed).toBe(true);
    windows.giveBack(request);
    expect(windows.take(request)).toMatchObject({ isAllowed: true, usedWeight: 1 });
  });
});

describe('limits', () => {
  async function countAllowed(principal: Principal, weight: number | undefined, tries: number): Promise<number> {
    const { limits } = createLimits();
    let count = 0;
    for (let index = 0; index < tries; index += 1) {
      const { isAllowed } = await limits.take(principal, weight === undefined ? {} : { weight });
      count += isAllowed ? 1 : 0;
    }
    return count;
  }

  const person: Principal = {
    ...installationOf('tenant', 'viewer'),
    actor: { kind: 'grafana-user', id: 'u', name: 'u' },
  };

  test.each([
    ["a user's key", keyOf('k'), undefined, 100],
    ["an administrator's key", keyOf('k', { role: 'admin' }), undefined, 1000],
    ['a key with a limit of its own', keyOf('k', { role: 'admin', hourlyLimit: 7 }), undefined, 7],
    ['a key that asks for what counts ten times', keyOf('k'), 10, 10],
    ['a person who asks for what counts twenty times', person, 20, 5],
    ['an administrator who asks for what counts twenty times', { ...person, role: 'admin' as const }, 20, 50],
    ['a person who opens pages', person, undefined, 1500],
  ])('%s is held to its limit', async (_, principal, weight, expected) => {
    expect(await countAllowed(principal, weight, 1500)).toBe(expected);
  });

  test('nobody uses up the limit of another key, user or tenant', async () => {
    const { limits } = createLimits();
    const busy = keyOf('busy', { hourlyLimit: 1 });
    await limits.take(busy, {});
    expect((await limits.take(busy, {})).isAllowed).toBe(false);
    const others = [
      keyOf('other'),
      keyOf('busy', { tenantId: 'other' }),
      { ...person, actor: { ...person.actor, id: 'busy' } },
    ];
    for (const other of others) {
      expect((await limits.take(other, {})).isAllowed).toBe(true);
    }
  });

  test('a shared window that refuses costs nothing of the own one', async () => {
    const states: WindowState[] = [
      { isAllowed: false, usedWeight: 100, resetMs: 5, retryAfterMs: 5 },
      { isAllowed: true, usedWeight: 1, resetMs: 5, retryAfterMs: 0 },
    ];
    const shared = { take: () => Promise.resolve(states.shift()), close: () => Promise.resolve() };
    const { limits } = createLimits(shared);
    const key = keyOf('k', { hourlyLimit: 1 });
    expect(await limits.take(key, {})).toMatchObject({ isAllowed: false, policy: 'key', limit: 1, usedWeight: 100 });
    expect((await limits.take(key, {})).isAllowed).toBe(true);
  });

  test('a shared limiter that is away is left alone for a second, and the own windows hold meanwhile and after', async () => {
    let askedCount = 0;
    const state = { isAway: false };
    const shared: RateLimiter = {
      take() {
        askedCount += 1;
        const empty = { isAllowed: true, usedWeight: 1, resetMs: 1, retryAfterMs: 0 };
        return Promise.resolve(state.isAway ? undefined : empty);
      },
      close: () => Promise.resolve(),
    };
    const { clock, limits } = createLimits(shared);
    const key = keyOf('k', { hourlyLimit: 30 });
    const outcomes: boolean[] = [];
    for (let index = 0; index < 60; index += 1) {
      state.isAway = index >= 10 && index < 40;
      clock.advance(index === 40 ? 1000 : 0);
      outcomes.push((await limits.take(key, {})).isAllowed);
    }
    expect(outcomes.filter(Boolean)).toHaveLength(30);
    // Ten before, one that found out; from then on the own window refused first.
    expect(askedCount).toBe(11);
  });
});
