import { getEgressEntry, listEgress, type EgressFeature } from '../egress/egress-routes.ts';
import type { CallContext } from '../http/route-handlers.ts';
import type { ModelProviderFeature } from '../language-models/model-provider-feature.ts';
import { changeModelSettings, listModelProviders } from '../language-models/model-provider-routes.ts';
import { testModelProvider } from '../language-models/test-model-provider.ts';
import type { ExplanationFeature } from './explanation-feature.ts';
import { getExplanation, giveExplanationFeedback, listExplanations, startExplanation } from './explanation-routes.ts';
import { previewExplanation } from './preview-explanation.ts';

/** What requests about models, explanations and what went out need. */
export type ModelFeatures = ExplanationFeature & ModelProviderFeature & EgressFeature;

type ForTenant = <Request, Answer>(
  answer: (features: ModelFeatures, request: Request, context: CallContext) => Promise<Answer>
) => (request: Request, context: CallContext) => Promise<Answer>;

/** What answers each row of `explanationRoutes`. */
export function createExplanationHandlers(forTenant: ForTenant) {
  return {
    listModelProviders: forTenant(listModelProviders),
    changeModelSettings: forTenant(changeModelSettings),
    testModelProvider: forTenant(testModelProvider),
    previewExplanation: forTenant(previewExplanation),
    startExplanation: forTenant(startExplanation),
    listExplanations: forTenant(listExplanations),
    getExplanation: forTenant(getExplanation),
    giveExplanationFeedback: forTenant(giveExplanationFeedback),
    listEgress: forTenant(listEgress),
    getEgressEntry: forTenant(getEgressEntry),
  };
}
