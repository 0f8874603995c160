import { anyEvent, PortError, type AnomalyStore, type HistoryMinute, type MinuteRange } from '@loghunter/ports';
import { expect, test } from 'vitest';
import {
  hourMs,
  live,
  minuteMs,
  normal,
  openDetection,
  spiking,
  startMs,
  type OpenedDetection,
} from '../testing/detection-scene.ts';
import { takeOver } from './learn-again.ts';
import { readKnownCounts } from './ledger-marks.ts';
import type { CountHistory } from './minute-facts.ts';
import { Replay } from './replay.ts';
import { TenantDetection } from './tenant-detection.ts';

const dayMs = 24 * hourMs;
const services = ['cart', 'checkout'];

/** Two weeks before the ledger, with incidents: when they began, for how long, and what happened to the cart. */
const planted = [
  { fromMs: startMs - 4 * dayMs, minutes: 12, factor: 15 },
  { fromMs: startMs - 2 * dayMs, minutes: 40, factor: 0 },
  { fromMs: startMs + 40 * minuteMs, minutes: 6, factor: 12 },
  { fromMs: startMs + 170 * minuteMs, minutes: 60, factor: 20 },
];

/** Lines of a minute: a day's shape, some scatter, and what is planted. */
function linesOf(service: string, ms: number, seed: number): number {
  const scatter = (((ms / minuteMs) * 7919 + seed * 104_729 + service.length * 31) % 13) - 6;
  const usual = Math.round(30 + 10 * Math.sin((2 * Math.PI * ms) / dayMs) + scatter);
  const incident = planted.find(({ fromMs, minutes }) => ms >= fromMs && ms < fromMs + minutes * minuteMs);
  return service === 'cart' && incident !== undefined ? usual * incident.factor : usual;
}

function writtenOf(ms: number, seed: number) {
  return services.map((service) => {
    const lines = linesOf(service, ms, seed);
    return { service, lines, errors: Math.min(lines, 1) };
  });
}

function historyFrom(fromMs: number, seed: number): CountHistory {
  return {
    listStarts: () => Promise.resolve([{ watchId: null, fromMs }]),
    read(range: MinuteRange) {
      const minutes: HistoryMinute[] = [];
      for (let ms = Math.max(fromMs, range.fromMs); ms < Math.min(range.toMs, startMs); ms += minuteMs) {
        for (const { service, lines, errors } of writtenOf(ms, seed)) {
          if (lines > 0) {
            minutes.push({ service, namespace: '', minuteMs: ms, lineCount: lines, errorCount: errors, isKnown: true });
          }
        }
      }
      return Promise.resolve(minutes);
    },
  };
}

/** Two weeks that are there from the start. */
const wholeFromMs = startMs - 14 * dayMs;
const nothing: CountHistory = { listStarts: () => Promise.resolve([]), read: () => Promise.resolve([]) };

async function eventsOf({ anomalies, tenantId }: OpenedDetection) {
  const range = { fromMs: 0, toMs: startMs + 30 * dayMs };
  const { events } = await anomalies.listEvents(tenantId, anyEvent(range), { limit: 1000, offset: 0, order: 'asc' });
  return {
    final: events.filter(({ details }) => details['isWithdrawn'] !== true),
    withdrawn: events.filter(({ details }) => details['isWithdrawn'] === true),
  };
}

/** What must be the same however the lines came; ids are made for a tenant. */
function plain(events: Awaited<ReturnType<typeof eventsOf>>['final']) {
  return events.map(
    ({ service, kind, severity, startedAtMs, detectedAtMs, endedAtMs, observed, baseline, evidence }) => ({
      ...{ service, kind, severity, startedAtMs, detectedAtMs, endedAtMs, observed, baseline, evidence },
    })
  );
}

/** A tenant that reads everything at once, after the fact. */
async function backfilled(
  seed: number,
  minutes: number,
  fromMs = startMs,
  historyFromMs = wholeFromMs
): Promise<Awaited<ReturnType<typeof eventsOf>>> {
  const opened = await openDetection();
  for (let ms = fromMs; ms < startMs + minutes * minuteMs; ms += minuteMs) {
    await opened.write(ms, writtenOf(ms, seed), ms + minuteMs, fromMs);
  }
  opened.clock.advance(minutes * minuteMs);
  const detection = new TenantDetection({ ...opened.context, countHistory: historyFrom(historyFromMs, seed) });
  while (await detection.tick()) {
    // There is more to judge.
  }
  return eventsOf(opened);
}

/** Looks until there is nothing left to judge, or to learn again. */
async function settle(opened: OpenedDetection, detection: TenantDetection): Promise<void> {
  for (let look = 0; look < 2; look += 1) {
    while (await detection.tick()) {
      // There is more.
    }
    opened.clock.advance(6 * minuteMs);
  }
}

test.each([1])(
  'counts that come after the live run began give the events of a backfill, tell of nothing that was over, and once of what goes on (%i)',
  async (seed) => {
    const opened = await openDetection();
    let history = nothing;
    const detection = new TenantDetection({
      ...opened.context,
      countHistory: {
        listStarts: () => history.listStarts(),
        read: (range) => history.read(range),
      },
    });
    const minutes = 180;
    await live(opened, minutes, (ms) => writtenOf(ms, seed), [detection], 10);
    // Nothing is known of what is usual.
    expect((await eventsOf(opened)).final).toEqual([]);
    history = historyFrom(wholeFromMs, seed);
    await settle(opened, detection);
    const found = await eventsOf(opened);
    const whole = await backfilled(seed, minutes);
    expect(whole.final.map(({ startedAtMs }) => startedAtMs)).toEqual(planted.map(({ fromMs }) => fromMs));
    expect(plain(found.final)).toEqual(plain(whole.final));
    expect(found.withdrawn).toEqual([]);
    const told = found.final.filter(({ isNotified }) => isNotified);
    expect(told.map(({ startedAtMs }) => startedAtMs)).toEqual([planted[3]?.fromMs]);
    const notices = await opened.notices.take(opened.tenantId, 100);
    expect(notices.map(({ kind }) => kind)).toEqual(['incident-opened']);
    // Another process goes on from the same baselines.
    await detection.release();
    const next = new TenantDetection({ ...opened.context, countHistory: history, holder: 'next' });
    await live(opened, 10, (ms) => writtenOf(ms, seed), [next], 5);
    expect(await opened.notices.take(opened.tenantId, 100)).toEqual([]);
    expect(plain((await eventsOf(opened)).final).length).toBe(whole.final.length);
  },
  120_000
);

test('late lines and older lines that are read later give the events of a backfill; what was told of too early is withdrawn', async () => {
  const seed = 3;
  const opened = await openDetection();
  const historyFromMs = startMs - 5 * dayMs;
  const history = historyFrom(historyFromMs, seed);
  const detection = new TenantDetection({ ...opened.context, countHistory: history });
  // Long enough after the spike to be no part of it.
  const lateFromMs = startMs + 130 * minuteMs;
  const isLate = (service: string, ms: number) =>
    service === 'cart' && ms >= lateFromMs && ms < lateFromMs + 8 * minuteMs;
  const minutes = 160;
  await live(
    opened,
    minutes,
    (ms) => writtenOf(ms, seed).filter(({ service }) => !isLate(service, ms)),
    [detection],
    2
  );
  const provisional = (await eventsOf(opened)).final;
  expect(provisional.map(({ kind }) => kind)).toContain('silence');
  for (let ms = lateFromMs; ms < lateFromMs + 8 * minuteMs; ms += minuteMs) {
    await opened.write(ms, writtenOf(ms, seed), opened.clock.nowMs());
  }
  await live(opened, 4, (ms) => writtenOf(ms, seed), [detection]);
  // A day later; nothing was read meanwhile but an hour of older lines.
  opened.clock.advance(dayMs + hourMs);
  const olderMs = startMs - hourMs;
  for (let ms = olderMs; ms < startMs; ms += minuteMs) {
    await opened.write(ms, writtenOf(ms, seed), startMs, olderMs);
  }
  await settle(opened, detection);
  await settle(opened, detection);
  const found = await eventsOf(opened);
  const whole = await backfilled(seed, minutes + 4, olderMs, historyFromMs);
  expect(plain(found.final)).toEqual(plain(whole.final));
  expect(found.withdrawn.map(({ kind, startedAtMs }) => [kind, startedAtMs >= lateFromMs])).toEqual([
    ['silence', true],
  ]);
}, 120_000);

test('learning again that fails is tried again after an hour when more is known', async () => {
  const opened = await openDetection();
  let history = nothing;
  let tryCount = 0;
  const failing: AnomalyStore = {
    ...opened.anomalies,
    // Only taking over lists events.
    listEvents() {
      tryCount += 1;
      return Promise.reject(new PortError({ system: 'postgres', kind: 'unavailable', message: 'took too long' }));
    },
  };
  const detection = new TenantDetection({
    ...{ ...opened.context, anomalies: failing, observeFailure: () => undefined },
    countHistory: { listStarts: () => history.listStarts(), read: (range) => history.read(range) },
  });
  const look = async (laterMs: number) => {
    opened.clock.advance(laterMs);
    while (await detection.tick()) {
      // There is more.
    }
    return tryCount;
  };
  await live(opened, 10, (ms) => writtenOf(ms, 1), [detection], 5);
  history = historyFrom(startMs - dayMs, 1);
  await look(0);
  expect(await look(6 * minuteMs)).toBe(1);
  expect(await look(minuteMs)).toBe(1);
  expect(await look(50 * minuteMs)).toBe(1);
  await look(10 * minuteMs);
  expect(await look(6 * minuteMs)).toBe(2);
}, 120_000);

test('late lines are learned from again after a day when that failed', async () => {
  const opened = await openDetection();
  let tryCount = 0;
  const detection = new TenantDetection({
    ...{ ...opened.context, observeFailure: () => undefined },
    anomalies: {
      ...opened.anomalies,
      listEvents() {
        tryCount += 1;
        return Promise.reject(new PortError({ system: 'postgres', kind: 'unavailable', message: 'took too long' }));
      },
    },
  });
  const look = async (laterMs: number) => {
    opened.clock.advance(laterMs);
    while (await detection.tick()) {
      // There is more.
    }
    return tryCount;
  };
  await live(opened, 10, (ms) => writtenOf(ms, 1), [detection], 5);
  await opened.write(startMs + 2 * minuteMs, writtenOf(startMs + 20 * minuteMs, 2), opened.clock.nowMs());
  await live(opened, 1, (ms) => writtenOf(ms, 1), [detection]);
  expect(await look(dayMs + minuteMs)).toBe(1);
  expect(await look(minuteMs)).toBe(1);
  expect(await look(2 * hourMs)).toBe(1);
  expect(await look(dayMs)).toBe(2);
}, 120_000);

test('minutes that are caught up after an outage are not late: nothing is learned again because of them', async () => {
  const opened = await openDetection();
  let tryCount = 0;
  const detection = new TenantDetection({
    ...opened.context,
    anomalies: {
      ...opened.anomalies,
      // Only taking over lists events.
      listEvents(...call) {
        tryCount += 1;
        return opened.anomalies.listEvents(...call);
      },
    },
  });
  await live(opened, 10, (ms) => writtenOf(ms, 1), [detection], 1);
  // Nothing was read for an hour and a half; then all of it, with looks in between, as fast as it can be.
  const fromMs = opened.clock.nowMs();
  opened.clock.advance(90 * minuteMs);
  for (let ms = fromMs; ms < fromMs + 90 * minuteMs; ms += minuteMs) {
    await opened.write(ms, writtenOf(ms, 1));
    if (ms % (20 * minuteMs) === 0) {
      await detection.tick();
    }
  }
  await live(opened, 5, (ms) => writtenOf(ms, 1), [detection]);
  const look = async () => {
    opened.clock.advance(dayMs + minuteMs);
    while (await detection.tick()) {
      // There is more.
    }
    return tryCount;
  };
  expect(await look()).toBe(0);
  // A line that does come late is learned from.
  const againMs = opened.clock.nowMs();
  await live(opened, 5, (ms) => writtenOf(ms, 1), [detection]);
  await opened.write(againMs, writtenOf(againMs + 7 * minuteMs, 2), opened.clock.nowMs());
  await live(opened, 1, (ms) => writtenOf(ms, 1), [detection]);
  expect(await look()).toBeGreaterThan(0);
}, 120_000);

test('what a second learning finds as the first did is neither asked for nor written again', async () => {
  const opened = await openDetection();
  await live(opened, 10, normal, [opened.detection], 10);
  await live(opened, 10, spiking, [opened.detection], 10);
  await live(opened, 40, normal, [opened.detection], 10);
  const written: number[] = [];
  let askedCount = 0;
  const anomalies: AnomalyStore = {
    ...opened.anomalies,
    write(tenantId, change) {
      written.push(change.events.length);
      return opened.anomalies.write(tenantId, change);
    },
    getEvent(tenantId, id) {
      askedCount += 1;
      return opened.anomalies.getEvent(tenantId, id);
    },
  };
  const context = { ...opened.context, anomalies };
  const known = await readKnownCounts(context, opened.tenantId);
  if (known === null) {
    throw new TypeError('Nothing was read');
  }
  const run = await context.detection.readRun(opened.tenantId);
  for (let time = 0; time < 2; time += 1) {
    [written.length, askedCount] = [0, 0];
    const replay = new Replay(context, known, startMs - 4 * dayMs);
    while (replay.judgedUpToMs < (run.detectedUpToMs ?? 0)) {
      await replay.judge(run.detectedUpToMs ?? 0, context.signal);
    }
    expect(replay.events.size).toBeGreaterThan(0);
    await takeOver(context, replay, { run, seriesKeys: [] }, run);
  }
  expect(written.filter((count) => count > 0)).toEqual([]);
  expect(askedCount).toBe(0);
}, 120_000);
