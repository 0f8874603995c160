import type { AnalysisStore, InvestigationStore, RedactionStore } from '@loghunter/ports';
import type { QueryFeature } from '../queries/query-feature.ts';

/** What requests about redaction rules need. */
export interface RedactionFeature extends QueryFeature {
  readonly redactionStore: RedactionStore;
  /** Both quote lines, which a new rule rewrites too. */
  readonly analyses: Pick<AnalysisStore, 'rewriteTexts'>;
  readonly investigations: Pick<InvestigationStore, 'rewriteTexts'>;
}
