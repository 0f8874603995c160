import type { RehearsalResult, StartRehearsalRequest } from '@loghunter/contracts';
import { findIncident } from '@loghunter/engine/detection';
import type { ClusterStore, DeployStore, Ledger, MinuteRange, SeriesStore } from '@loghunter/ports';
import { toTimestamp } from '../http/time-range.ts';
import { JobError, type JobKind, type JobRun } from '../jobs/job-kind.ts';
import type { DetectionSettings } from './detection-context.ts';
import { readKnownCounts } from './ledger-marks.ts';
import type { CountHistory } from './minute-facts.ts';
import { presentEvent, severityName, severityNumber } from './present-anomaly.ts';
import type { FoundEvent } from './record-events.ts';
import { Replay } from './replay.ts';
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
  const countHistory = parts.countHistoryOf(tenantId);
  // A watch that has read nothing yet, because its log store is away, has no past days; the others have.
  const known = await readKnownCounts({ ledger: parts.ledger, countHistory }, tenantId, { isPatient: false });
  if (known === null) {
    throw new JobError('Nothing has been read yet: there are no past days', { isRetryable: false });
  }
  const firstMs = Math.min(...Object.values(known.from).map(({ countsMs }) => countsMs));
  const fromMs = Math.max(firstMs, range.fromMs - learnedMs);
  const toMs = Math.min(range.toMs, known.marks.toMs);
  const replay = new Replay({ ...parts, tenantId, countHistory, settings }, known, fromMs);
  while (replay.judgedUpToMs < toMs) {
    const atMs = replay.judgedUpToMs;
    report((atMs - fromMs) / Math.max(1, toMs - fromMs), `judging ${toTimestamp(atMs).slice(0, 10)}`);
    await replay.judge(toMs, signal);
  }
  const events = [...replay.events.values()].filter(({ endedAtMs }) => endedAtMs === null || endedAtMs > range.fromMs);
  return { events, seriesCount: replay.detector.seriesCount, learnedFromMs: fromMs < toMs ? fromMs : null };
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
