import type { Clock, EgressLedger, ModelSettingsStore } from '@loghunter/ports';
import type { ModelProviders } from './model-providers.ts';

/** What requests about language models need. */
export interface ModelProviderFeature {
  readonly tenantId: string;
  readonly modelProviders: ModelProviders;
  readonly modelSettings: ModelSettingsStore;
  readonly egress: EgressLedger;
  readonly clock: Clock;
}
