import { describe, expect, test } from 'vitest';
import {
  eventsOf,
  hourMs,
  live,
  minuteMs,
  normal,
  openDetection as open,
  spiking,
  startMs,
  usual,
  type OpenedDetection as Opened,
} from '../testing/detection-scene.ts';
import { TenantDetection } from './tenant-detection.ts';

async function takeNotices({ notices, tenantId }: Opened) {
  return (await notices.take(tenantId, 100)).map(({ kind, title }) => [kind, title]);
}

/** What the stream says became of events. */
async function lineChanges({ logs, context }: Opened) {
  const lines = await logs.findEntries({
    ...{ fromNs: BigInt(startMs) * 1_000_000n, toNs: BigInt(startMs + 24 * hourMs) * 1_000_000n },
    ...{ query: '{loghunter="anomaly"}', direction: 'oldest-first', limit: 100, signal: context.signal },
  });
  return lines.map(({ line }) => (JSON.parse(line) as { change: string }).change);
}

async function openTold(): Promise<Opened> {
  const opened = await open();
  await live(opened, 10, normal, [opened.detection], 5);
  await live(opened, 6, spiking);
  expect((await takeNotices(opened)).map(([kind]) => kind)).toEqual(['incident-opened']);
  return opened;
}

/** All services as usual, read in time and not looked at. */
async function passUnseen(opened: Opened, minutes: number): Promise<void> {
  await live(opened, minutes, normal, []);
}

describe('who was told of an event', () => {
  test('is told of its end when that is known hours later, after an outage', async () => {
    const opened = await openTold();
    await passUnseen(opened, 120);
    while (await opened.detection.tick()) {
      // There is more.
    }
    expect(await takeNotices(opened)).toEqual([['incident-closed', 'cart logs 24 times as much as usual']]);
    expect(await lineChanges(opened)).toEqual(['opened', 'closed']);
    await live(opened, 5);
    expect(await takeNotices(opened)).toEqual([]);
  }, 120_000);

  test('is told of its end when another process takes over and does not find it again', async () => {
    const opened = await openTold();
    const [event] = await eventsOf(opened);
    const other = { ...event, id: crypto.randomUUID(), seriesKey: 'service:gone', service: 'gone' };
    const incident = await opened.anomalies.getIncident(opened.tenantId, event?.incidentId ?? '');
    const incidentId = crypto.randomUUID();
    await opened.anomalies.write(opened.tenantId, {
      incidents: incident === null ? [] : [{ ...incident, id: incidentId, title: 'gone', services: ['gone'] }],
      events: [{ ...(other as NonNullable<typeof event>), incidentId, title: 'gone' }],
    });
    await opened.detection.release();
    await live(opened, 2, spiking, [new TenantDetection({ ...opened.context, holder: 'next' })]);
    expect(await takeNotices(opened)).toEqual([['incident-closed', 'gone']]);
    expect(await lineChanges(opened)).toEqual(['opened', 'closed']);
  }, 120_000);

  test('is told that it goes on again, and of its second end', async () => {
    const opened = await openTold();
    await live(opened, 40, normal, [opened.detection], 5);
    expect((await takeNotices(opened)).map(([kind]) => kind)).toEqual(['incident-closed']);
    await live(opened, 8, (ms) => [
      { service: 'cart', lines: usual(ms) * 60 },
      { service: 'checkout', lines: usual(ms) },
    ]);
    const [again, ...more] = await takeNotices(opened);
    expect(again).toEqual(['incident-opened', expect.stringMatching(/^Again: cart logs/)]);
    expect(more).toEqual([]);
    await live(opened, 40, normal, [opened.detection], 5);
    expect((await takeNotices(opened)).map(([kind]) => kind)).toEqual(['incident-closed']);
  }, 120_000);

  test('is told that it is over when somebody held it back', async () => {
    const opened = await openTold();
    const [event] = await eventsOf(opened);
    await opened.anomalies.createSuppression(opened.tenantId, {
      ...{ service: 'cart', namespace: '', kind: 'spike', clusterId: null, reason: 'sale', eventId: event?.id ?? '' },
      ...{ createdBy: { kind: 'user', id: '1', name: 'Ada' }, expiresAtMs: startMs + 24 * hourMs },
    });
    await live(opened, 40, normal, [opened.detection], 5);
    const incident = await opened.anomalies.getIncident(opened.tenantId, event?.incidentId ?? '');
    expect(incident?.endedAtMs).not.toBeNull();
    expect(await takeNotices(opened)).toEqual([
      ['incident-closed', 'Held back from now on, nothing more is told of it: cart logs 18 times as much as usual'],
    ]);
    expect(await lineChanges(opened)).toEqual(['opened', 'closed']);
  }, 120_000);
});

test('an event whose first minute came late is the same event after a restart, and ends once', async () => {
  const opened = await open();
  await live(opened, 24, normal, [opened.detection], 6);
  const lateMs = opened.clock.nowMs();
  await live(opened, 4, (ms) => (ms === lateMs ? normal(ms) : spiking(ms)));
  await opened.write(lateMs, spiking(lateMs), opened.clock.nowMs());
  await live(opened, 1, spiking);
  const [before] = await eventsOf(opened);
  await opened.detection.release();
  const next = new TenantDetection({ ...opened.context, holder: 'next' });
  await live(opened, 2, spiking, [next]);
  await live(opened, 60, normal, [next], 5);
  const events = await eventsOf(opened);
  expect(events.map(({ id, endedAtMs }) => [id, endedAtMs === null])).toEqual([[before?.id, false]]);
  expect((await takeNotices(opened)).map(([kind]) => kind)).toEqual(['incident-opened', 'incident-closed']);
}, 120_000);

test('learning again waits for minutes that are judged and not read: they are no silence', async () => {
  const opened = await open();
  let historyDays = 3;
  const detection = new TenantDetection({
    ...opened.context,
    countHistory: {
      listStarts: () => Promise.resolve([{ watchId: null, fromMs: startMs - historyDays * 24 * hourMs }]),
      read: (range) => opened.context.countHistory?.read(range) ?? Promise.resolve([]),
    },
  });
  const other = await opened.openWatch('other');
  let readUpToMs = startMs;
  async function pass(minutes: number, isRead: (minute: number) => boolean, laterMs = 0): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      const ms = opened.clock.nowMs();
      await opened.write(ms, [{ service: 'cart', lines: usual(ms) }]);
      opened.clock.advance(minuteMs);
      for (; isRead(minute) && readUpToMs < opened.clock.nowMs() - laterMs; readUpToMs += minuteMs) {
        await other(readUpToMs, [{ service: 'checkout', lines: usual(readUpToMs) }]);
      }
      await detection.tick();
    }
  }
  async function lookOn(): Promise<void> {
    while (await detection.tick()) {
      // There is more.
    }
  }
  await pass(30, () => true);
  await pass(10, () => false);
  // Counts from before the ledger are complete while the other log store is away; then it is nearly up to the run.
  historyDays = 4;
  await pass(10, () => false);
  await pass(1, () => true, 5 * minuteMs);
  await lookOn();
  await pass(5, () => true);
  await lookOn();
  expect(await eventsOf(opened)).toEqual([]);
  const { learnedFrom } = await opened.context.detection.readRun(opened.tenantId);
  const counted = Object.values(learnedFrom).map(({ countsMs }) => countsMs);
  expect(Math.min(...counted)).toBe(startMs - 4 * 24 * hourMs);
}, 120_000);
