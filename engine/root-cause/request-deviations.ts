// What the comparison of requests found, as deviations with a sentence, moments and lines.
import { findSlowCallers, findSlowHandovers, type ServiceCalls } from './call-delays.ts';
import type { CaseEvent } from './case-events.ts';
import type { EvidenceLine } from './evidence-case.ts';
import type { CaseSpan } from './incident-case.ts';
import type { OrderChange } from './order-changes.ts';
import { findSlowSteps } from './own-times.ts';
import type { Requests, SlowSteps } from './request-scores.ts';
import type { Deviation } from './deviation.ts';

/** Traces that a finding names. */
const namedTraces = 3;
/** Lines that a finding quotes. */
const quotedLines = 3;
/** Times say a little less about the cause than lines: they grow in whoever waits, too. */
const timeWeight = 0.8;

/** A change of the order of steps. */
export function toOrderDeviation(change: OrderChange, surprise: number): Deviation {
  const { service, kind, examples, baselineShare, incidentShare, firstMs } = change;
  const window = kind === 'new' ? 'incident' : 'baseline';
  const [example] = examples;
  const step = describeStep(example?.event);
  const before = describeStep(example?.before);
  const stepKey = kind === 'new' ? example?.event?.line?.stepKey : undefined;
  const lines = linesOf(examples.slice(0, 2).flatMap(({ before: first, event }) => [first, event]));
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
    firstMs,
    clusterId: lines.at(-1)?.clusterId ?? null,
    ...(stepKey === undefined ? {} : { stepKey }),
    lines: lines.map((line) => ({ window, line })),
  };
}

/** Own times of a service that grew. */
export function toDelay(
  service: string,
  surprise: number,
  { worst, isOfSpans }: SlowSteps,
  { groups, spans }: Requests
): Deviation {
  const slow = isOfSpans ? [] : findSlowSteps(groups, service, worst);
  const lines = linesOf(slow.slice(0, 1).flatMap(({ before, event }) => [before, event]));
  const [first] = slow;
  const what =
    first === undefined ? `“${worst.of}”` : `from ${describeStep(first.before)} to ${describeStep(first.event)}`;
  return {
    ...{ channel: 'delay', kind: 'slow-steps', service, surprise, weight: timeWeight },
    statement: `Steps inside ${service} take longer than before, most of all ${what}`,
    ...{ baseline: toMilliseconds(worst.baselineMs), incident: toMilliseconds(worst.incidentMs) },
    firstMs: first?.before.atMs ?? null,
    clusterId: lines[0]?.clusterId ?? null,
    lines: lines.map((line) => ({ window: 'incident', line })),
    traceIds: slowestTraces(spans, service),
  };
}

/** Traces with the service's longest spans. */
function slowestTraces(spans: readonly CaseSpan[], service: string): readonly string[] {
  const own = spans
    .filter((span) => span.service === service)
    .toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs));
  return [...new Set(own.map(({ traceId }) => traceId))].slice(0, namedTraces);
}

/** Calls of a service that became slow. */
export function toSlowCalls(
  { service, calls }: ServiceCalls,
  surprise: number,
  { groups, spans }: Requests
): Deviation {
  const [slowest] = calls.toSorted((a, b) => b.strength - a.strength);
  const slow = slowest === undefined ? [] : findSlowCallers(spans, slowest);
  const [handover] = slowest === undefined || spans.length > 0 ? [] : findSlowHandovers(groups, slowest);
  const lines = handover === undefined ? [] : linesOf([handover.before, handover.event]);
  const way = slowest === undefined ? '' : ` (${slowest.caller} to ${slowest.callee})`;
  return {
    ...{ channel: 'calls', kind: 'slow-calls', service, surprise, weight: timeWeight },
    statement: `Calls to and from ${service} take longer than before${way}`,
    baseline: slowest === undefined ? '' : toMilliseconds(slowest.baselineMs),
    incident: slowest === undefined ? '' : toMilliseconds(slowest.incidentMs),
    ...{ firstMs: slow[0]?.startMs ?? handover?.before.atMs ?? null, clusterId: null },
    lines: lines.map((line) => ({ window: 'incident', line })),
    traceIds: [...new Set(slow.map(({ traceId }) => traceId))].slice(0, namedTraces),
  };
}

function describeStep(event: CaseEvent | null | undefined): string {
  if (event === null || event === undefined) {
    return 'the beginning or end of a request';
  }
  return event.line === null ? event.step.replace(/^> /, 'the call ') : `“${event.line.templateText}”`;
}

/** Lines of events, each text once: the same text twice says nothing more. */
function linesOf(events: ReadonlyArray<CaseEvent | null>): readonly EvidenceLine[] {
  const lines = events.map((event) => event?.line ?? null).filter((line) => line !== null);
  return [...new Map(lines.map((line) => [line.text, line])).values()].slice(0, quotedLines);
}

/** What is rare is not told as what never happens. */
function toPercent(share: number): string {
  return share > 0 && share < 0.005 ? 'under 1 %' : `${Math.round(share * 100)} %`;
}

function toMilliseconds(milliseconds: number): string {
  return `${Math.round(milliseconds)} ms`;
}
