// The one ranking of services by suspicion: evidence packs and the command line both have it.
import { weighBlame, type ServiceBlame } from './blame.ts';
import { tallyClusters } from './cluster-tallies.ts';
import { findDeploys } from './deploy-marks.ts';
import type { EvidenceCase, KnownDeploy } from './evidence-case.ts';
import { compareLoads } from './loads.ts';
import { findRateChanges, type RateChanges } from './rate-changes.ts';
import { toRateDeviations } from './rate-deviations.ts';
import { runToEnd } from './run-to-end.ts';
import { compareRequests, type RequestEvidence } from './service-evidence.ts';

/** Services by suspicion, and what that rests on. */
export interface Ranking extends RateChanges {
  /** Most suspected first. */
  readonly suspects: readonly ServiceBlame[];
  readonly deploys: readonly KnownDeploy[];
  readonly requests: RequestEvidence;
}

/** Ranks the services of a case. */
export function rankSuspects(evidence: EvidenceCase): Ranking {
  return runToEnd(rankSuspectsInSteps(evidence));
}

/** Ranks the services of a case, in steps of some ten milliseconds. Deterministic: the same case gives the same answer. */
export function* rankSuspectsInSteps(evidence: EvidenceCase): Generator<void, Ranking> {
  const tallies = tallyClusters(evidence);
  yield;
  const rates = findRateChanges(evidence, tallies);
  yield;
  const requests = yield* compareRequests(evidence);
  const deploys = findDeploys(evidence);
  const deviations = [...requests.deviations, ...compareLoads(evidence), ...toRateDeviations(evidence, rates.changes)];
  const suspects = weighBlame(evidence, deviations, rates.changes, latestByService(deploys));
  return { ...rates, suspects, deploys, requests };
}

function latestByService(deploys: readonly KnownDeploy[]): ReadonlyMap<string, number> {
  return new Map(deploys.filter(({ service }) => service !== '').map(({ service, atMs }) => [service, atMs]));
}
