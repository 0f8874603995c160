// What becomes of the quoted lines of the evidence when an explanation is made of them.
import type { EvidencePack } from '@loghunter/contracts';
import type { ExplanationCitation } from '@loghunter/ports';
import { verifyReferences, type LineVerifier } from '../root-cause/verify-lines.ts';

/** A log store that does not answer in this time leaves the rest unverified: the explanation says so and does not wait. */
const longestMs = 30_000;

/** Reads every quoted line of the evidence again from the log store, by its hash. */
export async function readCitations(
  verifier: LineVerifier,
  { lines }: EvidencePack,
  signal: AbortSignal
): Promise<readonly ExplanationCitation[]> {
  const limit = AbortSignal.timeout(longestMs);
  const verifications = await verifyReferences(verifier, lines, AbortSignal.any([signal, limit])).catch(
    (error: unknown) => {
      if (signal.aborted || !limit.aborted) {
        throw error;
      }
      return [];
    }
  );
  return lines.map(({ id, hash }, place) => {
    const { state, reason } = verifications[place] ?? { state: 'unverified', reason: 'It was not looked up.' };
    return { lineId: id, hash, state, reason };
  });
}

/**
 * The evidence without what the log store refutes: such lines, findings that rest on nothing else, and suspects that are left with
 * no finding. Nobody explains what is not so.
 */
export function withoutRefuted(pack: EvidencePack, citations: readonly ExplanationCitation[]): EvidencePack {
  const refuted = new Set(citations.filter(({ state }) => state === 'refuted').map(({ lineId }) => lineId));
  if (refuted.size === 0) {
    return pack;
  }
  const findings = pack.findings
    .filter(({ lineIds }) => lineIds.length === 0 || !lineIds.every((id) => refuted.has(id)))
    .map((finding) => ({ ...finding, lineIds: finding.lineIds.filter((id) => !refuted.has(id)) }));
  const kept = new Set(findings.map(({ id }) => id));
  return {
    ...pack,
    findings,
    lines: pack.lines.filter(({ id }) => !refuted.has(id)),
    suspects: pack.suspects
      .map((suspect) => ({ ...suspect, findingIds: suspect.findingIds.filter((id) => kept.has(id)) }))
      .filter(({ findingIds }) => findingIds.length > 0),
  };
}
