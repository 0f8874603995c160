// Turns what somebody wants analysed into the service and the two windows that are compared.
import type { AnalysisSubject, RequestOf } from '@loghunter/contracts';
import { unknownService } from '@loghunter/engine/records';
import type { AnalysisWindow } from '@loghunter/ports';
import { requireCluster } from '../clusters/cluster-feature.ts';
import { ProblemError } from '../http/problem-error.ts';
import { readInstant } from '../http/time-range.ts';
import { orNotFound, type RootCauseFeature } from './root-cause-feature.ts';

/** What an analysis is of, with its windows. */
export interface AnalysisPlan {
  readonly subject: AnalysisSubject;
  readonly subjectText: string;
  /** Empty when the subject names none. */
  readonly service: string;
  readonly incident: AnalysisWindow;
  readonly baseline: AnalysisWindow;
}

/** What is known of a subject before its windows are chosen. */
interface SubjectFacts {
  readonly text: string;
  readonly service: string;
  /** When the subject itself says that it was; null: it does not. */
  readonly window: AnalysisWindow | null;
}

type Windows = Pick<RequestOf<'startAnalysis'>, 'incident' | 'baseline'>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The window that Grafana Sift looks at. */
const defaultIncidentMs = 30 * minuteMs;
/** Causes lie at the beginning; more would only be more lines to leave out. */
const maxIncidentMs = 6 * hourMs;
const maxBaselineMs = 24 * hourMs;
/** Twice the incident, so that a baseline shows more than one moment of what is usual, but not the night before. */
const baselineFactor = 2;
const leastBaselineMs = hourMs;
const longestDefaultBaselineMs = 6 * hourMs;
/** How long before a cluster's first event its incident begins: the events that led to it. */
const leadMs = 5 * minuteMs;
/** Characters of a template in a title. */
const maxTemplateLength = 120;

/** Plans an analysis. Throws `ProblemError` `not-found` for a subject that is not there, `invalid-request` for windows that make no sense. */
export async function planAnalysis(
  feature: RootCauseFeature,
  request: Windows & { readonly subject: AnalysisSubject }
): Promise<AnalysisPlan> {
  const { subject } = request;
  const nowMs = feature.clock.nowMs();
  const facts = await readSubject(feature, subject, nowMs);
  const incident = readWindow(request, 'incident') ?? defaultIncident(facts, nowMs);
  const baseline = readWindow(request, 'baseline') ?? defaultBaseline(incident);
  if (incident.toMs - incident.fromMs > maxIncidentMs) {
    throw invalid('incident.from', 'must be at most 6 hours before the end of the incident');
  }
  if (baseline.toMs - baseline.fromMs > maxBaselineMs) {
    throw invalid('baseline.from', 'must be at most 24 hours before the end of the baseline');
  }
  if (baseline.toMs <= baseline.fromMs) {
    throw invalid('incident.from', 'must leave time for a baseline before it');
  }
  if (baseline.toMs > incident.fromMs) {
    throw invalid('baseline.to', 'must not be after the beginning of the incident');
  }
  return { subject, subjectText: facts.text, service: facts.service, incident, baseline };
}

async function readSubject(feature: RootCauseFeature, subject: AnalysisSubject, nowMs: number): Promise<SubjectFacts> {
  switch (subject.kind) {
    case 'service': {
      const { service, namespace = '' } = subject;
      return { text: `service ${service}${namespace === '' ? '' : ` in ${namespace}`}`, service, window: null };
    }
    case 'trace': {
      return { text: `trace ${subject.traceId}`, service: '', window: null };
    }
    case 'alert': {
      const { service } = feature.identifier.serviceOf(subject.labels);
      const name = subject.labels['alertname'] ?? 'without a name';
      return { text: `alert ${name}`, service: service === unknownService ? '' : service, window: null };
    }
    case 'cluster': {
      return readCluster(feature, subject.id, nowMs);
    }
    case 'incident': {
      const incident = orNotFound(
        'incident',
        subject.id,
        await feature.anomalies.getIncident(feature.tenantId, subject.id)
      );
      const { title, services, startedAtMs, endedAtMs } = incident;
      const fromMs = startedAtMs - leadMs;
      return {
        text: `incident “${title}”`,
        service: services[0] ?? '',
        window: { fromMs, toMs: Math.max(endedAtMs ?? nowMs, fromMs + defaultIncidentMs / 2) },
      };
    }
  }
}

async function readCluster(feature: RootCauseFeature, id: string, nowMs: number): Promise<SubjectFacts> {
  const toMinuteMs = Math.ceil(nowMs / minuteMs) * minuteMs;
  const cluster = await requireCluster(feature, id, { fromMs: toMinuteMs - hourMs, toMs: toMinuteMs }, 1);
  const { service, templateText, firstSeenMs, lastSeenMs } = cluster;
  const toMs = Math.min(nowMs, lastSeenMs + minuteMs);
  const fromMs = Math.max(firstSeenMs - leadMs, toMs - defaultIncidentMs);
  const shown = templateText.length > maxTemplateLength ? `${templateText.slice(0, maxTemplateLength)}…` : templateText;
  return {
    text: `cluster “${shown}” of ${service}`,
    service,
    window: { fromMs, toMs: Math.max(toMs, fromMs + minuteMs) },
  };
}

function defaultIncident({ window }: SubjectFacts, nowMs: number): AnalysisWindow {
  if (window === null) {
    return { fromMs: nowMs - defaultIncidentMs, toMs: nowMs };
  }
  return { fromMs: window.fromMs, toMs: Math.min(window.toMs, window.fromMs + maxIncidentMs) };
}

/** Twice as long as the incident, just before it. */
export function defaultBaseline(incident: AnalysisWindow): AnalysisWindow {
  const wantedMs = baselineFactor * (incident.toMs - incident.fromMs);
  const lengthMs = Math.min(longestDefaultBaselineMs, Math.max(leastBaselineMs, wantedMs));
  return { fromMs: Math.max(0, incident.fromMs - lengthMs), toMs: incident.fromMs };
}

function readWindow(request: Windows, name: keyof Windows): AnalysisWindow | undefined {
  const window = request[name];
  if (window === undefined) {
    return undefined;
  }
  const fromMs = readInstant(window.from, `${name}.from`);
  const toMs = readInstant(window.to, `${name}.to`);
  if (fromMs >= toMs) {
    throw invalid(`${name}.from`, 'must be before its end');
  }
  return { fromMs, toMs };
}

function invalid(field: string, message: string): ProblemError {
  const path = `body.${field}`;
  return new ProblemError('invalid-request', `${path}: ${message}`, { errors: [{ path, message }] });
}
