import { describe, expect, test } from 'vitest';
import { findIncident, type RolledUpIncident } from './roll-up.ts';

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 9, 5, 12);

function incident(changes: Partial<RolledUpIncident> = {}): RolledUpIncident {
  return {
    ...{ id: 'one', services: ['payments'], startedAtMs: startMs, lastEventAtMs: startMs, endedAtMs: null },
    ...changes,
  };
}

const at = (service: string, minute: number) => ({ service, startedAtMs: startMs + minute * minuteMs });

describe('an event joins an incident', () => {
  test('that struck another service minutes before', () => {
    expect(findIncident(at('checkout', 7), [incident()])?.id).toBe('one');
  });

  test('of its own service however long it goes on, and for an hour after', () => {
    expect(findIncident(at('payments', 600), [incident()])?.id).toBe('one');
    const ended = incident({ endedAtMs: startMs + 20 * minuteMs });
    expect(findIncident(at('payments', 70), [ended])?.id).toBe('one');
    expect(findIncident(at('payments', 90), [ended])).toBeUndefined();
  });

  test('that is the latest of several', () => {
    const later = incident({ id: 'two', lastEventAtMs: startMs + minuteMs });
    expect(findIncident(at('cart', 5), [incident(), later])?.id).toBe('two');
  });
});

describe('an event is an incident of its own', () => {
  test('when another service was struck long before, or is over', () => {
    expect(findIncident(at('checkout', 45), [incident()])).toBeUndefined();
    expect(findIncident(at('checkout', 12), [incident({ endedAtMs: startMs + 10 * minuteMs })])).toBeUndefined();
  });
});
