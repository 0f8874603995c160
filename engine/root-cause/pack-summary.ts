// Five lines that say it all.
import type { EvidencePack, PackDeploy, PackFinding, PackSuspect } from './evidence-pack.ts';
import { countAgreeing, type ToldJudgement } from './verdict.ts';

/** What the summary is made of. */
export interface SummaryFacts {
  readonly judgement: ToldJudgement;
  readonly onset: string | null;
  readonly evidenceCount: number;
  readonly deploys: readonly PackDeploy[];
  readonly suspects: readonly PackSuspect[];
  readonly findings: readonly PackFinding[];
}

const words = {
  confirmed: 'The cause is confirmed',
  likely: 'The cause is likely',
  inconclusive: 'The evidence is inconclusive',
} as const;

/** Writes the summary in fixed sentences. */
export function writeSummary(facts: SummaryFacts): EvidencePack['summary'] {
  const { judgement, onset, evidenceCount } = facts;
  const suspect = judgement.suspect?.service ?? null;
  const nextStep = findNextStep(facts);
  return {
    suspect,
    since: onset,
    evidenceCount,
    nextStep,
    lines: [
      `${words[judgement.verdict]} (confidence ${judgement.confidence.toFixed(2)}).`,
      describeSuspect(facts),
      onset === null ? 'No beginning was found.' : `It began at ${onset.slice(0, 19).replace('T', ' ')} UTC.`,
      describeEvidenceCount(facts),
      nextStep,
    ],
  };
}

function describeSuspect({ judgement, suspects, findings }: SummaryFacts): string {
  const { suspect, outsideHost } = judgement;
  if (outsideHost !== null) {
    return `Nobody in the data is to blame: the first errors are about ${outsideHost}, which writes no lines here.`;
  }
  if (suspect === null) {
    const [first] = suspects;
    return first === undefined
      ? 'No service deviates more than usual.'
      : `No service stands out enough to be blamed; ${first.service} deviates most.`;
  }
  const own = findings.find(({ service }) => service === suspect.service);
  return own === undefined ? `Suspect: ${suspect.service}.` : `Suspect: ${suspect.service}. ${own.statement}.`;
}

/** What speaks against the suspect, as a sentence. */
export function describeEvidenceCount({
  judgement,
  evidenceCount,
  findings,
}: Pick<SummaryFacts, 'judgement' | 'evidenceCount' | 'findings'>): string {
  const { suspect } = judgement;
  if (suspect === null) {
    return findings.length === 0 ? 'There are no findings.' : `${findings.length} findings, none of them proof.`;
  }
  const kinds = countAgreeing(suspect);
  return `${evidenceCount} finding${evidenceCount === 1 ? '' : 's'} of ${kinds} independent kind${kinds === 1 ? '' : 's'} speak against it.`;
}

function findNextStep({ judgement, deploys, suspects, findings }: SummaryFacts): string {
  const { suspect, outsideHost } = judgement;
  if (outsideHost !== null) {
    return `Next: ask whoever runs ${outsideHost}, or bring its logs here.`;
  }
  const deploy = deploys.find(({ isSuspect }) => isSuspect);
  if (suspect !== null && deploy !== undefined) {
    const version = deploy.version === '' ? 'the deploy' : `version ${deploy.version}`;
    return `Next: compare ${version} of ${suspect.service} with the one before, and roll it back when its lines agree.`;
  }
  const service = suspect?.service ?? suspects[0]?.service;
  const finding = findings.find((one) => one.service === service && one.lineIds.length > 0);
  if (service !== undefined && finding !== undefined) {
    return `Next: open the lines of ${finding.id} in ${service} and read what stands around them.`;
  }
  return 'Next: widen or move the windows, or name another service.';
}
