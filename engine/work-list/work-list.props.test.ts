import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decide,
  observe,
  takeOver,
  type IgnoredUntil,
  type ObservationFacts,
  type Work,
  type WorkDecision,
  type WorkFigures,
} from './index.ts';
import type { OpenWork } from './work.ts';

const hourMs = 3_600_000;
const startMs = Date.UTC(2026, 10, 20);
const moment = fc.integer({ min: 0, max: 20 * 24 * 60 }).map((minutes) => startMs + minutes * 60_000);

const decision: fc.Arbitrary<WorkDecision> = fc.oneof(
  fc.record({ kind: fc.constant('resolve' as const), release: fc.constantFrom(null, 'v1', 'v2') }),
  fc.record({
    kind: fc.constant('ignore' as const),
    until: fc.oneof(
      fc.constant(null),
      moment.map((atMs) => ({ kind: 'time' as const, atMs })),
      fc.integer({ min: 1, max: 50 }).map((eventCount) => ({ kind: 'count' as const, eventCount })),
      fc.constant({ kind: 'rate' as const, factor: 10 })
    ),
  }),
  fc.constant({ kind: 'reopen' as const })
);

const figures: fc.Arbitrary<WorkFigures> = fc.record({
  firstSeenMs: moment,
  lastSeenMs: moment,
  eventCount: fc.nat({ max: 1000 }),
  eventCountSince: fc.option(fc.nat({ max: 1000 })),
  perHour: fc.option(fc.nat({ max: 2000 })),
  usualPerHour: fc.option(fc.nat({ max: 100 })),
  releasesSince: fc.subarray(['', 'v1', 'v2', 'v3']),
});

function decisionFacts(nowMs: number) {
  return { nowMs, readUpToMs: nowMs - 30_000, latenessMs: 120_000, eventCount: 5, usualPerHour: 2, releases: ['v1'] };
}

function facts(nowMs: number, quietMs: number | null = null): ObservationFacts {
  return { nowMs, readUpToMs: nowMs - 30_000, latenessMs: 120_000, newAfterMs: startMs, quietMs };
}

const openWork: Work = { state: 'ongoing', sinceMs: startMs };

/** A state as a life of decisions and observations leaves it. */
const anyWork: fc.Arbitrary<Work> = fc
  .array(fc.tuple(moment, fc.oneof(decision, figures)), { maxLength: 12 })
  .map((steps) =>
    steps.reduce<Work>(
      (work, [nowMs, step]) =>
        'kind' in step ? decide(work, step, decisionFacts(nowMs)) : (observe(work, step, facts(nowMs))?.work ?? work),
      openWork
    )
  );

describe('a resolved cluster', () => {
  test('comes back however the lines are batched, ordered or repeated, when one is later than it says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ atMs: moment, batch: fc.integer({ min: 0, max: 4 }) }), { minLength: 1, maxLength: 30 }),
        moment,
        (lines, resolvedAtMs) => {
          let work = decide(openWork, { kind: 'resolve', release: null }, decisionFacts(resolvedAtMs));
          const reopensAfterMs = work.state === 'resolved' ? work.reopensAfterMs : 0;
          let seen: number[] = [];
          let hasComeBack = false;
          // The ledger counts batch after batch; each is looked at twice.
          for (const batch of [0, 1, 2, 3, 4].flatMap((n) => [n, n])) {
            seen = [...seen, ...lines.filter((line) => line.batch === batch).map(({ atMs }) => atMs)];
            if (seen.length > 0) {
              const counted = { ...emptyFigures, lastSeenMs: Math.max(...seen), eventCount: seen.length };
              const observed = observe(work, counted, facts(resolvedAtMs + hourMs));
              hasComeBack ||= observed?.work.state === 'regressed';
              work = observed?.work ?? work;
            }
          }
          expect(hasComeBack).toBe(lines.some(({ atMs }) => atMs > reopensAfterMs));
        }
      )
    );
  });

  test('is not opened by lines from before it was resolved, nor by those that the lateness allowance lets come late', () => {
    fc.assert(
      fc.property(moment, fc.nat({ max: 10 * hourMs }), (resolvedAtMs, earlierMs) => {
        const given = decisionFacts(resolvedAtMs);
        const work = decide(openWork, { kind: 'resolve', release: null }, given);
        const lastSeenMs = given.readUpToMs + given.latenessMs - earlierMs;
        expect(observe(work, { ...emptyFigures, lastSeenMs }, facts(resolvedAtMs + hourMs))).toBeNull();
        const before = { ...emptyFigures, lastSeenMs: resolvedAtMs - earlierMs };
        expect(observe(work, before, facts(resolvedAtMs + hourMs))).toBeNull();
      })
    );
  });

  test('in a release comes back by lines of releases that were not known then, and by those that name none', () => {
    fc.assert(
      fc.property(moment, fc.subarray(['', 'v1', 'v2', 'v3']), (resolvedAtMs, releasesSince) => {
        const work = decide(openWork, { kind: 'resolve', release: 'v2' }, decisionFacts(resolvedAtMs));
        const counted = { ...emptyFigures, lastSeenMs: resolvedAtMs + 2 * hourMs, releasesSince };
        const observed = observe(work, counted, facts(resolvedAtMs + 3 * hourMs));
        expect(observed?.work.state === 'regressed').toBe(releasesSince.some((name) => name !== 'v1'));
      })
    );
  });
});

const emptyFigures: WorkFigures = {
  ...{ firstSeenMs: startMs, lastSeenMs: startMs, eventCount: 1, eventCountSince: null },
  ...{ perHour: null, usualPerHour: null, releasesSince: [] },
};

describe('every state', () => {
  test('is left by a decision or an observation once: the same again changes nothing', () => {
    fc.assert(
      fc.property(anyWork, figures, moment, (work, counted, nowMs) => {
        const observed = observe(work, counted, facts(nowMs))?.work;
        if (observed !== undefined) {
          const again = observe(observed, { ...counted, perHour: null }, facts(nowMs));
          expect(again).toBeNull();
        }
        const resolved = decide(work, { kind: 'resolve', release: null }, decisionFacts(nowMs));
        expect(decide(resolved, { kind: 'resolve', release: null }, decisionFacts(nowMs + 1))).toBe(resolved);
      })
    );
  });

  test('is a value that holds no reference to what made it, so that keeping the one before undoes a decision', () => {
    fc.assert(
      fc.property(anyWork, decision, moment, (work, made, nowMs) => {
        const kept: unknown = JSON.parse(JSON.stringify(work));
        decide(work, made, decisionFacts(nowMs));
        expect(work).toEqual(kept);
      })
    );
  });

  test('is never left to resolved by observation unless quiet clusters are resolved, nor to new', () => {
    fc.assert(
      fc.property(anyWork, figures, moment, (work, counted, nowMs) => {
        const state = observe(work, counted, facts(nowMs))?.work.state;
        expect(['resolved', 'ignored', 'new']).not.toContain(state);
      })
    );
  });
});

describe('an ignored cluster', () => {
  test.each([
    ['for good', null, { ...emptyFigures, eventCount: 1e9, perHour: 1e6, usualPerHour: 1 }, null],
    ['until a time', { kind: 'time', atMs: startMs + hourMs }, emptyFigures, 'ongoing'],
    ['until a count', { kind: 'count', eventCount: 3 }, { ...emptyFigures, eventCount: 8 }, 'escalating'],
    ['until a count that is not reached', { kind: 'count', eventCount: 4 }, { ...emptyFigures, eventCount: 8 }, null],
    ['until ten times the rate', { kind: 'rate', factor: 10 }, { ...emptyFigures, perHour: 20 }, 'escalating'],
    ['until a rate that is not reached', { kind: 'rate', factor: 10 }, { ...emptyFigures, perHour: 19 }, null],
  ] as const)('%s', (_, until, counted, state) => {
    const work = decide(openWork, { kind: 'ignore', until }, decisionFacts(startMs));
    expect(observe(work, counted, facts(startMs + hourMs))?.work.state ?? null).toBe(state);
  });
});

test('an ignored cluster does not count what it got from before: older events of clusters that became part of it', () => {
  const ignored = decide(openWork, { kind: 'ignore', until: { kind: 'count', eventCount: 3 } }, decisionFacts(startMs));
  const merged = { ...emptyFigures, eventCount: 500 };
  expect(observe(ignored, { ...merged, eventCountSince: 2 }, facts(startMs))).toBeNull();
  expect(observe(ignored, { ...merged, eventCountSince: 3 }, facts(startMs))?.reason).toBe('count-reached');
  // The minute of the decision has events from before it, too.
  expect(observe(ignored, { ...merged, eventCount: 7, eventCountSince: 300 }, facts(startMs))).toBeNull();
});

describe('a cluster that others became part of', () => {
  const ignored = (until: IgnoredUntil | null, sinceMs = startMs): Work => ({ state: 'ignored', sinceMs, until });
  const resolved = (reopensAfterMs: number, ...knownReleases: string[]): Work => ({
    ...{ state: 'resolved', sinceMs: startMs, reopensAfterMs, release: { name: 'v2', knownReleases } },
  });

  test('is put away when all of them are, alike', () => {
    expect(takeOver([ignored(null, startMs + 1), ignored(null)])).toEqual(ignored(null));
    const count = (startCount: number) => ({ kind: 'count', eventCount: 9, startCount }) as const;
    expect(takeOver([ignored(count(2)), ignored(count(3))])).toEqual(ignored(count(5)));
    const rate = (perHour: number) => ({ kind: 'rate', factor: 10, perHour }) as const;
    expect(takeOver([ignored(rate(2)), ignored(rate(3))])).toEqual(ignored(rate(5)));
    expect(takeOver([resolved(7, 'v0'), resolved(8, 'v1', 'v0')])).toEqual(resolved(8, 'v0', 'v1'));
  });

  test('takes nothing over from clusters that are put away in different ways', () => {
    expect(takeOver([])).toBeNull();
    expect(takeOver([ignored(null), resolved(7)])).toBeNull();
    expect(takeOver([ignored({ kind: 'time', atMs: 1 }), ignored({ kind: 'time', atMs: 2 })])).toBeNull();
    expect(takeOver([ignored(null), ignored({ kind: 'rate', factor: 10, perHour: 1 })])).toBeNull();
    expect(takeOver([resolved(7), { state: 'resolved', sinceMs: 0, reopensAfterMs: 7, release: null }])).toBeNull();
  });

  test('is as open as the most urgent open one of them, and new only when all of these are', () => {
    const open = (state: OpenWork['state'], sinceMs = startMs): Work => ({ state, sinceMs });
    expect(takeOver([open('new', 5), ignored(null), open('new', 3)])).toEqual(open('new', 3));
    expect(takeOver([open('new', 3), open('ongoing', 5)])).toEqual(open('ongoing', 5));
    expect(takeOver([open('ongoing', 5), open('regressed', 6), open('new', 3)])).toEqual(open('regressed', 6));
    expect(takeOver([open('regressed', 6), open('escalating', 7)])).toEqual(open('escalating', 7));
  });

  test('stands where it stands in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(anyWork, { minLength: 1, maxLength: 5 }), (works) => {
        const taken = takeOver(works);
        const turned = takeOver(works.toReversed());
        expect([turned?.state, turned?.sinceMs]).toEqual([taken?.state, taken?.sinceMs]);
      })
    );
  });
});

describe('an open cluster', () => {
  test('escalates at ten times its usual rate, and is ongoing again when that is over, an hour later at the soonest', () => {
    const loud = { ...emptyFigures, perHour: 100, usualPerHour: 10 };
    expect(observe(openWork, { ...loud, perHour: 99 }, facts(startMs))).toBeNull();
    const escalated = observe(openWork, loud, facts(startMs));
    expect(escalated).toEqual({ work: { state: 'escalating', sinceMs: startMs }, reason: 'rate-reached' });
    const calm = { ...loud, perHour: 29 };
    const work = escalated?.work ?? null;
    expect(observe(work, calm, facts(startMs + hourMs - 1))).toBeNull();
    expect(observe(work, { ...loud, perHour: 30 }, facts(startMs + hourMs))).toBeNull();
    expect(observe(work, calm, facts(startMs + hourMs))?.work.state).toBe('ongoing');
  });

  test('is resolved when it is quiet for as long as the tenant wants, and then comes back as any other', () => {
    const day = 24 * hourMs;
    const quiet = observe(openWork, emptyFigures, facts(startMs + day, day));
    expect(quiet).toMatchObject({ work: { state: 'resolved' }, reason: 'quiet' });
    const back = { ...emptyFigures, lastSeenMs: startMs + 2 * day };
    expect(observe(quiet?.work ?? null, back, facts(startMs + 3 * day, day))?.work.state).toBe('regressed');
  });

  test('is new when it was first seen after reading began, for a week', () => {
    const first = observe(null, emptyFigures, facts(startMs + hourMs));
    expect(first).toEqual({ work: { state: 'new', sinceMs: startMs + hourMs }, reason: 'first-line' });
    const later = facts(startMs + hourMs + 7 * 24 * hourMs);
    expect(observe(first?.work ?? null, emptyFigures, later)?.work.state).toBe('ongoing');
    const known = { ...facts(startMs + hourMs), newAfterMs: startMs + 1 };
    expect(observe(null, emptyFigures, known)?.work.state).toBe('ongoing');
  });
});
