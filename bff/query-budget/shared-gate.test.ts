import type { LoadAnswer, LoadRequest } from '@loghunter/ports';
import { createManualClock, type ManualClock } from '@loghunter/ports/testing';
import { describe, expect, test, vi } from 'vitest';
import type { BudgetSettings } from './budget-settings.ts';
import type { Gate } from './query-gate.ts';
import { createSharedGate } from './shared-gate.ts';

const limits = { minuteBytes: 1000, queryBytes: 500 };
const settings: BudgetSettings = {
  mode: 'enforce',
  maxConcurrentQueries: 4,
  maxWaitMs: 3000,
  limits: { people: limits, ai: limits, background: limits },
};
const { signal } = new AbortController();

interface Fixture {
  readonly gate: Gate;
  readonly clock: ManualClock;
  readonly requests: LoadRequest[];
  readonly settled: Array<readonly [id: string, sizeBytes: number]>;
}

/** A gate before a shared load that gives these answers, the last one for ever. */
function createFixture(
  answers: readonly [LoadAnswer, ...LoadAnswer[]],
  changes: Partial<BudgetSettings> = {}
): Fixture {
  const clock = createManualClock(0);
  const requests: LoadRequest[] = [];
  const settled: Array<readonly [string, number]> = [];
  const load = {
    reserve(request: LoadRequest) {
      requests.push(request);
      return Promise.resolve(answers[Math.min(requests.length, answers.length) - 1] ?? answers[0]);
    },
    settle(_budget: string, id: string, sizeBytes: number) {
      settled.push([id, sizeBytes]);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  const gate = createSharedGate({ budget: 'tenant', settings: { ...settings, ...changes }, clock, load });
  return { gate, clock, requests, settled };
}

const full: LoadAnswer = { kind: 'full', retryAfterMs: 400, isOverBudget: false };
const reserved: LoadAnswer = { kind: 'reserved', id: 'people:100:1' };

/** Lets waits pass until the outcome is there. */
async function outcomeOf<T>(promise: Promise<T>, clock: ManualClock): Promise<T> {
  let isDone = false;
  void promise.catch(() => undefined).finally(() => (isDone = true));
  for (let step = 0; step < 100 && !isDone; step += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(100);
  }
  return promise;
}

describe('a gate that shares its load', () => {
  test('asks for the bytes and places of all replicas, and gives the true bytes back', async () => {
    const { gate, requests, settled } = createFixture([reserved]);
    const ticket = await gate.enter('people', 100, signal);
    expect(requests).toEqual([
      {
        ...{ budget: 'tenant', kind: 'people', sizeBytes: 100, limitBytes: 1000, maxRunning: 4 },
        ...{ unless: null, isForced: false },
      },
    ]);
    expect(ticket).toMatchObject({ kind: 'admitted', waitedMs: 0 });
    expect(gate.loadBytes('people')).toBe(100);
    if (ticket.kind === 'admitted') {
      ticket.end(70);
    }
    expect(settled).toEqual([['people:100:1', 70]]);
    expect(gate.loadBytes('people')).toBe(70);
  });

  test('asks less for work that can wait', async () => {
    const { gate, requests } = createFixture([reserved]);
    await gate.enter('background', 100, signal);
    expect(requests[0]).toMatchObject({ maxRunning: 2, unless: { kind: 'people', usedBytes: 500 } });
  });

  test('waits while the replicas have taken everything', async () => {
    const { gate, clock, requests } = createFixture([full, full, reserved]);
    const ticket = await outcomeOf(gate.enter('people', 100, signal), clock);
    expect(ticket).toMatchObject({ kind: 'admitted', waitedMs: 800 });
    expect(requests).toHaveLength(3);
  });

  test('says when it is bytes that the replicas have taken, not places', async () => {
    const onOverBudget = vi.fn();
    const places = createFixture([full, reserved]);
    await outcomeOf(places.gate.enter('background', 100, signal, onOverBudget), places.clock);
    expect(onOverBudget).not.toHaveBeenCalled();
    const bytes = createFixture([{ ...full, isOverBudget: true }, reserved]);
    await outcomeOf(bytes.gate.enter('background', 100, signal, onOverBudget), bytes.clock);
    expect(onOverBudget).toHaveBeenCalledTimes(1);
  });

  test('turns away whose patience ends, and forgets the bytes', async () => {
    const { gate, clock, settled } = createFixture([full]);
    expect(await outcomeOf(gate.enter('people', 100, signal), clock)).toEqual({
      kind: 'turned-away',
      reason: 'busy',
      retryAfterMs: 1000,
    });
    expect(gate.loadBytes('people')).toBe(0);
    expect(settled).toEqual([]);
  });

  test('forgets the bytes of whoever gives up', async () => {
    const { gate, clock } = createFixture([full]);
    const patience = new AbortController();
    const waiting = gate.enter('people', 100, patience.signal);
    await new Promise((resolve) => setImmediate(resolve));
    patience.abort(new Error('gone'));
    await expect(outcomeOf(waiting, clock)).rejects.toThrow('gone');
    expect(gate.loadBytes('people')).toBe(0);
  });

  test("holds this process's own limits while the shared load is away", async () => {
    const { gate, clock, requests } = createFixture([{ kind: 'away' }]);
    await gate.enter('people', 900, signal);
    expect(await outcomeOf(gate.enter('people', 200, signal), clock)).toMatchObject({ kind: 'turned-away' });
    expect(requests).toHaveLength(1);
  });

  test('counts and never waits in shadow mode', async () => {
    const { gate, requests } = createFixture([reserved], { mode: 'shadow' });
    expect(await gate.enter('people', 5000, signal)).toMatchObject({ kind: 'admitted' });
    expect(requests[0]).toMatchObject({ isForced: true });
  });

  test('asks nobody about questions that cost no lines, or without a budget', async () => {
    const index = createFixture([full]);
    expect(await index.gate.enter('people', 0, signal)).toMatchObject({ kind: 'admitted' });
    const off = createFixture([full], { mode: 'off' });
    expect(await off.gate.enter('people', 100, signal)).toMatchObject({ kind: 'admitted' });
    expect([...index.requests, ...off.requests]).toEqual([]);
  });
});
