// How sure the evidence is. A fixed rule of three things: how far the first suspect is ahead, how many channels agree, how much of
// the time before is known.
import type { ServiceBlame } from './blame.ts';
import type { EvidenceCase } from './evidence-case.ts';
import type { Verdict } from './evidence-pack.ts';

/** Confidence from which on a verdict is that word. */
const bars = { confirmed: 0.8, likely: 0.5 };
/** Confidence when nobody deviates. */
const leastConfidence = 0.1;
/** A channel with so much surprise agrees. */
const agreeing = 2;
/** Blame below this is what healthy systems show. */
const leastBlame = 3;
/** Blame at which strength is certain for a half, in powers of ten. */
const halfBlame = 1.5;
/** Lead of the first suspect over the second one, as a part of its blame, that counts in full. */
const clearLead = 0.4;
/** Events of the baseline that are enough. */
const enoughEvents = 500;

/** What is told of a judgement. */
export interface ToldJudgement {
  readonly verdict: Verdict;
  /** 0..1. */
  readonly confidence: number;
  /** Null when nobody is suspected with reason. */
  readonly suspect: Pick<ServiceBlame, 'service' | 'channels'> | null;
  /** Host outside the data that the evidence points to; null: none. */
  readonly outsideHost: string | null;
}

/** What the rule says, with its reasons. */
export interface Judgement extends ToldJudgement {
  readonly reasons: readonly string[];
  readonly suspect: ServiceBlame | null;
}

/** Judges the services by what is held against them, most blamed first. */
export function judge(evidence: EvidenceCase, blames: readonly ServiceBlame[]): Judgement {
  const [first, second] = blames;
  if (first === undefined || first.blame < leastBlame) {
    const reasons = ['No service deviates more than healthy services do'];
    return { verdict: 'inconclusive', confidence: leastConfidence, reasons, suspect: null, outsideHost: null };
  }
  const reasons: string[] = [];
  const strength = 1 - 2 ** -(first.blame / halfBlame);
  const lead = (first.blame - (second?.blame ?? 0)) / first.blame;
  const leadFactor = 0.5 + 0.5 * Math.min(1, lead / clearLead);
  reasons.push(
    second === undefined
      ? `Only ${first.service} deviates`
      : `${first.service} is ${Math.round(lead * 100)} % ahead of ${second.service}`
  );
  const channelCount = countAgreeing(first);
  const channelFactor = [0.4, 0.72, 0.95][channelCount] ?? 1;
  reasons.push(channelCount === 1 ? 'One kind of evidence' : `${channelCount} independent kinds of evidence agree`);
  const known = evidence.baseline.lines.length;
  const baselineFactor = Math.min(1, Math.log10(1 + known) / Math.log10(1 + enoughEvents));
  reasons.push(`${known.toLocaleString('en-US')} events of the time before are known`);
  const isComplete = [evidence.baseline, evidence.incident].every(
    ({ readMs, fromMs, toMs }) => readMs >= 0.99 * (toMs - fromMs)
  );
  if (!isComplete) {
    reasons.push('Not all lines of the windows were read');
  }
  const confidence = strength * leadFactor * channelFactor * baselineFactor * (isComplete ? 1 : 0.9);
  if (first.outsideHost !== null) {
    reasons.push(`What ${first.service} complains about, ${first.outsideHost}, is not in the data`);
    return {
      verdict: 'inconclusive',
      confidence: Math.min(confidence, 0.4),
      reasons,
      suspect: null,
      outsideHost: first.outsideHost,
    };
  }
  const verdict = verdictOf(confidence, channelCount);
  return { verdict, confidence, reasons, suspect: verdict === 'inconclusive' ? null : first, outsideHost: null };
}

/**
 * Judges anew when a part of what was held against the suspect falls away: never surer than before.
 * @param suspect as it is without that part; null: nothing is left of it
 * @param leftShare of its surprise, 0..1
 */
export function judgeRest(before: number, suspect: ToldJudgement['suspect'], leftShare: number): ToldJudgement {
  if (suspect === null) {
    return { verdict: 'inconclusive', confidence: Math.min(before, leastConfidence), suspect, outsideHost: null };
  }
  const confidence = Math.round(before * leftShare * 100) / 100;
  const verdict = verdictOf(confidence, countAgreeing(suspect));
  return { verdict, confidence, suspect: verdict === 'inconclusive' ? null : suspect, outsideHost: null };
}

/** Channels that agree with the suspicion. */
export function countAgreeing({ channels }: Pick<ServiceBlame, 'channels'>): number {
  return channels.filter(({ surprise }) => surprise >= agreeing).length;
}

function verdictOf(confidence: number, channelCount: number): Verdict {
  if (confidence >= bars.confirmed && channelCount >= 2) {
    return 'confirmed';
  }
  return confidence >= bars.likely ? 'likely' : 'inconclusive';
}
