// Time that services spend themselves.
import type { CaseEvent, EventGroup } from './case-events.ts';
import { addTime, compareTimes, median, type Delay, type Times } from './delays.ts';
import type { CaseSpan } from './incident-case.ts';

/** One kind of time says no more than this many deviations. */
const mostDeviations = 30;

/** Time of each span that its children do not cover, of spans that call no other service. */
export function timeSpans(spans: readonly CaseSpan[]): Times {
  const children = Map.groupBy(spans, ({ parentId }) => parentId);
  const times: Times = new Map();
  for (const span of spans) {
    const own = children.get(span.spanId) ?? [];
    if (own.every(({ service }) => service === span.service)) {
      addTime(times, `${span.service}\0${span.operation}`, span.endMs - span.startMs - coverOf(span, own));
    }
  }
  return times;
}

function coverOf(span: CaseSpan, children: readonly CaseSpan[]): number {
  let covered = 0;
  let upTo = span.startMs;
  for (const { startMs, endMs } of [...children].sort((a, b) => a.startMs - b.startMs)) {
    const from = Math.max(upTo, startMs);
    const to = Math.min(span.endMs, endMs);
    covered += Math.max(0, to - from);
    upTo = Math.max(upTo, to);
  }
  return covered;
}

/** Times between lines that a service wrote one after the other, with no other service's line between. */
export function timeSteps(groups: readonly EventGroup[]): Times {
  const times: Times = new Map();
  for (const { events } of groups) {
    for (const [index, event] of events.entries()) {
      const before = events[index - 1];
      if (before !== undefined && before.service === event.service) {
        addTime(times, `${event.service}\0${before.step}\0${event.step}`, event.atMs - before.atMs);
      }
    }
  }
  return times;
}

/** A kind of own time: a span's operation, or a step and the one before it. */
export interface OwnTime extends Delay {
  /** What it is a time of, without the service: an operation, or both steps with a zero byte between them. */
  readonly of: string;
}

/**
 * By how many deviations a service's own times grew, in the middle of all kinds, and the kind that grew most. Keys of the times
 * begin with the service.
 */
export function compareOwnTimes(
  baseline: Times,
  incident: Times
): Map<string, { readonly deviations: number; readonly worst: OwnTime }> {
  const compared = [...compareTimes(baseline, incident)].map(([key, delay]) => {
    const end = key.indexOf('\0');
    return { service: key.slice(0, end), own: { ...delay, of: key.slice(end + 1) } };
  });
  return new Map(
    [...Map.groupBy(compared, ({ service }) => service)].map(([service, found]) => {
      const owns = found.map(({ own }) => own);
      const deviations = median(owns.map((own) => Math.min(mostDeviations, own.deviations)));
      const worst = owns.reduce((most, own) => (own.deviations > most.deviations ? own : most));
      return [service, { deviations, worst }];
    })
  );
}

/** Pairs of lines of a service with so long between them, in order of time; `steps` is {@link OwnTime.of}. */
export function findSlowSteps(
  groups: readonly EventGroup[],
  service: string,
  { of: steps, baselineMs, incidentMs }: OwnTime
): ReadonlyArray<{ readonly before: CaseEvent; readonly event: CaseEvent }> {
  const slowMs = (baselineMs + incidentMs) / 2;
  const found: Array<{ readonly before: CaseEvent; readonly event: CaseEvent }> = [];
  for (const { events } of groups) {
    for (const [index, event] of events.entries()) {
      const before = events[index - 1];
      const isOwn = before?.service === service && event.service === service;
      if (isOwn && `${before.step}\0${event.step}` === steps && event.atMs - before.atMs >= slowMs) {
        found.push({ before, event });
      }
    }
  }
  return found.toSorted((a, b) => a.before.atMs - b.before.atMs);
}
