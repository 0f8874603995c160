import { describe, expect, test } from 'vitest';
import type { Level } from '../severity/index.ts';
import type { EventChange } from './event-change.ts';
import { TenantDetector, type DeployFacts, type MinuteFacts } from './tenant-detector.ts';
import { WatchedSeries } from './watched-series.ts';

const day = 1440;
const start = Date.UTC(2026, 9, 5) / 60_000;
const settings = { sensitivity: 3, maxClusters: 100 };

interface Course {
  readonly lines?: (minute: number) => number;
  readonly errors?: (minute: number) => number;
  /** Events of a cluster by minute, and its level. */
  readonly cluster?: { readonly events: (minute: number) => number; readonly level: Level; readonly streams?: number };
}

/** A minute of one service beside another that is always the same. */
function factsOf(minute: number, course: Course): MinuteFacts {
  const { lines = usual, errors = () => 2, cluster } = course;
  const subject = (service: string) => ({ key: service, service, namespace: '', clusterId: null });
  const events = cluster?.events(minute) ?? 0;
  const first = cluster === undefined ? -1 : firstOf(cluster.events, minute);
  return {
    ...{ minute: start + minute, offset: 0 },
    services: [
      { subject: subject('cart'), lineCount: lines(minute), errorCount: errors(minute), isComplete: true },
      { subject: subject('other'), lineCount: usual(minute), errorCount: 0, isComplete: true },
    ].filter(({ lineCount }) => lineCount > 0),
    clusters:
      events === 0
        ? []
        : [
            {
              subject: { key: 'c', service: 'cart', namespace: '', clusterId: 'c' },
              ...{ eventCount: events, level: cluster?.level ?? 'error', streamCount: cluster?.streams ?? 1 },
              firstMinute: start + first,
            },
          ],
  };
}

function firstOf(events: (minute: number) => number, until: number): number {
  for (let minute = 0; minute <= until; minute += 1) {
    if (events(minute) > 0) {
      return minute;
    }
  }
  return until;
}

function usual(minute: number): number {
  return 20 + ((minute * 7919) % 11);
}

function run(course: Course, minutes: number, deploys: readonly DeployFacts[] = [], sensitivity = 3): EventChange[] {
  const detector = new TenantDetector({ ...settings, sensitivity }, start);
  return Array.from({ length: minutes }, (_, minute) => detector.observe(factsOf(minute, course), deploys)).flat();
}

describe('never-seen clusters', () => {
  const fromMinute = day + 100;
  const events = (minute: number) => (minute >= fromMinute && minute < fromMinute + 10 ? 4 : 0);

  test('errors that stay are told of, louder in several streams, and end when they stop', () => {
    const quiet = run({ cluster: { events, level: 'error' } }, day + 200);
    expect(quiet.map(({ change, kind, severity }) => [change, kind, severity])).toEqual([
      ['opened', 'new', 1],
      ['raised', 'new', 2],
      ['closed', 'new', 2],
    ]);
    const wide = run({ cluster: { events, level: 'error', streams: 3 } }, day + 200);
    expect(Math.max(...wide.map(({ severity }) => severity))).toBe(3);
  });

  test('one error alone, and what is no error, are not', () => {
    const once = (minute: number) => (minute === fromMinute ? 1 : 0);
    expect(run({ cluster: { events: once, level: 'error' } }, day + 200)).toEqual([]);
    expect(run({ cluster: { events, level: 'info' } }, day + 200)).toEqual([]);
  });

  test('nothing is new where reading has just begun', () => {
    const early = (minute: number) => (minute >= 100 && minute < 120 ? 10 : 0);
    expect(run({ cluster: { events: early, level: 'error' } }, 300)).toEqual([]);
  });
});

test('a share that grows after a deploy is told of for an hour, with the version', () => {
  const deployed = 2000;
  const deploys = [{ service: 'cart', namespace: '', minute: start + deployed, version: 'v2' }];
  const events = (minute: number) => (minute < 300 ? 0 : minute < deployed ? 1 : 8);
  const detector = new TenantDetector(settings, start);
  const changes: EventChange[] = [];
  for (let minute = 0; minute < deployed + 120; minute += 1) {
    const facts = factsOf(minute, { cluster: { events, level: 'error' } });
    const base = { key: 'b', service: 'cart', namespace: '', clusterId: 'b' };
    const other = { subject: base, eventCount: 30, level: 'info' as const, streamCount: 1, firstMinute: start };
    changes.push(...detector.observe({ ...facts, clusters: [...facts.clusters, other] }, deploys));
  }
  const shares = changes.filter(({ kind }) => kind === 'share');
  expect(shares.map(({ change, severity, version }) => [change, severity, version])).toEqual([
    ['opened', 3, 'v2'],
    ['closed', 3, 'v2'],
  ]);
});

test('what is saved goes on as what was never saved', { timeout: 60_000 }, () => {
  const course: Course = { lines: (minute) => (minute >= 3000 && minute < 3010 ? 600 : usual(minute)) };
  const whole = run(course, 3060);
  const first = new TenantDetector(settings, start);
  const changes: EventChange[] = [];
  for (let minute = 0; minute < 3004; minute += 1) {
    changes.push(...first.observe(factsOf(minute, course), []));
  }
  const second = new TenantDetector(settings, start);
  for (const series of first.series()) {
    const copy = new WatchedSeries(series.subject);
    expect(copy.restore(series.save())).toBe(true);
    second.adopt(copy);
  }
  for (let minute = 3004; minute < 3060; minute += 1) {
    changes.push(...second.observe(factsOf(minute, course), []));
  }
  expect(whole.map(({ change }) => change)).toContain('closed');
  expect(changes).toEqual(whole);
});

describe('services without end', () => {
  const crowded = { ...settings, maxServices: 20 };
  const minuteOf = (minute: number, names: readonly string[]): MinuteFacts => ({
    ...{ minute: start + minute, offset: 0, clusters: [] },
    services: names.map((service) => ({
      subject: { key: service, service, namespace: '', clusterId: null },
      ...{ lineCount: 10, errorCount: 0, isComplete: true },
    })),
  });

  test('are forgotten, the quietest first, before those that have logged for days', () => {
    const detector = new TenantDetector(crowded, start);
    const steady = ['cart', 'checkout'];
    for (let minute = 0; minute < 3 * day; minute += 1) {
      detector.observe(minuteOf(minute, [...steady, ...(minute % 10 === 0 ? [`job-${minute}`] : [])]), []);
      expect(detector.seriesCount).toBeLessThanOrEqual(20);
    }
    const left = [...detector.series()].map(({ subject }) => subject.key);
    expect(left).toEqual(expect.arrayContaining([...steady, `job-${3 * day - 10}`]));
    const gone = detector.forgetQuiet();
    expect(gone).toContain('job-0');
    expect(gone.some((key) => left.includes(key))).toBe(false);
    expect(detector.forgetQuiet()).toEqual([]);
  });

  test('find no room beside others that log now, and no line of theirs counts as a late one', () => {
    const detector = new TenantDetector(crowded, start);
    const names = Array.from({ length: 30 }, (_, index) => `service-${index}`);
    for (let minute = 0; minute < 100; minute += 1) {
      detector.observe(minuteOf(minute, names), []);
    }
    expect([...detector.series()].map(({ subject }) => subject.key)).toEqual(names.slice(0, 20));
    expect(detector.isCrowded).toBe(true);
    expect(detector.holds(minuteOf(50, names))).toBe(true);
  });
});

test('sensitivity moves what is told of', { timeout: 60_000 }, () => {
  const course: Course = { lines: (minute) => (minute >= 3000 && minute < 3004 ? 62 : usual(minute)) };
  const countOf = (sensitivity: number) =>
    run(course, 3040, [], sensitivity).filter(({ change }) => change === 'opened').length;
  expect(countOf(5)).toBeGreaterThanOrEqual(countOf(3));
  expect(countOf(3)).toBeGreaterThanOrEqual(countOf(1));
  expect(countOf(5)).toBeGreaterThan(countOf(1));
});

test('more errors with more lines are no errors of their own', { timeout: 60_000 }, () => {
  const busy = (minute: number) => minute >= 3000 && minute < 3010;
  const course: Course = {
    lines: (minute) => usual(minute) * (busy(minute) ? 30 : 1),
    errors: (minute) => (busy(minute) ? 50 : 2),
  };
  const kinds = new Set(run(course, 3030).map(({ kind }) => kind));
  expect([...kinds]).toEqual(['spike']);
});
