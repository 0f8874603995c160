import { describe, expect, test } from 'vitest';
import type { EventChange } from './event-change.ts';
import { WatchedSeries } from './watched-series.ts';

const day = 1440;
/** A Monday. */
const start = Date.UTC(2026, 0, 5) / 60_000;
const at = 5 * day + 600;

/** Some 100 lines a minute, and others from `at` on. */
function watch(days: number, linesAfter: (minute: number) => number, series = newSeries()): readonly EventChange[] {
  return Array.from({ length: days * day }, (_, minute) => {
    const counts = { total: minute < at ? usual(minute) : linesAfter(minute - at), errors: 0 };
    return series.observe({ minute: start + minute, offset: 0, counts, newEvents: null, level: null });
  }).flat();
}

function newSeries(): WatchedSeries {
  return new WatchedSeries({ key: 'cart', service: 'cart', namespace: '', clusterId: null });
}

function usual(minute: number): number {
  return 90 + ((minute * 7919) % 21);
}

function plain(changes: readonly EventChange[]) {
  return changes.map(({ change, kind, openedMinute, atMinute, isGivenUp }) => ({
    ...{ change, kind, isGivenUp },
    openedAfter: openedMinute - start - at,
    after: atMinute - start - at,
  }));
}

const openedAtOnce = { change: 'opened', kind: 'silence', isGivenUp: false, openedAfter: 2, after: 2 };
const givenUp = { change: 'closed', kind: 'silence', isGivenUp: true, openedAfter: 2, after: 2 + day };

describe('silence', () => {
  test.each([36 * 60, 2 * day, 6 * day])(
    'of %i minutes is told of once, for a day, and lines that are back are as usual',
    (minutes) => {
      const changes = watch(14, (minute) => (minute < minutes ? 0 : usual(minute)));
      expect(plain(changes)).toEqual([openedAtOnce, givenUp]);
    }
  );

  test('that begins again after lines were back is told of again', () => {
    const isSilent = (minute: number) => minute < 2 * day || (minute >= 3 * day && minute < 3 * day + 30);
    const changes = watch(10, (minute) => (isSilent(minute) ? 0 : usual(minute)));
    expect(plain(changes).map(({ change, openedAfter }) => [change, openedAfter])).toEqual([
      ['opened', 2],
      ['closed', 2],
      ['opened', 3 * day + 2],
      ['closed', 3 * day + 2],
    ]);
  });

  test('is not over by single lines: what is gone for good is told of once', () => {
    const changes = watch(12, (minute) => (minute > 0 && minute % 200 === 0 ? 1 : 0));
    expect(plain(changes)).toEqual([openedAtOnce, givenUp]);
  });
});

test('a dip that stays is one event: it neither ends and opens again nor goes on for ever', () => {
  const changes = watch(9, (minute) => Math.round(usual(minute) * 0.3));
  const ends = changes.filter(({ change }) => change !== 'raised');
  expect(ends.map(({ change, kind }) => [change, kind])).toEqual([
    ['opened', 'dip'],
    ['closed', 'step'],
  ]);
  expect((ends[1]?.atMinute ?? 0) - start - at).toBeLessThan(day + 60);
});

test('the window that an event was found in is kept beside its end', () => {
  const changes = watch(6, (minute) => usual(minute) * (minute < 20 ? 12 : 1));
  const [opened, closed] = [changes[0], changes.at(-1)];
  expect(opened).toMatchObject({ change: 'opened', kind: 'spike' });
  const window = (closed?.windowEndMinute ?? Number.NaN) - (closed?.startMinute ?? 0);
  expect(window).toBeGreaterThan(0);
  expect(window).toBeLessThanOrEqual(20);
  expect((closed?.endMinute ?? 0) - (closed?.startMinute ?? 0)).toBeGreaterThan(20);
});

test('a state that an earlier program saved during an event goes on', () => {
  const during = (minute: number) => (minute < 30 ? 0 : usual(minute));
  const series = newSeries();
  const before = watch(5, during, series);
  const rest = (one: WatchedSeries) =>
    Array.from({ length: 700 }, (_, index) => {
      const minute = 5 * day + index;
      const counts = { total: minute < at ? usual(minute) : during(minute - at), errors: 0 };
      return one.observe({ minute: start + minute, offset: 0, counts, newEvents: null, level: null });
    });
  const first = rest(series);
  // Five minutes into the silence.
  const cut = at + 5 - 5 * day;
  const early = newSeries();
  watch(5, during, early);
  const upTo = Array.from({ length: cut }, (_, index) => {
    const minute = 5 * day + index;
    const counts = { total: minute < at ? usual(minute) : 0, errors: 0 };
    return early.observe({ minute: start + minute, offset: 0, counts, newEvents: null, level: null });
  });
  const taken = newSeries();
  // It had all but the last number, which is the end of the event's window.
  expect(taken.restore(early.save().slice(0, -1))).toBe(true);
  expect(taken.openEvents).toEqual(early.openEvents);
  const later = Array.from({ length: 700 - cut }, (_, index) => {
    const minute = 5 * day + cut + index;
    const counts = { total: during(minute - at), errors: 0 };
    return taken.observe({ minute: start + minute, offset: 0, counts, newEvents: null, level: null });
  });
  expect([...before, ...upTo.flat(), ...later.flat()]).toEqual([...before, ...first.flat()]);
});
