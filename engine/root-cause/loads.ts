// Compares what metrics measured before and during the incident.
import type { EvidenceCase } from './evidence-case.ts';
import type { CaseLoad } from './incident-case.ts';
import { surpriseOf } from './request-scores.ts';
import type { Deviation } from './deviation.ts';

/** What a load varies by without a reason: share of its mean, and percent points. */
const usualShare = 0.25;
const usualPoints = 2;
/** Brings a load to the scale of the other channels: one that is twice its usual deviation has score 10. */
const weight = 10;
/** Score that a healthy service shows: the two halves of a few minutes of one value a minute tell none. */
const scale = 5;

/** Services whose loads rose. */
export function compareLoads(evidence: EvidenceCase): Deviation[] {
  const before = Map.groupBy(evidence.baseline.loads, ({ service }) => service);
  return [...Map.groupBy(evidence.incident.loads, ({ service }) => service)].flatMap(([service, now]) => {
    const old = before.get(service) ?? [];
    return old.length === 0 ? [] : [compare(evidence, service, old, now)];
  });
}

function compare(
  { loadQuery = '' }: EvidenceCase,
  service: string,
  before: readonly CaseLoad[],
  now: readonly CaseLoad[]
): Deviation {
  const mean = before.reduce((sum, { percent }) => sum + percent, 0) / before.length;
  const deviation = Math.sqrt(before.reduce((sum, { percent }) => sum + (percent - mean) ** 2, 0) / before.length);
  // Not spread into arguments: 500 series of one name have more points than a call takes.
  const highest = now.reduce((most, { percent }) => Math.max(most, percent), Number.NEGATIVE_INFINITY);
  const deviations = Math.max(0, highest - mean) / (deviation + usualShare * mean + usualPoints);
  const risen = now.filter(({ percent, atMs }) => atMs !== undefined && percent >= (mean + highest) / 2);
  return {
    ...(loadQuery === '' ? {} : { metricQuery: loadQuery }),
    ...{ channel: 'load', kind: 'high-load', service, weight: 0.8 },
    // The logarithm: a load has no upper bound in deviations, and one service's jump would outweigh all other channels.
    surprise: surpriseOf(weight * Math.log2(Math.max(1, deviations)), scale),
    statement: `${service} uses more processor time than before`,
    baseline: `${mean.toFixed(1)} % on average`,
    incident: `${highest.toFixed(1)} % at most, ${deviations.toFixed(1)} deviations above the mean`,
    firstMs: risen.length === 0 ? null : risen.reduce((first, { atMs = 0 }) => Math.min(first, atMs), Infinity),
    ...{ clusterId: null, lines: [] },
  };
}
