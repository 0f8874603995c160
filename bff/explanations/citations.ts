// What becomes of the quoted lines of the evidence when an explanation is made of them.
import type { EvidencePack, LineVerification } from '@loghunter/contracts';
import { withoutLines, type EvidencePack as EnginePack } from '@loghunter/engine/root-cause';
import type { ExplanationCitation } from '@loghunter/ports';
import { verifyInTurn, type LineVerifier } from '../root-cause/verify-lines.ts';

/** A log store that does not answer in this time leaves the rest unverified: the explanation says so and does not wait. */
const longestMs = 30_000;

/**
 * Reads every quoted line of the evidence again from the log store, by its hash.
 * @param limitMs after which the lines that are left are not looked up
 */
export async function readCitations(
  verifier: LineVerifier,
  { lines }: EvidencePack,
  signal: AbortSignal,
  limitMs = longestMs
): Promise<readonly ExplanationCitation[]> {
  const limit = AbortSignal.timeout(limitMs);
  const verifications: LineVerification[] = [];
  try {
    for await (const verification of verifyInTurn(verifier, lines, AbortSignal.any([signal, limit]))) {
      verifications.push(verification);
    }
  } catch (error) {
    if (signal.aborted || !limit.aborted) {
      throw error;
    }
  }
  return lines.map(({ id, hash }, place) => {
    const { state, reason } = verifications[place] ?? { state: 'unverified', reason: 'It was not looked up.' };
    return { lineId: id, hash, state, reason };
  });
}

/** The evidence without what the log store refutes, and without what was said because of it: nobody explains what is not so. */
export function withoutRefuted(pack: EvidencePack, citations: readonly ExplanationCitation[]): EvidencePack {
  const refuted = new Set(citations.filter(({ state }) => state === 'refuted').map(({ lineId }) => lineId));
  return refuted.size === 0 ? pack : (withoutLines(pack as EnginePack, refuted) as EvidencePack);
}
