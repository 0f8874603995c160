import { randomUUID } from 'node:crypto';
import { anyEvent } from '@loghunter/ports';
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
import { recordEvents } from './record-events.ts';
import { TenantDetection } from './tenant-detection.ts';

async function takeNotices({ notices, tenantId }: Opened) {
  return notices.take(tenantId, 100);
}

describe('watching a tenant', () => {
  test('a spike opens an incident, raises it, ends, and is told of once each; it has the owner of its service', async () => {
    const opened = await open();
    const assignee = { kind: 'team', id: 'carts', name: 'carts' } as const;
    const rule = { label: 'service', value: 'cart', assignee, createdBy: 'Ada' };
    const { id: ruleId } = await opened.workList.createOwnerRule(opened.tenantId, rule);
    await live(opened, 10, normal, [opened.detection], 5);
    expect(await eventsOf(opened)).toEqual([]);
    await live(opened, 6, spiking);
    const [event] = await eventsOf(opened);
    expect(event).toMatchObject({
      service: 'cart',
      kind: 'spike',
      metric: 'volume',
      endedAtMs: null,
      isNotified: true,
    });
    expect(event?.severity).toBeGreaterThanOrEqual(3);
    expect(event?.startedAtMs).toBe(startMs + 10 * minuteMs);
    await live(opened, 30, normal, [opened.detection], 6);
    const incident = await opened.anomalies.getIncident(opened.tenantId, event?.incidentId ?? '');
    expect(incident?.assignee).toEqual(assignee);
    await opened.workList.hideOwnerRule(opened.tenantId, ruleId);
    expect(await opened.workList.listTeams(opened.tenantId)).toEqual(['carts']);
    const events = await eventsOf(opened);
    expect(events.filter(({ service }) => service === 'checkout')).toEqual([]);
    expect(events.every(({ endedAtMs }) => endedAtMs !== null)).toBe(true);
    // The cluster's own series has no history yet: the service's event is the only one.
    expect(events).toHaveLength(1);
    const notices = await takeNotices(opened);
    const kinds = notices.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'incident-opened')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'incident-closed')).toHaveLength(1);
    expect(notices[0]).toMatchObject({ service: 'cart', incidentId: event?.incidentId });
    const range = { fromNs: BigInt(startMs) * 1_000_000n, toNs: BigInt(startMs + hourMs) * 1_000_000n };
    const pushed = await opened.logs.findEntries({
      ...range,
      ...{ query: '{loghunter="anomaly"}', direction: 'oldest-first', limit: 100 },
      signal: opened.context.signal,
    });
    const changes = pushed.map(({ line }) => (JSON.parse(line) as { change: string }).change);
    expect(changes[0]).toBe('opened');
    expect(changes.at(-1)).toBe('closed');
    expect(changes.filter((change) => change === 'opened')).toHaveLength(1);
    expect(pushed[0]?.labels).toMatchObject({ loghunter: 'anomaly', service: 'cart', kind: 'spike' });
  }, 120_000);

  test('two processes and one that dies in mid-tick find each event once', async () => {
    const opened = await open();
    const second = new TenantDetection({ ...opened.context, holder: randomUUID() });
    await live(opened, 8, normal, [opened.detection, second]);
    // The second takes over after the first is gone; then the first dies while it writes.
    await opened.detection.release();
    await live(opened, 4, spiking, [second]);
    const failing = new TenantDetection({
      ...opened.context,
      holder: 'dying',
      observeFailure: () => undefined,
      detection: {
        ...opened.context.detection,
        advance: () => Promise.reject(new TypeError('killed before the commit')),
      },
    });
    await second.release();
    await live(opened, 3, spiking, [failing]);
    await failing.release();
    const third = new TenantDetection({ ...opened.context, holder: randomUUID() });
    await live(opened, 30, normal, [third], 6);
    const events = await eventsOf(opened);
    expect(events.map(({ service, kind }) => [service, kind])).toEqual([['cart', 'spike']]);
    const kinds = (await takeNotices(opened)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'incident-opened')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'incident-closed')).toHaveLength(1);
  }, 120_000);

  test('services are judged on while the log store of others is away; these are judged when it is back, as if it never was', async () => {
    const cart = (ms: number, lines: number) => [{ service: 'cart', lines: usual(ms) * lines }];
    const checkout = (ms: number, lines: number) => [{ service: 'checkout', lines: usual(ms) * lines }];
    const spikes = (ms: number, from: number, to: number) =>
      ms >= startMs + from * minuteMs && ms < startMs + to * minuteMs ? 20 : 1;
    async function pass(opened: Opened, away: { readonly from: number; readonly to: number }) {
      const other = await opened.openWatch('other');
      let events: Awaited<ReturnType<typeof eventsOf>> = [];
      const missed: number[] = [];
      for (let minute = 0; minute < 60; minute += 1) {
        const ms = opened.clock.nowMs();
        await opened.write(ms, cart(ms, spikes(ms, 20, 24)));
        missed.push(ms);
        if (minute < away.from || minute >= away.to) {
          for (const missedMs of missed.splice(0)) {
            await other(missedMs, checkout(missedMs, spikes(missedMs, 22, 26)));
          }
        }
        opened.clock.advance(minuteMs);
        if (minute % 5 === 4) {
          await opened.detection.tick();
        }
        events = minute === away.to - 1 ? await eventsOf(opened) : events;
      }
      const run = await opened.context.detection.readRun(opened.tenantId);
      return { whileAway: events, run };
    }
    const [whole, broken] = [await open(), await open()];
    await pass(whole, { from: 60, to: 60 });
    const { whileAway, run } = await pass(broken, { from: 15, to: 50 });
    expect(whileAway.map(({ service, kind, endedAtMs }) => [service, kind, endedAtMs === null])).toEqual([
      ['cart', 'spike', false],
    ]);
    const plain = (events: Awaited<ReturnType<typeof eventsOf>>) =>
      events.map(({ service, kind, severity, startedAtMs, detectedAtMs, endedAtMs, observed, baseline }) => ({
        ...{ service, kind, severity, startedAtMs, detectedAtMs, endedAtMs, observed, baseline },
      }));
    expect(plain(await eventsOf(broken))).toEqual(plain(await eventsOf(whole)));
    expect((await eventsOf(broken)).map(({ service }) => service)).toEqual(['cart', 'checkout']);
    expect(Object.values(run.learnedFrom).map(({ judgedUpToMs }) => judgedUpToMs)).toEqual([undefined, undefined]);
    const told = (await takeNotices(broken)).filter(({ kind }) => kind === 'incident-opened');
    expect(told.map(({ service }) => service)).toEqual(['cart']);
  }, 120_000);

  test('a process that takes over while a log store is away judges its services where they were left', async () => {
    const opened = await open();
    const other = await opened.openWatch('other');
    const pass = async (minutes: number, detection: TenantDetection, isAway: boolean, factor = 1) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        const ms = opened.clock.nowMs();
        await opened.write(ms, [{ service: 'cart', lines: usual(ms) }]);
        if (!isAway) {
          await other(ms, [{ service: 'checkout', lines: usual(ms) * factor }]);
        }
        opened.clock.advance(minuteMs);
        if (minute % 5 === 4) {
          await detection.tick();
        }
      }
    };
    await pass(70, opened.detection, false);
    const awayMs = opened.clock.nowMs();
    await pass(20, opened.detection, true);
    await opened.detection.release();
    const next = new TenantDetection({ ...opened.context, holder: randomUUID() });
    await pass(5, next, true);
    const status = await opened.context.detection.readRun(opened.tenantId);
    expect(status).toMatchObject({
      status: 'watching',
      statusDetail: expect.stringContaining('has been read by other'),
    });
    for (let ms = awayMs; ms < opened.clock.nowMs(); ms += minuteMs) {
      await other(ms, [{ service: 'checkout', lines: usual(ms) * (ms < awayMs + 4 * minuteMs ? 20 : 1) }]);
    }
    await pass(10, next, false);
    const events = await eventsOf(opened);
    expect(events.map(({ service, kind, startedAtMs }) => [service, kind, startedAtMs])).toEqual([
      ['checkout', 'spike', awayMs],
    ]);
  }, 120_000);

  test('history gives the same events as the live run, and tells nobody', async () => {
    // Over long before it is judged; what still went on would be told of.
    const course = (ms: number) =>
      ms >= startMs + 10 * minuteMs && ms < startMs + 14 * minuteMs ? spiking(ms) : normal(ms);
    const seen = await open();
    await live(seen, 60, course, [seen.detection], 2);
    const late = await open();
    for (let minute = 0; minute < 60; minute += 1) {
      await late.write(startMs + minute * minuteMs, course(startMs + minute * minuteMs));
    }
    late.clock.advance(60 * minuteMs);
    await late.detection.tick();
    const plain = (events: Awaited<ReturnType<typeof eventsOf>>) =>
      events.map(({ service, kind, severity, startedAtMs, detectedAtMs, endedAtMs, observed, baseline, evidence }) => ({
        ...{ service, kind, severity, startedAtMs, detectedAtMs, endedAtMs, observed, baseline, evidence },
      }));
    const liveEvents = plain(await eventsOf(seen));
    expect(liveEvents.length).toBeGreaterThanOrEqual(1);
    expect(plain(await eventsOf(late))).toEqual(liveEvents);
    expect(await takeNotices(late)).toEqual([]);
    expect((await eventsOf(late)).every(({ isNotified }) => !isNotified)).toBe(true);
  }, 120_000);

  test('a log store that is away is no silence: nothing is judged, and the status says so', async () => {
    const opened = await open();
    await live(opened, 10, normal, [opened.detection], 5);
    for (let minute = 0; minute < 20; minute += 1) {
      opened.clock.advance(minuteMs);
      await opened.detection.tick();
    }
    expect(await eventsOf(opened)).toEqual([]);
    const run = await opened.context.detection.readRun(opened.tenantId);
    expect(run.status).toBe('no-data');
    expect(run.statusDetail).toContain('2026-10-05T12:10');
    // Back again: what was missed is judged, and nothing comes of it.
    for (let minute = 10; minute < 30; minute += 1) {
      await opened.write(startMs + minute * minuteMs, normal(startMs + minute * minuteMs));
    }
    await opened.detection.tick();
    expect(await eventsOf(opened)).toEqual([]);
    expect((await opened.context.detection.readRun(opened.tenantId)).status).toBe('watching');
  }, 120_000);

  test('a service that falls silent is told of, a collector that loses everything is not', async () => {
    const opened = await open();
    await live(opened, 10, normal, [opened.detection], 5);
    await live(opened, 8, () => []);
    expect(await eventsOf(opened)).toEqual([]);
    await live(opened, 10, normal, [opened.detection], 5);
    await live(opened, 8, (ms) => [{ service: 'checkout', lines: usual(ms) }]);
    const events = await eventsOf(opened);
    expect(events.map(({ service, kind }) => [service, kind])).toEqual([['cart', 'silence']]);
  }, 120_000);

  test('lines that come late take a silence back, and the incident that was nothing else leaves the list and says why', async () => {
    const opened = await open();
    await live(opened, 10, normal, [opened.detection], 5);
    const silentFromMs = opened.clock.nowMs();
    await live(opened, 6, (ms) => [{ service: 'checkout', lines: usual(ms) }]);
    expect(await eventsOf(opened)).toHaveLength(1);
    for (let ms = silentFromMs; ms < opened.clock.nowMs(); ms += minuteMs) {
      await opened.write(ms, normal(ms), opened.clock.nowMs());
    }
    await live(opened, 2);
    const [event] = await eventsOf(opened);
    expect(event?.endedAtMs).not.toBeNull();
    expect(event?.details['isWithdrawn']).toBe(true);
    const { range, severities, kinds, services, isOpen } = anyEvent({ fromMs: 0, toMs: startMs + 24 * hourMs });
    const list = async (isWithdrawn: boolean) => {
      const filter = { range, severities, kinds, services, isOpen, isAcknowledged: null, isWithdrawn };
      return (await opened.anomalies.listIncidents(opened.tenantId, filter, { limit: 10, offset: 0 })).incidents;
    };
    expect(await list(false)).toEqual([]);
    expect(await list(true)).toMatchObject([{ id: event?.incidentId, isWithdrawn: true }]);
    const closing = (await takeNotices(opened)).filter(({ kind }) => kind === 'incident-closed');
    expect(closing.map(({ title }) => title.startsWith('Taken back, nothing was wrong: '))).toEqual([true]);
  }, 120_000);

  test('a restart goes on with an open event and neither opens another nor leaves it open', async () => {
    const opened = await open();
    await live(opened, 12, normal, [opened.detection], 6);
    await live(opened, 5, spiking);
    const again = new TenantDetection(opened.context);
    await live(opened, 3, spiking, [again]);
    const third = new TenantDetection(opened.context);
    await live(opened, 30, normal, [third], 6);
    const events = await eventsOf(opened);
    expect(events.map(({ kind, endedAtMs }) => [kind, endedAtMs === null])).toEqual([['spike', false]]);
  }, 120_000);

  test('what a suppression holds back is kept without an incident and told to nobody', async () => {
    const opened = await open();
    await opened.anomalies.createSuppression(opened.tenantId, {
      ...{ service: 'cart', namespace: '', kind: 'spike', clusterId: null, reason: 'sale', eventId: null },
      ...{ createdBy: { kind: 'user', id: '1', name: 'Ada' }, expiresAtMs: startMs + 24 * hourMs },
    });
    await live(opened, 10, normal, [opened.detection], 5);
    await live(opened, 6, spiking);
    expect(await eventsOf(opened)).toEqual([]);
    const [suppression] = await opened.anomalies.listSuppressions(opened.tenantId, opened.clock.nowMs());
    expect(suppression?.heldBackCount).toBe(1);
    expect(await takeNotices(opened)).toEqual([]);
  }, 120_000);

  test('a cluster that is ignored makes no incident, and is told to nobody; its service still is', async () => {
    const opened = await open();
    const [cart, checkout] = [0, 2].map((number) => `${opened.tenantId.slice(0, 35)}${number}`);
    opened.ignored.add(cart ?? '').add(checkout ?? '');
    // Two days of history are those of services alone: clusters need their own.
    await live(opened, 10, normal, [opened.detection], 5);
    await live(opened, 6, spiking);
    const events = await eventsOf(opened);
    expect(events.map(({ clusterId, incidentId }) => [clusterId, incidentId === null])).toEqual([[null, false]]);
    const notices = await takeNotices(opened);
    expect(notices.map(({ kind }) => kind)).toContain('incident-opened');
    // Its loudest cluster is ignored: the message shows another one, and nothing holds it back.
    expect(notices.every(({ clusterId }) => clusterId !== cart)).toBe(true);
    const about = { ...events[0], clusterId: cart ?? '', id: randomUUID(), seriesKey: 'cluster', incidentId: null };
    const { incidentId, suppressionId, isNotified, ...found } = about as NonNullable<(typeof events)[0]>;
    const recorded = await recordEvents(opened.anomalies, opened.tenantId, [found], opened.ignored);
    expect(recorded.incidents).toEqual([]);
    expect(recorded.events[0]?.after.incidentId).toBeNull();
  }, 120_000);
});
