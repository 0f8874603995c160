// Time that services spend themselves, and processor time.
import type { EventGroup } from './case-events.ts';
import { addTime, compareTimes, median, type Delay, type Times } from './delays.ts';
import type { CaseLoad, CaseSpan } from './incident-case.ts';

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

/** By how many deviations a service's own times grew, in the middle of all kinds; keys of the times begin with the service. */
export function compareOwnTimes(baseline: Times, incident: Times): Map<string, number> {
  const byService = Map.groupBy(compareTimes(baseline, incident), ([key]) => key.split('\0', 1)[0] ?? '');
  const middle = (delays: ReadonlyArray<readonly [string, Delay]>) =>
    median(delays.map(([, { deviations }]) => Math.min(mostDeviations, deviations)));
  return new Map([...byService].map(([service, delays]) => [service, middle(delays)]));
}

/** What a processor's load varies by without a reason: share of its mean, and percent points. */
const usualLoadShare = 0.25;
const usualLoadPoints = 2;

/** By how many deviations the highest load of the incident lies above the baseline's mean. */
export function compareLoads(baseline: readonly CaseLoad[], incident: readonly CaseLoad[]): Map<string, number> {
  const before = Map.groupBy(baseline, ({ service }) => service);
  const excess = new Map<string, number>();
  for (const [service, now] of Map.groupBy(incident, (load) => load.service)) {
    const old = before.get(service)?.map(({ percent }) => percent) ?? [];
    if (old.length > 0) {
      const mean = old.reduce((sum, percent) => sum + percent, 0) / old.length;
      const deviation = Math.sqrt(old.reduce((sum, percent) => sum + (percent - mean) ** 2, 0) / old.length);
      const highest = Math.max(...now.map(({ percent }) => percent));
      excess.set(service, Math.max(0, highest - mean) / (deviation + usualLoadShare * mean + usualLoadPoints));
    }
  }
  return excess;
}
