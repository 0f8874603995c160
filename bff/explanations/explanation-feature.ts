import type {
  AnalysisStore,
  Clock,
  EgressLedger,
  ExplanationStore,
  ModelSettingsStore,
  RedactionStore,
  WebhookStore,
} from '@loghunter/ports';
import type { JobStartParts } from '../jobs/start-job.ts';
import type { ModelProviders } from '../language-models/model-providers.ts';

/** What requests about explanations need. */
export interface ExplanationFeature extends JobStartParts {
  readonly tenantId: string;
  readonly explanations: ExplanationStore;
  readonly analyses: AnalysisStore;
  readonly modelProviders: ModelProviders;
  readonly modelSettings: ModelSettingsStore;
  readonly egress: EgressLedger;
  readonly redactionStore: RedactionStore;
  readonly webhooks: WebhookStore;
  readonly clock: Clock;
}
