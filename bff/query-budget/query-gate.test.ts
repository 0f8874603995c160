import { PortError } from '@loghunter/ports';
import { createManualClock, type ManualClock } from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import type { BudgetSettings } from './budget-settings.ts';
import { QueryGate, type Ticket, type Turnaway } from './query-gate.ts';

const { signal } = new AbortController();
const limits = { minuteBytes: 1000, queryBytes: 1000 };

function createGate(changes: Partial<BudgetSettings> = {}): { readonly gate: QueryGate; readonly clock: ManualClock } {
  const clock = createManualClock(0);
  const settings: BudgetSettings = {
    mode: 'enforce',
    maxConcurrentQueries: 4,
    maxWaitMs: 10_000,
    limits: { people: limits, background: limits, ai: limits },
    ...changes,
  };
  return { gate: new QueryGate(settings, clock), clock };
}

function ticketOf(answer: Ticket | Turnaway): Ticket {
  if (answer.kind === 'turned-away') {
    throw new RangeError(`turned away: ${answer.reason}`);
  }
  return answer;
}

/** What has settled so far. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('bytes of a minute', () => {
  test('a query waits until bytes are a minute old', async () => {
    const { gate, clock } = createGate({ maxWaitMs: 120_000 });
    ticketOf(await gate.enter('people', 800, signal)).end();
    let admitted: Ticket | undefined;
    void gate.enter('people', 300, signal).then((answer) => {
      admitted = ticketOf(answer);
    });
    clock.advance(59_999);
    await settle();
    expect(admitted).toBeUndefined();
    clock.advance(1);
    await settle();
    expect(admitted?.waitedMs).toBe(60_000);
  });

  test('a query that still runs counts however long it takes', async () => {
    const { gate, clock } = createGate();
    const running = ticketOf(await gate.enter('people', 800, signal));
    clock.advance(300_000);
    expect(gate.loadBytes('people')).toBe(800);
    running.end();
    clock.advance(60_000);
    expect(gate.loadBytes('people')).toBe(0);
  });

  test('the true cost takes the place of the estimate', async () => {
    const { gate } = createGate();
    const first = ticketOf(await gate.enter('people', 900, signal));
    const waiting = gate.enter('people', 500, signal);
    first.end(100);
    expect((await waiting).kind).toBe('admitted');
    expect(gate.loadBytes('people')).toBe(600);
  });

  test('ending twice changes nothing', async () => {
    const { gate } = createGate({ maxConcurrentQueries: 1 });
    const first = ticketOf(await gate.enter('people', 10, signal));
    first.end();
    first.end(1000);
    expect(gate.loadBytes('people')).toBe(10);
  });

  test('whoever waits too long is turned away and told when to come back', async () => {
    const { gate, clock } = createGate();
    ticketOf(await gate.enter('people', 1000, signal)).end();
    const waiting = gate.enter('people', 1, signal);
    clock.advance(10_000);
    expect(await waiting).toEqual({ kind: 'turned-away', reason: 'busy', retryAfterMs: 50_000 });
  });

  test('a background query larger than the minute runs alone', async () => {
    const { gate } = createGate();
    expect((await gate.enter('background', 5000, signal)).kind).toBe('admitted');
    let isSecondAdmitted = false;
    void gate.enter('background', 1, signal).then(() => {
      isSecondAdmitted = true;
    });
    await settle();
    expect(isSecondAdmitted).toBe(false);
  });

  test('the waiting are served in their order', async () => {
    const { gate } = createGate();
    const first = ticketOf(await gate.enter('people', 1000, signal));
    const order: string[] = [];
    void gate.enter('people', 900, signal).then(() => order.push('large'));
    void gate.enter('people', 1, signal).then(() => order.push('small'));
    first.end(0);
    await settle();
    expect(order).toEqual(['large', 'small']);
  });
});

describe('who goes first', () => {
  test('background waits while people use more than half of their bytes', async () => {
    const { gate, clock } = createGate();
    ticketOf(await gate.enter('people', 600, signal)).end();
    let isAdmitted = false;
    void gate.enter('background', 1, signal).then(() => {
      isAdmitted = true;
    });
    await settle();
    expect(isAdmitted).toBe(false);
    clock.advance(60_000);
    await settle();
    expect(isAdmitted).toBe(true);
  });

  test('background takes half of the places, people all', async () => {
    const { gate } = createGate();
    const answers: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      void gate.enter('background', 1, signal).then(() => answers.push('background'));
    }
    for (let count = 0; count < 3; count += 1) {
      void gate.enter('people', 1, signal).then(() => answers.push('people'));
    }
    await settle();
    expect(answers.toSorted()).toEqual(['background', 'background', 'people', 'people']);
  });

  test('a place that becomes free is for people', async () => {
    const { gate } = createGate({ maxConcurrentQueries: 1 });
    const running = ticketOf(await gate.enter('background', 1, signal));
    const order: string[] = [];
    void gate.enter('background', 1, signal).then(() => order.push('background'));
    void gate.enter('people', 1, signal).then(() => order.push('people'));
    running.end();
    await settle();
    expect(order).toEqual(['people']);
  });
});

describe('a Loki in trouble', () => {
  const overloaded = new PortError({
    system: 'loki',
    kind: 'rejected',
    message: 'too many requests',
    status: 429,
    isRetryable: true,
    retryAfterMs: 5000,
  });

  test('holds everyone back for as long as it asks', async () => {
    const { gate, clock } = createGate();
    gate.condition.noteFailure(overloaded, clock.nowMs());
    let isAdmitted = false;
    void gate.enter('people', 1, signal).then(() => {
      isAdmitted = true;
    });
    clock.advance(4999);
    await settle();
    expect(isAdmitted).toBe(false);
    clock.advance(1);
    await settle();
    expect(isAdmitted).toBe(true);
  });

  test('a failure without a word on time holds background back, longer each time, and people not', async () => {
    const { gate, clock } = createGate();
    const failure = new PortError({ system: 'loki', kind: 'unavailable', message: 'away', status: 503 });
    gate.condition.noteFailure(failure, 0);
    gate.condition.noteFailure(failure, 0);
    expect((await gate.enter('people', 1, signal)).kind).toBe('admitted');
    let isAdmitted = false;
    void gate.enter('background', 1, signal).then(() => {
      isAdmitted = true;
    });
    clock.advance(1999);
    await settle();
    expect(isAdmitted).toBe(false);
    clock.advance(1);
    await settle();
    expect(isAdmitted).toBe(true);
  });

  test('a query that is wrong says nothing about its load', async () => {
    const { gate } = createGate();
    gate.condition.noteFailure(new PortError({ system: 'loki', kind: 'rejected', message: 'parse error' }), 0);
    expect((await gate.enter('background', 1, signal)).kind).toBe('admitted');
  });

  test('whoever cannot wait for the end of the pause is told of it', async () => {
    const { gate, clock } = createGate({ maxWaitMs: 1000 });
    gate.condition.noteFailure(overloaded, clock.nowMs());
    const waiting = gate.enter('people', 1, signal);
    clock.advance(1000);
    expect(await waiting).toEqual({ kind: 'turned-away', reason: 'paused', retryAfterMs: 4000 });
  });
});

test('whoever gives up leaves the line to the next', async () => {
  const { gate } = createGate();
  const running = ticketOf(await gate.enter('people', 1000, signal));
  const impatient = new AbortController();
  const waiting = gate.enter('people', 900, impatient.signal);
  const next = gate.enter('people', 100, signal);
  impatient.abort(new DOMException('gone', 'AbortError'));
  await expect(waiting).rejects.toThrow('gone');
  running.end(0);
  expect((await next).kind).toBe('admitted');
  expect(gate.loadBytes('people')).toBe(100);
});

test('a line that is too long turns away at once', async () => {
  const { gate } = createGate();
  ticketOf(await gate.enter('people', 1000, signal));
  for (let count = 0; count < 200; count += 1) {
    void gate.enter('people', 1, signal);
  }
  expect((await gate.enter('people', 1, signal)).kind).toBe('turned-away');
});

test('in shadow mode nobody waits and it shows who would have', async () => {
  const { gate } = createGate({ mode: 'shadow' });
  expect(ticketOf(await gate.enter('people', 1000, signal)).isOverdrawn).toBe(false);
  expect(ticketOf(await gate.enter('people', 1000, signal)).isOverdrawn).toBe(true);
});

test('work that can wait waits while people are busy at the gate before it', async () => {
  const before = createGate();
  const gate = new QueryGate(
    {
      ...{ mode: 'enforce', maxConcurrentQueries: 4, maxWaitMs: 10_000 },
      limits: { people: limits, background: limits, ai: limits },
    },
    before.clock,
    before.gate
  );
  ticketOf(await before.gate.enter('people', 600, signal)).end();
  let admitted: Ticket | undefined;
  void gate.enter('background', 10, signal).then((answer) => {
    admitted = ticketOf(answer);
  });
  await settle();
  expect(admitted).toBeUndefined();
  for (let second = 0; second <= 61; second += 1) {
    before.clock.advance(1000);
    await settle();
  }
  expect(admitted?.waitedMs).toBe(60_000);
});
