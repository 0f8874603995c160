import type { EvidencePack } from '@loghunter/contracts';
import type { ExplanationCitation, ExplanationContent } from '@loghunter/ports';

const maxHypotheses = 3;
const maxReasons = 3;

/** Of the first suspect; all others are less. */
const confidences = { confirmed: 'high', likely: 'medium', inconclusive: 'low' } as const;

/**
 * The evidence in fixed sentences: what stands there when no model has explained it.
 * @param citations of its lines, where they were read again
 */
export function fixedExplanation(
  pack: EvidencePack,
  citations: readonly ExplanationCitation[] = []
): ExplanationContent {
  const [suspect] = pack.suspects;
  const isProven = pack.verdict !== 'inconclusive' && suspect !== undefined;
  return {
    origin: 'fixed-sentences',
    rootCause: isProven ? causeOf(suspect) : null,
    summary: pack.summary.lines.join(' '),
    suggestedAction: pack.summary.nextStep === '' ? null : sentenceOf(pack.summary.nextStep.replace(/^Next: /, '')),
    hypotheses: pack.suspects.slice(0, maxHypotheses).map(({ rank, service, reasons, findingIds }) => ({
      ...{ service, mechanism: reasons.slice(0, maxReasons).join('; '), evidence: findingIds, against: [] },
      confidence: rank === 1 ? confidences[pack.verdict] : 'low',
    })),
    unknowns: pack.notLookedAt.map(({ what, why }) => `${what}: ${why}`),
    nextChecks: [],
    droppedClaimCount: 0,
    isRepaired: false,
    citations,
  };
}

/** Reasons name the service themselves, most of them. */
function causeOf({ service, reasons }: EvidencePack['suspects'][number]): string {
  const reason = reasons[0] ?? 'it deviates most';
  return reason.includes(service) ? sentenceOf(reason) : `${service}: ${reason}`;
}

function sentenceOf(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
