// Scores services by what their requests show: order of steps, own times, calls.
import { findSlowCalls, timeCalls, timeHandovers, type ServiceCalls } from './call-delays.ts';
import type { EventGroup } from './case-events.ts';
import type { CaseSpan } from './incident-case.ts';
import { findOrderChanges, type ServiceChanges } from './order-changes.ts';
import { compareOwnTimes, timeSpans, timeSteps, type OwnTime } from './own-times.ts';

/**
 * Weights that bring the channels to one scale: the strength of a change of order that a healthy service shows is about 5
 * to 10, and a call that takes twice its usual deviation has strength 1.
 */
const weights = { spanCalls: 12, lineCalls: 8, ownSpans: 4, ownSteps: 3 };
/** Deviations of own times that are usual. */
const usualDeviations = 1;
/** Mean score of a healthy service at least, whatever the baseline's halves say: they may be too short to differ. */
const leastScale = 5;

/** What requests are made of. */
export interface Requests {
  readonly groups: readonly EventGroup[];
  readonly spans: readonly CaseSpan[];
}

/** A service with a score of a channel, and what it rests on. */
interface Scored<T> {
  readonly service: string;
  /** 0 at least; what a healthy service shows is about the channel's scale. */
  readonly score: number;
  readonly detail: T;
}

/** Own times of a service that grew. */
export interface SlowSteps {
  /** The kind that grew most. */
  readonly worst: OwnTime;
  readonly isOfSpans: boolean;
}

/** Scores by channel. */
export interface RequestScores {
  readonly order: ReadonlyArray<Scored<ServiceChanges>>;
  readonly delay: ReadonlyArray<Scored<SlowSteps>>;
  readonly calls: ReadonlyArray<Scored<ServiceCalls>>;
}

/** Compares the requests of two times. */
export function scoreRequests(baseline: Requests, incident: Requests): RequestScores {
  const hasSpans = baseline.spans.length > 0 && incident.spans.length > 0;
  const slow = hasSpans
    ? findSlowCalls(timeCalls(baseline.spans), timeCalls(incident.spans), true)
    : findSlowCalls(timeHandovers(baseline.groups), timeHandovers(incident.groups), false);
  const callWeight = hasSpans ? weights.spanCalls : weights.lineCalls;
  return {
    order: findOrderChanges(baseline.groups, incident.groups).map((detail) => toScored(detail, detail.score)),
    delay: scoreOwnTimes(baseline, incident),
    calls: slow.map((detail) => toScored(detail, callWeight * detail.score)),
  };
}

function toScored<T extends { readonly service: string }>(detail: T, score: number): Scored<T> {
  return { service: detail.service, score: Math.max(0, score), detail };
}

function scoreOwnTimes(baseline: Requests, incident: Requests): ReadonlyArray<Scored<SlowSteps>> {
  const scored = new Map<string, Scored<SlowSteps> & { readonly most: number }>();
  const compared = [
    [weights.ownSteps, compareOwnTimes(timeSteps(baseline.groups), timeSteps(incident.groups))],
    [weights.ownSpans, compareOwnTimes(timeSpans(baseline.spans), timeSpans(incident.spans))],
  ] as const;
  for (const [weight, times] of compared) {
    for (const [service, { deviations, worst }] of times) {
      const own = weight * Math.max(0, deviations - usualDeviations);
      const known = scored.get(service);
      const detail = { worst, isOfSpans: weight === weights.ownSpans };
      scored.set(service, {
        ...{ service, score: (known?.score ?? 0) + own, most: Math.max(own, known?.most ?? 0) },
        detail: known === undefined || own > known.most ? detail : known.detail,
      });
    }
  }
  return [...scored.values()];
}

/** What is usual, by channel: the mean scores of the services when one half of the time before is taken for the incident. */
export function findScales(baseline: Requests): Readonly<Record<keyof RequestScores, number>> {
  const begins = baseline.groups.map(({ events }) => events[0]?.atMs ?? 0).toSorted((a, b) => a - b);
  const middle = begins[Math.floor(begins.length / 2)] ?? 0;
  const half = (isFirst: boolean): Requests => ({
    groups: baseline.groups.filter(({ events }) => (events[0]?.atMs ?? 0) < middle === isFirst),
    spans: baseline.spans.filter(({ startMs }) => startMs < middle === isFirst),
  });
  const scores = scoreRequests(half(true), half(false));
  const scaleOf = (channel: keyof RequestScores) => {
    const values = scores[channel].map(({ score }) => score);
    return Math.max(leastScale, values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
  };
  return { order: scaleOf('order'), delay: scaleOf('delay'), calls: scaleOf('calls') };
}

/** -log10 of the probability of a score: an exponential tail with the scale as its mean. */
export function surpriseOf(score: number, scale: number): number {
  return Math.max(0, score) / scale / Math.LN10;
}
