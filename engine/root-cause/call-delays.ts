// Slow calls between services: which service is it that all calls are slow to, or all calls are slow from?
import type { CaseEvent, EventGroup } from './case-events.ts';
import { addTime, compareTimes, type Delay, type Times } from './delays.ts';
import type { CaseSpan } from './incident-case.ts';

/** Strength of a call's delay: the logarithm of its deviations, at most this. */
const mostStrength = 10;
/** Observations of a kind of call beyond which more say nothing more. */
const mostCount = 30;
/** Being slow to call weighs more than calling slowly: callers often have one callee only. */
const callerWeight = 0.9;
/** A service that is slow both ways is slow itself. */
const bothWaysWeight = 0.5;

/** One exact time that is far off says something already; from so many on it counts in full. */
const leastExactTimes = { baseline: 3, incident: 1 };
const fullCount = 3;

/** Delays of calls between two services. */
export interface CallDelay {
  readonly caller: string;
  readonly callee: string;
  /** 0 usual, 10 a thousand deviations. */
  readonly strength: number;
  readonly baselineMs: number;
  readonly incidentMs: number;
}

/** Calls of one service. */
export interface ServiceCalls {
  readonly service: string;
  readonly score: number;
  /** Mean strength of the calls to it, and of its own. */
  readonly incoming: number;
  readonly outgoing: number;
  readonly calls: readonly CallDelay[];
}

/** Time on the way of each call: the caller's span without the callee's. */
export function timeCalls(spans: readonly CaseSpan[]): Times {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const times: Times = new Map();
  for (const callee of spans) {
    const caller = byId.get(callee.parentId);
    if (caller !== undefined && caller.service !== callee.service) {
      const onTheWay = caller.endMs - caller.startMs - (callee.endMs - callee.startMs);
      addTime(times, [caller.service, callee.service, caller.operation].join('\0'), onTheWay);
    }
  }
  return times;
}

/** Callers' spans whose calls were slow: on the way for more than half of what the calls grew by, in order of time. */
export function findSlowCallers(spans: readonly CaseSpan[], delay: Omit<CallDelay, 'strength'>): readonly CaseSpan[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const slowMs = (delay.baselineMs + delay.incidentMs) / 2;
  return spans
    .flatMap((callee) => {
      const caller = byId.get(callee.parentId);
      return caller !== undefined && caller.service === delay.caller && callee.service === delay.callee
        ? [{ caller, onTheWay: caller.endMs - caller.startMs - (callee.endMs - callee.startMs) }]
        : [];
    })
    .filter(({ onTheWay }) => onTheWay >= slowMs)
    .map(({ caller }) => caller)
    .toSorted((a, b) => a.startMs - b.startMs);
}

/** The same from log lines alone: the time until another service's first line, and from its last line until the caller's next. */
export function timeHandovers(groups: readonly EventGroup[]): Times {
  const times: Times = new Map();
  for (const { caller, callee, way, before, event } of listHandovers(groups)) {
    addTime(times, [caller, callee, way, before.step, event.step].join('\0'), event.atMs - before.atMs);
  }
  return times;
}

/** That one service's line came right after another's. */
interface Handover {
  readonly caller: string;
  readonly callee: string;
  readonly way: 'call' | 'return';
  readonly before: CaseEvent;
  readonly event: CaseEvent;
}

function* listHandovers(groups: readonly EventGroup[]): Generator<Handover> {
  for (const { events } of groups) {
    const seen = new Set<string>();
    let before: CaseEvent | undefined;
    for (const event of events) {
      const span = `${event.service}\0${event.spanId}`;
      if (before !== undefined && before.service !== event.service) {
        const isCall = event.spanId === '' || !seen.has(span);
        const [caller, callee] = isCall ? [before.service, event.service] : [event.service, before.service];
        yield { caller, callee, way: isCall ? 'call' : 'return', before, event };
      }
      seen.add(span);
      before = event;
    }
  }
}

/** Handovers that took more than half of what the calls grew by, in order of time. */
export function findSlowHandovers(
  groups: readonly EventGroup[],
  { caller, callee, baselineMs, incidentMs }: Omit<CallDelay, 'strength'>
): readonly Handover[] {
  const slowMs = (baselineMs + incidentMs) / 2;
  return [...listHandovers(groups)]
    .filter((one) => one.caller === caller && one.callee === callee && one.event.atMs - one.before.atMs >= slowMs)
    .toSorted((a, b) => a.before.atMs - b.before.atMs);
}

/**
 * Rates services by how slow the calls to them and from them became. Keys of the times begin with caller and callee.
 * `isExact`: the times are of spans, so that few of them prove something.
 */
export function findSlowCalls(baseline: Times, incident: Times, isExact: boolean): ServiceCalls[] {
  const delaysOfCalls = compareTimes(baseline, incident, isExact ? leastExactTimes : undefined);
  const calls = [...Map.groupBy(delaysOfCalls, ([key]) => key.split('\0', 2).join('\0'))].map(([pair, delays]) =>
    summarize(
      pair,
      delays.map(([, delay]) => delay)
    )
  );
  const services = new Set(calls.flatMap(({ caller, callee }) => [caller, callee]));
  return [...services].map((service) => {
    const incoming = meanStrength(calls.filter(({ callee }) => callee === service));
    const outgoing = meanStrength(calls.filter(({ caller }) => caller === service));
    const weighed = callerWeight * outgoing;
    return {
      service,
      score: Math.max(incoming, weighed) + bothWaysWeight * Math.min(incoming, weighed),
      incoming,
      outgoing,
      calls: calls.filter(({ caller, callee }) => caller === service || callee === service),
    };
  });
}

function summarize(pair: string, delays: readonly Delay[]): CallDelay {
  const [caller = '', callee = ''] = pair.split('\0');
  let weight = 0;
  let strength = 0;
  let baselineMs = 0;
  let incidentMs = 0;
  for (const delay of delays) {
    const count = Math.min(delay.count, mostCount);
    weight += count;
    const certainty = Math.min(1, delay.count / fullCount);
    strength += count * certainty * Math.min(mostStrength, Math.log2(Math.max(delay.deviations, 1)));
    baselineMs += count * delay.baselineMs;
    incidentMs += count * delay.incidentMs;
  }
  return {
    caller,
    callee,
    strength: strength / weight,
    baselineMs: baselineMs / weight,
    incidentMs: incidentMs / weight,
  };
}

function meanStrength(calls: readonly CallDelay[]): number {
  return calls.length === 0 ? 0 : calls.reduce((sum, { strength }) => sum + strength, 0) / calls.length;
}
