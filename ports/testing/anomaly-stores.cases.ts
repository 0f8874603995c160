import { expect } from 'vitest';
import {
  anyEvent,
  type AnomalyEventRow,
  type AnomalyStore,
  type IncidentFilter,
  type IncidentRow,
  type IncidentTraits,
} from '../anomaly-store.ts';
import type { DeployRow, DeployStore } from '../deploy-store.ts';
import type { AnomalyLine, BaselineRow, DetectionRun, DetectionStore } from '../detection-store.ts';
import type { ContractCase } from './contract-case.ts';

/** Stores with two tenants that have nothing yet. */
export interface AnomalyStoresUnderTest {
  readonly anomalies: AnomalyStore;
  readonly deploys: DeployStore;
  readonly detection: DetectionStore;
  readonly tenantIds: readonly [string, string];
}

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 20, 10);
const ada = { kind: 'user', id: '1', name: 'Ada' };

function incidentOf(change: Partial<IncidentRow> = {}): IncidentRow {
  return {
    ...{ id: crypto.randomUUID(), title: 'a spike', severity: 3, services: ['cart'], kinds: ['spike'], eventCount: 1 },
    ...{ startedAtMs: startMs, lastEventAtMs: startMs, endedAtMs: null },
    ...{ isWithdrawn: false, acknowledged: null, assignee: null },
    ...change,
  };
}

function eventOf(incidentId: string | null, change: Partial<AnomalyEventRow> = {}): AnomalyEventRow {
  return {
    ...{ id: crypto.randomUUID(), incidentId, suppressionId: null, seriesKey: 'service:cart', service: 'cart' },
    ...{ namespace: 'shop', clusterId: null, kind: 'spike', metric: 'volume', severity: 3, title: 'a spike' },
    ...{ baseline: 20.5, observed: 400, deviationFactor: 19.5, evidence: 40, startedAtMs: startMs },
    ...{ detectedAtMs: startMs + minuteMs, endedAtMs: null, isNotified: false, details: { reasons: ['many'] } },
    ...change,
  };
}

const everything = {
  range: { fromMs: startMs - 600 * minuteMs, toMs: startMs + 600 * minuteMs },
  ...{ severities: [], kinds: [], services: [], isOpen: null },
};
const allEvents = anyEvent(everything.range);
const page = { limit: 100, offset: 0 };

const anomalyCases: ReadonlyArray<ContractCase<AnomalyStoresUnderTest>> = [
  {
    title: 'incidents and events come back as they were written, to their own tenant only, and again they are replaced',
    async run({ anomalies, tenantIds: [one, two] }) {
      const incident = incidentOf();
      const event = eventOf(incident.id);
      await anomalies.write(one, { incidents: [incident], events: [event] });
      expect(await anomalies.getIncident(one, incident.id)).toEqual(incident);
      expect(await anomalies.getEvent(one, event.id)).toEqual(event);
      expect(await anomalies.getIncident(two, incident.id)).toBeNull();
      expect(await anomalies.getEvent(two, event.id)).toBeNull();
      const ended = { ...event, endedAtMs: startMs + 9 * minuteMs, isNotified: true };
      await anomalies.acknowledge(one, [incident.id], { atMs: startMs, by: ada });
      await anomalies.write(one, { incidents: [{ ...incident, title: 'worse' }], events: [ended] });
      expect(await anomalies.getEvent(one, event.id)).toEqual(ended);
      // What people said of it stays.
      const kept = await anomalies.getIncident(one, incident.id);
      expect(kept).toMatchObject({ title: 'worse', acknowledged: { atMs: startMs, by: ada } });
      expect(await anomalies.listOpenEvents(one)).toEqual([]);
    },
  },
  {
    title: 'incidents are given to somebody and keep them, and are found by owner and by title',
    async run({ anomalies, tenantIds: [one, two] }) {
      const web = { kind: 'team', id: 'web', name: 'web' } as const;
      const given = incidentOf({ title: 'Carts fail' });
      const free = incidentOf({ title: 'Payments are slow' });
      await anomalies.write(one, { incidents: [given, free], events: [] });
      expect(await anomalies.assign(two, [given.id], web)).toEqual([]);
      expect(await anomalies.assign(one, [given.id], web)).toEqual([{ ...given, assignee: web }]);
      expect(await anomalies.assign(one, [given.id], web)).toEqual([]);
      await anomalies.write(one, { incidents: [{ ...given, eventCount: 2 }], events: [] });
      expect(await anomalies.getIncident(one, given.id)).toEqual({ ...given, eventCount: 2, assignee: web });
      const find = async (change: Pick<IncidentFilter, 'assigneeIds' | 'text'>) => {
        const filter = { ...everything, isAcknowledged: null, isWithdrawn: null, ...change };
        const { incidents, totalCount } = await anomalies.listIncidents(one, filter, page);
        expect(totalCount).toBe(incidents.length);
        return incidents.map(({ title }) => title).sort();
      };
      expect(await find({ assigneeIds: ['web', 'ada'] })).toEqual(['Carts fail']);
      expect(await find({ assigneeIds: [null] })).toEqual(['Payments are slow']);
      expect(await find({ assigneeIds: ['web', null] })).toEqual(['Carts fail', 'Payments are slow']);
      expect(await find({ text: 'cARTS' })).toEqual(['Carts fail']);
      expect(await find({ text: '%' })).toEqual([]);
      const events = [eventOf(given.id), eventOf(free.id), eventOf(null)];
      await anomalies.write(one, { incidents: [], events });
      const findEvents = async (incident?: IncidentTraits) => {
        const filter = incident === undefined ? allEvents : { ...allEvents, incident };
        const found = await anomalies.listEvents(one, filter, { ...page, order: 'asc' });
        return new Set(found.events.map(({ id }) => events.findIndex((event) => event.id === id)));
      };
      expect(await findEvents()).toEqual(new Set([0, 1, 2]));
      expect(await findEvents({ isAcknowledged: null })).toEqual(new Set([0, 1]));
      expect(await findEvents({ isAcknowledged: null, assigneeIds: ['web'] })).toEqual(new Set([0]));
      expect(await findEvents({ isAcknowledged: null, text: 'slow' })).toEqual(new Set([1]));
      await anomalies.acknowledge(one, [free.id], { atMs: startMs, by: ada });
      expect(await findEvents({ isAcknowledged: false })).toEqual(new Set([0]));
      await anomalies.assign(one, [given.id], null);
      expect(await find({ assigneeIds: ['web'] })).toEqual([]);
    },
  },
  {
    title: 'what was done with an incident is listed, newest first, and goes with it',
    async run({ anomalies, tenantIds: [one, two] }) {
      const web = { kind: 'team', id: 'web', name: 'web' } as const;
      const [incident, other] = [incidentOf({ endedAtMs: startMs }), incidentOf()];
      await anomalies.write(one, { incidents: [incident, other], events: [] });
      const byRule = { kind: 'assigned', reason: 'owner-rule', assignee: web, actor: null, atMs: startMs } as const;
      const seen = { kind: 'acknowledged', reason: 'person', assignee: null, actor: ada, atMs: startMs + 1 } as const;
      await anomalies.addIncidentChanges(one, [incident.id, other.id], byRule);
      await anomalies.addIncidentChanges(one, [incident.id], seen);
      const changes = await anomalies.listIncidentChanges(one, incident.id, 10);
      expect(changes.map(({ id: _, ...change }) => change)).toEqual([seen, byRule]);
      expect(await anomalies.listIncidentChanges(one, incident.id, 1)).toEqual(changes.slice(0, 1));
      expect(await anomalies.listIncidentChanges(one, other.id, 10)).toMatchObject([byRule]);
      expect(await anomalies.listIncidentChanges(two, incident.id, 10)).toEqual([]);
      await anomalies.deleteEndedBefore(one, startMs + 1, 10);
      expect(await anomalies.listIncidentChanges(one, incident.id, 10)).toEqual([]);
    },
  },
  {
    title: 'lists are narrowed by what is asked for, in order, with counts of all that match',
    async run({ anomalies, tenantIds: [one] }) {
      const incidents = [
        incidentOf({ startedAtMs: startMs - 60 * minuteMs, endedAtMs: startMs - 30 * minuteMs, severity: 1 }),
        incidentOf({ services: ['cart', 'pay'], kinds: ['spike', 'errors'] }),
        incidentOf({ startedAtMs: startMs + 5 * minuteMs, services: ['pay'], kinds: ['silence'] }),
      ];
      const [old, wide, late] = incidents.map(({ id }) => id);
      await anomalies.write(one, { incidents, events: [] });
      const list = async (change: object) => {
        const found = await anomalies.listIncidents(
          one,
          { ...everything, isAcknowledged: null, isWithdrawn: null, ...change },
          page
        );
        return [found.incidents.map(({ id }) => id), found.totalCount, found.openCount];
      };
      expect(await list({})).toEqual([[late, wide, old], 3, 2]);
      expect(await list({ services: ['pay'] })).toEqual([[late, wide], 2, 2]);
      expect(await list({ kinds: ['errors'] })).toEqual([[wide], 1, 1]);
      expect(await list({ severities: [1] })).toEqual([[old], 1, 0]);
      expect(await list({ isOpen: true })).toEqual([[late, wide], 2, 2]);
      expect(await list({ range: { fromMs: startMs - 20 * minuteMs, toMs: startMs + minuteMs } })).toEqual([
        [wide],
        1,
        1,
      ]);
      await anomalies.acknowledge(one, [wide ?? ''], { atMs: startMs, by: ada });
      expect(await list({ isAcknowledged: true })).toEqual([[wide], 1, 1]);
      await anomalies.acknowledge(one, [wide ?? ''], null);
      expect(await list({ isAcknowledged: true })).toEqual([[], 0, 0]);
      const takenBack = { details: { reasons: [], isWithdrawn: true } };
      await anomalies.write(one, {
        incidents: [],
        events: [eventOf(wide ?? '', takenBack), eventOf(late ?? '', takenBack), eventOf(late ?? '')],
      });
      expect(await list({ isWithdrawn: true })).toEqual([[wide], 1, 1]);
      expect(await list({ isWithdrawn: false })).toEqual([[late, old], 2, 1]);
      expect((await anomalies.getIncident(one, wide ?? ''))?.isWithdrawn).toBe(true);
      const recent = await anomalies.lockRecentIncidents(one, startMs - 31 * minuteMs);
      expect(recent.map(({ id }) => id)).toEqual([old, wide, late]);
      expect((await anomalies.lockRecentIncidents(one, startMs)).map(({ id }) => id)).toEqual([wide, late]);
    },
  },
  {
    title: 'events that are held back and events that were taken back are listed apart',
    async run({ anomalies, tenantIds: [one] }) {
      const suppression = await anomalies.createSuppression(one, {
        ...{ service: 'cart', namespace: 'shop', kind: 'spike', clusterId: null, reason: 'sale', eventId: null },
        ...{ createdBy: ada, expiresAtMs: startMs + 60 * minuteMs },
      });
      const incident = incidentOf();
      const shown = eventOf(incident.id);
      const held = eventOf(null, { suppressionId: suppression.id });
      const withdrawn = eventOf(incident.id, {
        ...{ startedAtMs: startMs - minuteMs, endedAtMs: startMs },
        details: { reasons: [], isWithdrawn: true },
      });
      await anomalies.write(one, { incidents: [incident], events: [shown, held, withdrawn] });
      const list = async (change: object, order: 'asc' | 'desc' = 'asc') =>
        (await anomalies.listEvents(one, { ...allEvents, ...change }, { ...page, order })).events.map(({ id }) => id);
      expect(await list({})).toEqual([withdrawn.id, shown.id]);
      expect(await list({}, 'desc')).toEqual([shown.id, withdrawn.id]);
      expect(await list({ isWithdrawn: false })).toEqual([shown.id]);
      expect(await list({ isWithdrawn: true })).toEqual([withdrawn.id]);
      expect(await list({ isSuppressed: true })).toEqual([held.id]);
      expect((await anomalies.listEventsOf(one, incident.id)).map(({ id }) => id)).toEqual([withdrawn.id, shown.id]);
      const [listed] = await anomalies.listSuppressions(one, startMs);
      expect(listed).toMatchObject({ id: suppression.id, heldBackCount: 1, createdBy: ada });
      expect(await anomalies.listSuppressions(one, startMs + 60 * minuteMs)).toEqual([]);
      expect(await anomalies.endSuppression(one, suppression.id)).toBe(true);
      expect(await anomalies.endSuppression(one, suppression.id)).toBe(false);
      expect(await anomalies.listSuppressions(one, startMs)).toEqual([]);
    },
  },
  {
    title: 'what was said of an event is kept in order, and what ended long ago goes with its events',
    async run({ anomalies, tenantIds: [one] }) {
      const incident = incidentOf({ endedAtMs: startMs + minuteMs });
      const open = incidentOf();
      const event = eventOf(incident.id, { endedAtMs: startMs + minuteMs });
      await anomalies.write(one, { incidents: [incident, open], events: [event, eventOf(open.id)] });
      await anomalies.addFeedback(one, event.id, { verdict: 'up', reason: 'right', by: ada });
      await anomalies.addFeedback(one, event.id, { verdict: 'down', reason: 'noise', by: ada });
      const said = await anomalies.listFeedback(one, event.id);
      expect(said.map(({ verdict, reason }) => [verdict, reason])).toEqual([
        ['up', 'right'],
        ['down', 'noise'],
      ]);
      expect(await anomalies.deleteEndedBefore(one, startMs + minuteMs, 10)).toBe(0);
      expect(await anomalies.deleteEndedBefore(one, startMs + 2 * minuteMs, 10)).toBe(1);
      expect(await anomalies.getEvent(one, event.id)).toBeNull();
      expect(await anomalies.listOpenEvents(one)).toHaveLength(1);
    },
  },
];

function deployOf(change: Partial<DeployRow> = {}): Omit<DeployRow, 'id'> {
  const { id, ...deploy } = {
    ...{ id: '', service: 'cart', namespace: '', version: 'v1', deployedAtMs: startMs, link: null, source: 'test' },
    createdBy: ada,
    ...change,
  };
  return deploy;
}

const deployCases: ReadonlyArray<ContractCase<AnomalyStoresUnderTest>> = [
  {
    title: 'a deploy is kept once, and listed by range and service, the latest first',
    async run({ deploys, tenantIds: [one, two] }) {
      const first = await deploys.create(one, deployOf());
      expect((await deploys.create(one, deployOf({ link: 'https://ci.example' }))).id).toBe(first.id);
      const later = await deploys.create(one, deployOf({ service: 'pay', deployedAtMs: startMs + minuteMs }));
      await deploys.create(two, deployOf());
      expect(await deploys.get(one, first.id)).toEqual(first);
      expect(await deploys.get(two, first.id)).toBeNull();
      const range = { fromMs: startMs, toMs: startMs + 2 * minuteMs };
      const all = await deploys.list(one, { range, services: [] }, page);
      expect([all.deploys, all.totalCount]).toEqual([[later, first], 2]);
      const narrow = await deploys.list(
        one,
        { range: { ...range, toMs: startMs + minuteMs }, services: ['cart'] },
        page
      );
      expect(narrow.deploys).toEqual([first]);
      const second = await deploys.list(one, { range, services: [] }, { limit: 1, offset: 1 });
      expect([second.deploys, second.totalCount]).toEqual([[first], 2]);
      expect(await deploys.deleteBefore(one, startMs + minuteMs, 10)).toBe(1);
      expect((await deploys.list(one, { range, services: [] }, page)).deploys).toEqual([later]);
    },
  },
];

const run: DetectionRun = {
  ...{
    historyFromMs: startMs - 600 * minuteMs,
    detectedUpToMs: startMs,
    announceFromMs: null,
    ledgerSeenAtMs: startMs,
  },
  ...{ learnedFrom: { watch: { ledgerMs: startMs, countsMs: startMs - minuteMs } }, seriesCount: 3 },
  ...{ status: 'learning', statusDetail: 'Judged' },
};

function baselineOf(seriesKey: string): BaselineRow {
  return {
    ...{ seriesKey, service: 'cart', namespace: '', clusterId: null, windowStartMs: startMs - minuteMs },
    ...{ windowEndMs: startMs, avgLogRate: 20, avgErrorRate: 0.1, p95ErrorRate: 0.2, state: 'packed' },
  };
}

function lineOf(timestampNs: bigint): AnomalyLine {
  return { id: crypto.randomUUID(), timestampNs, labels: { loghunter: 'anomaly', service: 'cart' }, line: '{"a":1}' };
}

const detectionCases: ReadonlyArray<ContractCase<AnomalyStoresUnderTest>> = [
  {
    title: 'a step counts for whoever holds the lease and begins where the run is, and for nobody else',
    async run({ detection, tenantIds: [one, two] }) {
      expect(await detection.readRun(one)).toMatchObject({ status: 'waiting', detectedUpToMs: null, learnedFrom: {} });
      expect(await detection.lease(one, 'a', 60_000)).toBe(true);
      expect(await detection.lease(one, 'b', 60_000)).toBe(false);
      const step = { expectedUpToMs: null, run, baselines: [baselineOf('x')], endedSeriesKeys: [], lines: [] };
      await expect(detection.advance(one, { ...step, holder: 'b' })).rejects.toMatchObject({ kind: 'conflict' });
      await detection.advance(one, { ...step, holder: 'a' });
      expect(await detection.readRun(one)).toEqual(run);
      await expect(detection.advance(one, { ...step, holder: 'a' })).rejects.toMatchObject({ kind: 'conflict' });
      expect(await detection.readRun(two)).toMatchObject({ status: 'waiting' });
      await detection.release(one, 'b');
      expect(await detection.lease(one, 'b', 60_000)).toBe(false);
      await detection.release(one, 'a');
      expect(await detection.lease(one, 'b', 60_000)).toBe(true);
      await detection.setStatus(one, 'a', { status: 'failing', statusDetail: 'not mine' });
      expect((await detection.readRun(one)).status).toBe('learning');
      await detection.setStatus(one, 'b', { status: 'no-data', statusDetail: 'nothing new' });
      expect(await detection.readRun(one)).toMatchObject({ status: 'no-data', statusDetail: 'nothing new' });
    },
  },
  {
    title: 'baselines are replaced, and those of series that are gone are taken away',
    async run({ detection, tenantIds: [one, two] }) {
      await detection.lease(one, 'a', 60_000);
      const step = { holder: 'a', lines: [], endedSeriesKeys: [] };
      const both = [baselineOf('x'), baselineOf('y')];
      await detection.advance(one, { ...step, expectedUpToMs: null, run, baselines: both });
      expect(await detection.listBaselines(one)).toEqual(both);
      const changed = { ...baselineOf('y'), avgLogRate: 40, state: 'other' };
      const next = { ...step, expectedUpToMs: startMs, run: { ...run, detectedUpToMs: startMs + minuteMs } };
      await detection.advance(one, { ...next, baselines: [changed], endedSeriesKeys: ['x'] });
      expect(await detection.listBaselines(one)).toEqual([changed]);
      expect(await detection.getBaseline(one, 'y')).toEqual(changed);
      expect(await detection.getBaseline(one, 'x')).toBeNull();
      expect(await detection.getBaseline(two, 'y')).toBeNull();
    },
  },
  {
    title: 'lines wait in order of time until they are pushed, each once',
    async run({ detection, tenantIds: [one, two] }) {
      await detection.lease(one, 'a', 60_000);
      const lines = [lineOf(3n), lineOf(1n), lineOf(2n)];
      const step = { holder: 'a', expectedUpToMs: null, run, baselines: [], endedSeriesKeys: [] };
      await detection.advance(one, { ...step, lines });
      const [late, early, middle] = lines;
      expect(await detection.listWaitingLines(one, 2)).toEqual([early, middle]);
      expect(await detection.listWaitingLines(two, 2)).toEqual([]);
      await detection.markPushed(one, [early?.id ?? '', middle?.id ?? '']);
      await detection.advance(one, { ...step, expectedUpToMs: startMs, lines: early === undefined ? [] : [early] });
      expect(await detection.listWaitingLines(one, 10)).toEqual([late]);
      const afterAllMs = Date.now() + 3_600_000;
      expect(await detection.deletePushedBefore(one, afterAllMs, 1)).toBe(1);
      expect(await detection.deletePushedBefore(one, afterAllMs, 10)).toBe(1);
      expect(await detection.listWaitingLines(one, 10)).toEqual([late]);
    },
  },
];

/** What every {@link AnomalyStore}, {@link DeployStore} and {@link DetectionStore} does. */
export const anomalyStoreCases = [...anomalyCases, ...deployCases, ...detectionCases];
