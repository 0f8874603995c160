// Gathers what deviates by service, each channel on one scale: how improbable it is for a healthy service.
import { findSlowCallers, findSlowCalls, timeCalls, timeHandovers } from './call-delays.ts';
import { groupEvents, type EventGroup } from './case-events.ts';
import type { EvidenceCase, EvidenceLine } from './evidence-case.ts';
import type { CaseLine, CaseLoad, CaseSpan, CaseWindow } from './incident-case.ts';
import { findOrderChanges, type OrderChange } from './order-changes.ts';
import { compareLoads, compareOwnTimes, timeSpans, timeSteps } from './own-times.ts';
import type { EvidenceChannel, FindingKind } from './evidence-pack.ts';

/** Something that deviates, before it has an id. */
export interface Deviation {
  readonly channel: EvidenceChannel;
  readonly kind: FindingKind;
  readonly service: string;
  /** -log10 of the probability that a healthy service shows this. */
  readonly surprise: number;
  /** How much it says about the cause, 0..1: fewer requests are an effect more often than a cause. */
  readonly weight: number;
  readonly statement: string;
  readonly baseline: string;
  readonly incident: string;
  /** Milliseconds since 1970; null: an absence. */
  readonly firstMs: number | null;
  readonly clusterId: string | null;
  readonly lines: ReadonlyArray<{ readonly window: 'baseline' | 'incident'; readonly line: EvidenceLine }>;
  /** Traces that show it. */
  readonly traceIds?: readonly string[];
  /** PromQL that shows it. */
  readonly metricQuery?: string;
}

/** The scores of the channels that look at requests, by service. */
interface RequestScores {
  readonly order: ReadonlyMap<string, number>;
  readonly delay: ReadonlyMap<string, number>;
  readonly calls: ReadonlyMap<string, number>;
}

type RequestChannel = keyof RequestScores;

/**
 * Weights that bring the channels to one scale, as `rankSuspects` has them: what a healthy service shows is about 5.
 */
const weights = { spanCalls: 12, lineCalls: 8, ownSpans: 4, ownSteps: 3, load: 10 };
/** Deviations of own times and loads that are usual. */
const usualDeviations = 1;
/** Mean score of a healthy service at least, whatever the baseline's halves say: they may be too short to differ. */
const leastScale = 5;
/** Share of events with a trace id from which on those without one say nothing about requests. */
const traceShare = 0.2;
/** Share of the traces of the lines that have spans from which on that is nearly all of them. */
const wholeShare = 0.9;
/** Traces that a finding names. */
const namedTraces = 3;

/** What the requests of both windows show. */
export interface RequestEvidence {
  readonly deviations: readonly Deviation[];
  readonly groups: { readonly baseline: readonly EventGroup[]; readonly incident: readonly EventGroup[] };
  /** Whether ids hold requests together; otherwise only nearness in time does. */
  readonly hasTraces: boolean;
  /** Groups of the incident in which something deviates, by the order of steps. */
  readonly changes: readonly OrderChange[];
}

/**
 * Compares requests: order of steps, own times, calls. Scores become probabilities by what the two halves of the baseline show when
 * they are compared with each other: an exponential tail with that mean.
 */
export function* compareRequests(evidence: EvidenceCase): Generator<void, RequestEvidence> {
  const { baseline, incident } = evidence;
  const lineCount = baseline.lines.length + incident.lines.length;
  const tracedCount = [...baseline.lines, ...incident.lines].filter(({ traceId }) => traceId !== '').length;
  const hasTraces = tracedCount >= traceShare * lineCount && tracedCount > 0;
  const before = requestsOf(baseline, hasTraces);
  const during = requestsOf(incident, hasTraces);
  const groups = groupEvents(withSpansOfAll({ baseline: before, incident: during }));
  yield;
  const scores = scoreRequests({ baseline: before, incident: during }, groups);
  yield;
  const scales = findScales(before);
  yield;
  const deviations: Deviation[] = [];
  for (const { service, changes } of scores.changes) {
    const surprise = surpriseOf(scores.order.get(service) ?? 0, scales.order);
    deviations.push(
      ...changes.map((change, place) =>
        toOrderDeviation(change, place === 0 ? surprise : surpriseOf(change.strength, scales.order))
      )
    );
  }
  for (const [service, score] of scores.delay) {
    deviations.push(toDelay(service, surpriseOf(score, scales.delay), slowestTraces(incident.spans, service)));
  }
  for (const { service, calls } of scores.slow) {
    const surprise = surpriseOf(scores.calls.get(service) ?? 0, scales.calls);
    deviations.push(toSlowCalls(service, surprise, calls, incident.spans));
  }
  for (const [service, deviation] of compareLoads(baseline.loads, incident.loads)) {
    const score = weights.load * Math.max(0, deviation - usualDeviations);
    deviations.push(toLoad(evidence, service, surpriseOf(score, leastScale), deviation));
  }
  return { deviations, groups, hasTraces, changes: scores.changes.flatMap(({ changes }) => changes) };
}

/**
 * Beginnings of spans are steps only where nearly all requests have spans: of a sample, requests with and without them would look
 * like a change of order.
 */
function withSpansOfAll(windows: Readonly<Record<'baseline' | 'incident', CaseWindow>>) {
  const areAll = [windows.baseline, windows.incident].every(({ lines, spans }) => {
    const known = new Set(spans.map(({ traceId }) => traceId));
    const asked = new Set(lines.map(({ traceId }) => traceId).filter((id) => id !== ''));
    return [...asked].filter((id) => known.has(id)).length >= wholeShare * asked.size;
  });
  return areAll
    ? windows
    : { baseline: { ...windows.baseline, spans: [] }, incident: { ...windows.incident, spans: [] } };
}

function requestsOf({ lines, spans }: CaseWindow, hasTraces: boolean): CaseWindow {
  return { lines: hasTraces ? lines.filter(({ traceId }) => traceId !== '') : lines, spans, loads: [] };
}

function scoreRequests(
  { baseline, incident }: { readonly baseline: CaseWindow; readonly incident: CaseWindow },
  groups: RequestEvidence['groups']
) {
  const changes = findOrderChanges(groups.baseline, groups.incident);
  const hasSpans = baseline.spans.length > 0 && incident.spans.length > 0;
  const slow = hasSpans
    ? findSlowCalls(timeCalls(baseline.spans), timeCalls(incident.spans), true)
    : findSlowCalls(timeHandovers(groups.baseline), timeHandovers(groups.incident), false);
  const delay = new Map<string, number>();
  for (const [weight, times] of [
    [weights.ownSteps, compareOwnTimes(timeSteps(groups.baseline), timeSteps(groups.incident))],
    [weights.ownSpans, compareOwnTimes(timeSpans(baseline.spans), timeSpans(incident.spans))],
  ] as const) {
    for (const [service, deviations] of times) {
      delay.set(service, (delay.get(service) ?? 0) + weight * Math.max(0, deviations - usualDeviations));
    }
  }
  return {
    changes,
    slow,
    order: new Map(changes.map(({ service, score }) => [service, score])),
    delay,
    calls: new Map(
      slow.map(({ service, score }) => [service, (hasSpans ? weights.spanCalls : weights.lineCalls) * score])
    ),
  };
}

/** Mean scores of the services when one half of the baseline is taken for the incident. */
function findScales(baseline: CaseWindow): Readonly<Record<RequestChannel, number>> {
  const middle = baseline.lines[Math.floor(baseline.lines.length / 2)]?.atMs ?? 0;
  const half = (isFirst: boolean): CaseWindow => ({
    lines: baseline.lines.filter(({ atMs }) => atMs < middle === isFirst),
    spans: baseline.spans.filter(({ startMs }) => startMs < middle === isFirst),
    loads: [],
  });
  const halves = { baseline: half(true), incident: half(false) };
  const scores = scoreRequests(halves, groupEvents(withSpansOfAll(halves)));
  const scaleOf = (channel: RequestChannel) => {
    const values = [...scores[channel].values()].map((score) => Math.max(0, score));
    return Math.max(leastScale, values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
  };
  return { order: scaleOf('order'), delay: scaleOf('delay'), calls: scaleOf('calls') };
}

function surpriseOf(score: number, scale: number): number {
  return Math.max(0, score) / scale / Math.LN10;
}

function toOrderDeviation(change: OrderChange, surprise: number): Deviation {
  const { service, kind, examples, baselineShare, incidentShare } = change;
  const window = kind === 'new' ? 'incident' : 'baseline';
  const [example] = examples;
  const step = describeStep(example?.event?.line ?? null, example?.event?.step);
  const before = describeStep(example?.before?.line ?? null, example?.before?.step);
  const lines = examples
    .slice(0, 2)
    .flatMap(({ before: first, event }) => [first?.line, event?.line])
    .filter(isEvidenceLine);
  const distinct = [...new Map(lines.map((line) => [line.text, line])).values()].slice(0, 3);
  return {
    channel: 'order',
    kind: kind === 'new' ? 'new-order' : 'vanished-order',
    service,
    surprise,
    weight: 1,
    statement:
      kind === 'new'
        ? `In ${service}, ${before} is now followed by ${step}`
        : `In ${service}, ${before} is no longer followed by ${step}`,
    baseline: `${toPercent(baselineShare)} of requests`,
    incident: `${toPercent(incidentShare)} of requests`,
    firstMs: kind === 'new' ? (example?.event?.atMs ?? example?.before?.atMs ?? null) : null,
    clusterId: lines.at(-1)?.clusterId ?? null,
    lines: distinct.map((line) => ({ window, line })),
  };
}

function describeStep(line: CaseLine | null, step: string | undefined): string {
  if (isEvidenceLine(line)) {
    return `“${line.templateText}”`;
  }
  return step === undefined ? 'the beginning or end of a request' : step.replace(/^> /, 'the call ');
}

function isEvidenceLine(line: CaseLine | null | undefined): line is EvidenceLine {
  return line !== null && line !== undefined && 'entry' in line;
}

function toDelay(service: string, surprise: number, traceIds: readonly string[]): Deviation {
  return {
    ...{ channel: 'delay', kind: 'slow-steps', service, surprise, weight: 0.8 },
    statement: `Steps inside ${service} take longer than before`,
    ...{ baseline: '', incident: '', firstMs: null, clusterId: null, lines: [], traceIds },
  };
}

/** Traces with the service's longest spans. */
function slowestTraces(spans: readonly CaseSpan[], service: string): readonly string[] {
  const own = spans
    .filter((span) => span.service === service)
    .toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs));
  return [...new Set(own.map(({ traceId }) => traceId))].slice(0, namedTraces);
}

function toSlowCalls(
  service: string,
  surprise: number,
  calls: ReadonlyArray<{
    readonly caller: string;
    readonly callee: string;
    readonly baselineMs: number;
    readonly incidentMs: number;
    readonly strength: number;
  }>,
  spans: readonly CaseSpan[]
): Deviation {
  const [slowest] = calls.toSorted((a, b) => b.strength - a.strength);
  const slow = slowest === undefined ? [] : findSlowCallers(spans, slowest);
  const way = slowest === undefined ? '' : ` (${slowest.caller} to ${slowest.callee})`;
  return {
    ...{ channel: 'calls', kind: 'slow-calls', service, surprise, weight: 0.8 },
    statement: `Calls to and from ${service} take longer than before${way}`,
    baseline: slowest === undefined ? '' : toMilliseconds(slowest.baselineMs),
    incident: slowest === undefined ? '' : toMilliseconds(slowest.incidentMs),
    ...{ firstMs: slow[0]?.startMs ?? null, clusterId: null, lines: [] },
    traceIds: [...new Set(slow.map(({ traceId }) => traceId))].slice(0, namedTraces),
  };
}

function toLoad(
  { baseline, incident, loadQuery }: EvidenceCase,
  service: string,
  surprise: number,
  deviations: number
): Deviation {
  const own = (loads: readonly CaseLoad[]) => loads.filter((load) => load.service === service);
  const [before, now] = [own(baseline.loads), own(incident.loads)];
  const mean = before.reduce((sum, { percent }) => sum + percent, 0) / Math.max(1, before.length);
  const highest = Math.max(...now.map(({ percent }) => percent));
  const risen = now.filter(({ percent, atMs }) => atMs !== undefined && percent >= (mean + highest) / 2);
  return {
    ...(loadQuery === undefined || loadQuery === '' ? {} : { metricQuery: loadQuery }),
    ...{ channel: 'load', kind: 'high-load', service, surprise, weight: 0.8 },
    statement: `${service} uses more processor time than before`,
    baseline: `${mean.toFixed(1)} % on average`,
    incident: `${highest.toFixed(1)} % at most, ${deviations.toFixed(1)} deviations above the mean`,
    firstMs: risen.length === 0 ? null : Math.min(...risen.map(({ atMs }) => atMs ?? 0)),
    ...{ clusterId: null, lines: [] },
  };
}

function toPercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function toMilliseconds(milliseconds: number): string {
  return `${Math.round(milliseconds)} ms`;
}
