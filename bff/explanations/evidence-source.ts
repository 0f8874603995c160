import type { EvidencePack } from '@loghunter/contracts';
import type { AnalysisStore } from '@loghunter/ports';

/** The evidence of a finished analysis. */
export interface Evidence {
  readonly pack: EvidencePack;
  /** SHA-256 of the pack. */
  readonly packHash: string;
}

/** The evidence of an analysis; null: there is no such analysis, or it has not succeeded. Throws `PortError`. */
export async function readEvidence(
  analyses: AnalysisStore,
  tenantId: string,
  analysisId: string
): Promise<Evidence | null> {
  const result = (await analyses.get(tenantId, analysisId))?.result ?? null;
  if (result === null) {
    return null;
  }
  // Packs are written by this server, in the form of the contract.
  const pack: unknown = result.pack;
  return { pack: pack as EvidencePack, packHash: result.packHash };
}
