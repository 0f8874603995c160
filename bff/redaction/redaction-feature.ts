import type { RedactionStore } from '@loghunter/ports';
import type { QueryFeature } from '../queries/query-feature.ts';

/** What requests about redaction rules need. */
export interface RedactionFeature extends QueryFeature {
  readonly redactionStore: RedactionStore;
}
