import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RehearsalResult, StartRehearsalRequest } from '@loghunter/contracts';
import { findIncident, TenantDetector, type MinuteFacts } from '@loghunter/engine/detection';
import type { AnomalyStore, ClusterStore, DeployStore, Ledger, MinuteRange, SeriesStore } from '@loghunter/ports';
import { toTimestamp } from '../http/time-range.ts';
import { JobError, type JobKind, type JobRun } from '../jobs/job-kind.ts';
import { maxWatchedClusters, type DetectionSettings } from './detection-context.ts';
import { toFoundEvents } from './found-events.ts';
import { readFacts, type CountHistory } from './minute-facts.ts';
import { presentEvent, severityName, severityNumber } from './present-anomaly.ts';
import { readDeploys } from './read-deploys.ts';
import type { FoundEvent } from './record-events.ts';
import { rehearsalKind } from './start-rehearsal.ts';
import { createOffsets } from './time-zone.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Before the days that are judged, baselines learn from so much, where it is there. */
const learnedMs = 14 * dayMs;
const maxListedEvents = 500;
const usualSensitivity = 3;

/** What rehearsing needs. */
export interface RehearsalParts {
  readonly ledger: Ledger;
  readonly series: SeriesStore;
  readonly clusters: ClusterStore;
  readonly anomalies: AnomalyStore;
  readonly deploys: DeployStore;
  readonly settingsOf: (tenantId: string) => Promise<DetectionSettings>;
  readonly countHistoryOf: (tenantId: string) => CountHistory | null;
}

type Input = StartRehearsalRequest & { readonly toMs: number };

interface Incident {
  readonly id: string;
  readonly services: readonly string[];
  readonly startedAtMs: number;
  readonly lastEventAtMs: number;
  readonly endedAtMs: number | null;
}

/** Judges past days again with given settings, from nothing, as the detectors would have; writes nothing. */
export function createRehearsalKind(parts: RehearsalParts): JobKind {
  return {
    name: rehearsalKind,
    role: 'editor',
    // It costs a minute of work: a person asks again if it is still wanted.
    retryDelaysSeconds: [30],
    async run(run) {
      const input = run.job.input as Readonly<Record<string, unknown>> & Input;
      const settings = await parts.settingsOf(run.tenantId);
      const range = { fromMs: input.toMs - input.days * dayMs, toMs: input.toMs };
      const sensitivity = input.sensitivity ?? settings.sensitivity ?? usualSensitivity;
      return summarise(
        input,
        range,
        sensitivity,
        settings.timeZone,
        await rehearse(parts, run, range, { ...settings, sensitivity })
      );
    },
  };
}

interface Outcome {
  readonly events: readonly FoundEvent[];
  readonly seriesCount: number;
  readonly learnedFromMs: number | null;
}

async function rehearse(
  parts: RehearsalParts,
  run: JobRun,
  range: MinuteRange,
  settings: DetectionSettings
): Promise<Outcome> {
  const { tenantId, signal, report } = run;
  const marks = await readMarks(parts, tenantId, range);
  if (marks === null) {
    throw new JobError('Nothing has been read yet: there are no past days', { isRetryable: false });
  }
  const countHistory = parts.countHistoryOf(tenantId);
  const wantedFromMs = range.fromMs - learnedMs;
  const fromMs = Math.max(Math.min(marks.fromMs, countHistory?.fromMs ?? marks.fromMs), wantedFromMs);
  const toMs = Math.min(range.toMs, marks.toMs);
  const detector = new TenantDetector(
    { sensitivity: settings.sensitivity, maxClusters: maxWatchedClusters },
    marks.fromMs / minuteMs
  );
  const offsetAt = createOffsets(settings.timeZone);
  const events = new Map<string, FoundEvent>();
  const context = { tenantId, clusters: parts.clusters, anomalies: { getEvent: () => Promise.resolve(null) } };
  for (let atMs = fromMs; atMs < toMs; atMs += hourMs) {
    const part = { fromMs: atMs, toMs: Math.min(atMs + hourMs, toMs) };
    report((atMs - fromMs) / Math.max(1, toMs - fromMs), `judging ${toTimestamp(atMs).slice(0, 10)}`);
    const deploys = await readDeploys({ deploys: parts.deploys, tenantId }, part);
    const facts = await readFacts({ series: parts.series, offsetAt, countHistory }, tenantId, part, marks.fromMs);
    const changes = facts.flatMap((minute: MinuteFacts) => detector.observe(minute, deploys));
    for (const event of await toFoundEvents(context, changes)) {
      events.set(event.id, keepFirst(events.get(event.id), event));
    }
    await nextTurn();
    signal.throwIfAborted();
  }
  const judged = [...events.values()].filter(({ endedAtMs }) => endedAtMs === null || endedAtMs > range.fromMs);
  return { events: judged, seriesCount: detector.seriesCount, learnedFromMs: fromMs < toMs ? fromMs : null };
}

/** What stays of an event over the hours. */
function keepFirst(before: FoundEvent | undefined, after: FoundEvent): FoundEvent {
  if (before === undefined) {
    return after;
  }
  const severity = before.severity > after.severity ? before.severity : after.severity;
  return { ...after, severity, startedAtMs: Math.min(before.startedAtMs, after.startedAtMs) };
}

async function readMarks(
  { ledger, clusters }: RehearsalParts,
  tenantId: string,
  range: MinuteRange
): Promise<MinuteRange | null> {
  const watches = (await ledger.listWatches(tenantId)).filter(({ isRetired }) => !isRetired);
  const coverage = await clusters.readCoverage(tenantId, { fromMs: range.toMs - minuteMs, toMs: range.toMs });
  return watches.length === 0 || coverage.readFromMs === null || coverage.readUpToMs === null
    ? null
    : { fromMs: coverage.readFromMs, toMs: coverage.readUpToMs };
}

function summarise(
  { leastSeverity = 'low', service: services = [] }: Input,
  range: MinuteRange,
  sensitivity: number,
  timeZone: string,
  { events, seriesCount, learnedFromMs }: Outcome
): RehearsalResult {
  const offsetAt = createOffsets(timeZone);
  const dayOf = (ms: number) => toTimestamp(ms + offsetAt(ms) * minuteMs).slice(0, 10);
  const told = events
    .filter(({ severity }) => severity >= severityNumber(leastSeverity))
    .filter(({ service }) => services.length === 0 || services.includes(service))
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : 1));
  const incidents = rollUp(told);
  const days = new Set<string>();
  for (let ms = range.fromMs; ms < range.toMs; ms += hourMs) {
    days.add(dayOf(ms));
  }
  return {
    from: toTimestamp(range.fromMs),
    to: toTimestamp(range.toMs),
    ...{ sensitivity, seriesCount, learnedFrom: learnedFromMs === null ? null : toTimestamp(learnedFromMs) },
    days: [...days].map((day) => {
      const counts = { low: 0, medium: 0, high: 0, critical: 0 };
      for (const event of told.filter(({ startedAtMs }) => dayOf(Math.max(startedAtMs, range.fromMs)) === day)) {
        counts[severityName(event.severity)] += 1;
      }
      const began = incidents.filter(({ startedAtMs }) => dayOf(Math.max(startedAtMs, range.fromMs)) === day);
      return { day, counts, incidentCount: began.length };
    }),
    events: told.slice(0, maxListedEvents).map((event) => {
      const { id, incidentId, ...shown } = presentEvent({
        ...event,
        ...{ incidentId: null, suppressionId: null, isNotified: false },
      });
      return shown;
    }),
    eventCount: told.length,
  };
}

function rollUp(events: readonly FoundEvent[]): readonly Incident[] {
  const incidents = new Map<string, Incident>();
  for (const event of events) {
    const { id, service, startedAtMs, endedAtMs } = event;
    const joined = findIncident(event, [...incidents.values()]);
    const incident = joined ?? { id, services: [], startedAtMs, lastEventAtMs: startedAtMs, endedAtMs };
    incidents.set(incident.id, {
      ...incident,
      services: [...incident.services, service],
      lastEventAtMs: Math.max(incident.lastEventAtMs, startedAtMs),
      endedAtMs: incident.endedAtMs === null || endedAtMs === null ? null : Math.max(incident.endedAtMs, endedAtMs),
    });
  }
  return [...incidents.values()];
}
