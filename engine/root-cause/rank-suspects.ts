import { groupEvents } from './case-events.ts';
import { findSlowCalls, timeCalls, timeHandovers, type ServiceCalls } from './call-delays.ts';
import type { CaseLine, IncidentCase } from './incident-case.ts';
import { findOrderChanges, type OrderChange } from './order-changes.ts';
import { compareLoads, compareOwnTimes, timeSpans, timeSteps } from './own-times.ts';

/**
 * Weights that bring the channels to one scale: the strength of a change of order that a healthy service shows is about 5
 * to 10, and a call that takes twice its usual deviation has strength 1.
 */
const weights = { spanCalls: 12, lineCalls: 8, ownSpans: 4, ownSteps: 3, load: 10 };
/** Deviations of own times and loads that are usual. */
const usualDeviations = 1;
/** Findings that are told. */
const findingCount = 20;
/** Lines quoted of a finding. */
const quoteCount = 3;

/** A service that may be the cause; higher scores first. */
export interface Suspect {
  readonly service: string;
  readonly score: number;
}

/** Why a service is suspected. Quoted lines are lines of the case, unchanged. */
export type Finding =
  | {
      readonly kind: 'order';
      readonly service: string;
      readonly strength: number;
      readonly change: OrderChange;
      readonly lines: readonly CaseLine[];
    }
  | { readonly kind: 'calls'; readonly service: string; readonly strength: number; readonly calls: ServiceCalls }
  | { readonly kind: 'processor'; readonly service: string; readonly strength: number; readonly deviations: number };

/** What the case shows. */
export interface Suspicion {
  readonly suspects: readonly Suspect[];
  /** Strongest first. */
  readonly findings: readonly Finding[];
}

/** Ranks the services of a case. Deterministic: the same case gives the same answer. */
export function rankSuspects(incidentCase: IncidentCase): Suspicion {
  const { baseline, incident } = incidentCase;
  const groups = groupEvents(incidentCase);
  const scores = new Map<string, number>();
  const findings: Finding[] = [];
  const add = (service: string, score: number): void => {
    scores.set(service, (scores.get(service) ?? 0) + score);
  };
  for (const { service, score, changes } of findOrderChanges(groups.baseline, groups.incident)) {
    add(service, score);
    findings.push(...changes.map((change) => toOrderFinding(change)));
  }
  const hasSpans = baseline.spans.length > 0 && incident.spans.length > 0;
  const slow = hasSpans
    ? findSlowCalls(timeCalls(baseline.spans), timeCalls(incident.spans), true)
    : findSlowCalls(timeHandovers(groups.baseline), timeHandovers(groups.incident), false);
  const ownTimes = [
    { weight: weights.ownSteps, times: compareOwnTimes(timeSteps(groups.baseline), timeSteps(groups.incident)) },
    { weight: weights.ownSpans, times: compareOwnTimes(timeSpans(baseline.spans), timeSpans(incident.spans)) },
  ];
  const ownScores = new Map<string, number>();
  for (const { weight, times } of ownTimes) {
    for (const [service, deviations] of times) {
      const score = weight * Math.max(0, deviations - usualDeviations);
      add(service, score);
      ownScores.set(service, (ownScores.get(service) ?? 0) + score);
    }
  }
  for (const [service, deviations] of compareLoads(baseline.loads, incident.loads)) {
    // As with calls, the logarithm: a load has no upper bound in deviations, and one service's jump would outweigh all other channels.
    add(service, weights.load * Math.log2(Math.max(1, deviations)));
    const strength = weights.load * Math.max(0, deviations - usualDeviations);
    ownScores.set(service, (ownScores.get(service) ?? 0) + strength);
  }
  for (const calls of slow) {
    const strength = (hasSpans ? weights.spanCalls : weights.lineCalls) * calls.score;
    add(calls.service, strength);
    findings.push({ kind: 'calls', service: calls.service, strength, calls });
  }
  for (const [service, strength] of ownScores) {
    findings.push({ kind: 'processor', service, strength, deviations: strength / weights.load });
  }
  return {
    suspects: [...scores]
      .map(([service, score]) => ({ service, score }))
      .sort((a, b) => b.score - a.score || compareText(a.service, b.service)),
    findings: findings
      .filter(({ kind, strength }) => strength > 0 && kind !== undefined)
      .filter((finding) => finding.kind !== 'order' || finding.lines.length > 0)
      .sort((a, b) => b.strength - a.strength || compareText(a.service, b.service))
      .slice(0, findingCount),
  };
}

function toOrderFinding(change: OrderChange): Finding {
  const lines = change.examples
    .slice(0, 2)
    .flatMap(({ event, before }) => [event?.line, before?.line])
    .filter((line): line is CaseLine => line !== null && line !== undefined);
  const { service, strength } = change;
  // The same text twice says nothing more.
  const distinct = [...new Map(lines.map((line) => [line.text, line])).values()].slice(0, quoteCount);
  return { kind: 'order', service, strength, change, lines: distinct };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
