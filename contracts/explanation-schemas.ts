import * as egress from './egress.ts';
import * as explanations from './explanations.ts';
import * as modelProviders from './model-providers.ts';

/** Schemas of the rows in `explanation-routes.ts`. */
export const explanationSchemas = {
  listModelProviders: { response: modelProviders.ListModelProvidersResponse },
  changeModelSettings: {
    body: modelProviders.ChangeModelSettingsRequest,
    response: modelProviders.ModelSettingsResponse,
  },
  testModelProvider: {
    body: modelProviders.TestModelProviderRequest,
    response: modelProviders.TestModelProviderResponse,
  },
  previewExplanation: {
    body: explanations.PreviewExplanationRequest,
    response: explanations.PreviewExplanationResponse,
  },
  startExplanation: { body: explanations.StartExplanationRequest, response: explanations.ExplanationResponse },
  listExplanations: { query: explanations.ListExplanationsRequest, response: explanations.ListExplanationsResponse },
  getExplanation: { params: explanations.ExplanationParams, response: explanations.ExplanationResponse },
  giveExplanationFeedback: {
    params: explanations.ExplanationParams,
    body: explanations.GiveExplanationFeedbackRequest,
    response: explanations.ExplanationResponse,
  },
  listEgress: { query: egress.ListEgressRequest, response: egress.ListEgressResponse },
  getEgressEntry: { params: egress.EgressParams, response: egress.GetEgressEntryResponse },
} as const;
