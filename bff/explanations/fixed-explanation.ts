import type { EvidencePack } from '@loghunter/contracts';
import type { ExplanationContent } from '@loghunter/ports';

const maxHypotheses = 3;
const maxReasons = 3;

/** The evidence in fixed sentences: what stands there when no model has explained it. */
export function fixedExplanation(pack: EvidencePack): ExplanationContent {
  const [suspect] = pack.suspects;
  const isProven = pack.verdict !== 'inconclusive' && suspect !== undefined;
  return {
    origin: 'fixed-sentences',
    rootCause: isProven ? `${suspect.service}: ${suspect.reasons[0] ?? 'it deviates most'}` : null,
    summary: pack.summary.lines.join(' '),
    suggestedAction: pack.summary.nextStep === '' ? null : pack.summary.nextStep,
    hypotheses: pack.suspects.slice(0, maxHypotheses).map(({ service, reasons, findingIds }) => ({
      ...{ service, mechanism: reasons.slice(0, maxReasons).join('; '), evidence: findingIds, against: [] },
      confidence: pack.verdict === 'confirmed' ? 'high' : pack.verdict === 'likely' ? 'medium' : 'low',
    })),
    unknowns: pack.notLookedAt.map(({ what, why }) => `${what}: ${why}`),
    nextChecks: [],
    droppedClaimCount: 0,
    isRepaired: false,
  };
}
