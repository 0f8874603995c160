// Gathers what deviates by service, each channel on one scale: how improbable it is for a healthy service.
import { groupEvents, type EventGroup, type WindowEvents } from './case-events.ts';
import type { Deviation } from './deviation.ts';
import type { EvidenceCase, EvidenceWindow } from './evidence-case.ts';
import type { OrderChange } from './order-changes.ts';
import { toDelay, toOrderDeviation, toSlowCalls } from './request-deviations.ts';
import { findScales, scoreRequests, surpriseOf } from './request-scores.ts';

/** Share of events with a trace id from which on those without one say nothing about requests. */
const traceShare = 0.2;
/** Share of the traces of the lines that have spans from which on that is nearly all of them. */
const wholeShare = 0.9;

/** What the requests of both windows show. */
export interface RequestEvidence {
  readonly deviations: readonly Deviation[];
  readonly groups: { readonly baseline: readonly EventGroup[]; readonly incident: readonly EventGroup[] };
  /** Whether ids hold requests together; otherwise only nearness in time does. */
  readonly hasTraces: boolean;
  /** Groups of the incident in which something deviates, by the order of steps. */
  readonly changes: readonly OrderChange[];
}

/** Compares requests: order of steps, own times, calls. */
export function* compareRequests({ baseline, incident }: EvidenceCase): Generator<void, RequestEvidence> {
  const lineCount = baseline.lines.length + incident.lines.length;
  const tracedCount = [...baseline.lines, ...incident.lines].filter(({ traceId }) => traceId !== '').length;
  const hasTraces = tracedCount >= traceShare * lineCount && tracedCount > 0;
  const events = withSpansOfAll(eventsOf(baseline, hasTraces), eventsOf(incident, hasTraces));
  const groups = { baseline: groupEvents(events.baseline), incident: groupEvents(events.incident) };
  yield;
  const before = { groups: groups.baseline, spans: baseline.spans };
  const during = { groups: groups.incident, spans: incident.spans };
  const scores = scoreRequests(before, during);
  yield;
  const scales = findScales(before);
  const deviations = [
    ...scores.order.flatMap(({ detail }) =>
      detail.changes.map((change) => toOrderDeviation(change, surpriseOf(change.strength, scales.order)))
    ),
    ...scores.delay.map(({ service, score, detail }) =>
      toDelay(service, surpriseOf(score, scales.delay), detail, during)
    ),
    ...scores.calls.map(({ score, detail }) => toSlowCalls(detail, surpriseOf(score, scales.calls), during)),
  ];
  return { deviations, groups, hasTraces, changes: scores.order.flatMap(({ detail }) => detail.changes) };
}

function eventsOf({ lines, spans }: EvidenceWindow, hasTraces: boolean): WindowEvents {
  return { lines: hasTraces ? lines.filter(({ traceId }) => traceId !== '') : lines, spans };
}

/**
 * Beginnings of spans are steps only where nearly all requests have spans: of a sample, requests with and without them would look
 * like a change of order.
 */
function withSpansOfAll(
  baseline: WindowEvents,
  incident: WindowEvents
): Readonly<Record<'baseline' | 'incident', WindowEvents>> {
  const areAll = [baseline, incident].every(({ lines, spans }) => {
    const known = new Set(spans.map(({ traceId }) => traceId));
    const asked = new Set(lines.map(({ traceId }) => traceId).filter((id) => id !== ''));
    return [...asked].filter((id) => known.has(id)).length >= wholeShare * asked.size;
  });
  return areAll
    ? { baseline, incident }
    : { baseline: { ...baseline, spans: [] }, incident: { ...incident, spans: [] } };
}
