import { z } from 'zod';
import { ModelProviderName, ModelSize } from './model-providers.ts';
import { Timestamp } from './time.ts';

/** A cause that the model holds possible. Every claim names the findings and lines of the evidence that it stands on. */
export const Hypothesis = z
  .object({
    service: z.string(),
    mechanism: z.string(),
    confidence: z.enum(['low', 'medium', 'high']),
    evidence: z.array(z.string()).describe('Ids of findings and lines that speak for it, such as `F3` and `L12`'),
    against: z.array(z.string()).describe('Ids of those that speak against it'),
  })
  .meta({ id: 'Hypothesis' });
export type Hypothesis = z.infer<typeof Hypothesis>;

/** A look that may tell more. */
export const NextCheck = z
  .object({
    text: z.string(),
    query: z.string().nullable().describe('LogQL that has passed the same guard as queries of people; null: none'),
  })
  .meta({ id: 'NextCheck' });
export type NextCheck = z.infer<typeof NextCheck>;

/** A quoted line that an explanation stands on, read again from the log store when the explanation was made. */
export const ExplanationCitation = z
  .object({
    lineId: z.string().describe('Id of the line in the evidence, such as `L12`'),
    hash: z.string(),
    state: z
      .enum(['verified', 'unverified', 'refuted'])
      .describe(
        '`verified`: the log store has it; `refuted`: it has others and not this one, and the model did not get it; `unverified`: it has none any more, or could not be asked'
      ),
    reason: z.string(),
  })
  .meta({ id: 'ExplanationCitation' });
export type ExplanationCitation = z.infer<typeof ExplanationCitation>;

/** What people said of an explanation. */
export const ExplanationFeedback = z
  .object({
    usefulCount: z.number().int(),
    notUsefulCount: z.number().int(),
    own: z.object({ isUseful: z.boolean(), reason: z.string() }).nullable().describe("The caller's; null: none"),
  })
  .meta({ id: 'ExplanationFeedback' });
export type ExplanationFeedback = z.infer<typeof ExplanationFeedback>;

/**
 * An analysis in words. `explained`: by a model, checked against the evidence. `analysis_failed`: `failure` says why, and the
 * texts are the fixed sentences that need no model.
 */
export const Explanation = z
  .object({
    id: z.uuid(),
    analysisId: z.uuid().describe('The analysis whose evidence it explains'),
    status: z.enum(['pending', 'explained', 'analysis_failed']),
    origin: z
      .enum(['model', 'fixed-sentences'])
      .describe('Who wrote the texts: a language model (mark them as such), or rules'),
    failure: z.string().nullable().describe('Why no model explained it; null: one did, or it is pending'),
    jobId: z.uuid().nullable().describe('The job that makes it: its progress and cancel'),
    verdict: z.enum(['confirmed', 'likely', 'inconclusive']).describe('Computed from the evidence, not by the model'),
    rootCause: z.string().nullable().describe('One sentence; null: not proven'),
    confidence: z.number().min(0).max(1).describe('Ours, or less where the model doubts'),
    summary: z.string(),
    suggestedAction: z.string().nullable(),
    hypotheses: z.array(Hypothesis),
    unknowns: z.array(z.string()),
    nextChecks: z.array(NextCheck),
    droppedClaimCount: z
      .number()
      .int()
      .describe('Claims of the model that are not shown: without evidence, or quoting what no line says'),
    citations: z
      .array(ExplanationCitation)
      .describe('Every quoted line that it stands on; empty while it is pending, and where it stands on none'),
    isRepaired: z.boolean().describe('The first answer broke the rules and the second one did not'),
    provider: ModelProviderName.nullable(),
    model: z.string().nullable().describe('As the provider calls it'),
    inputTokens: z.number().int().nullable(),
    outputTokens: z.number().int().nullable(),
    costUsd: z.number().nullable().describe('Null: no model was asked, or nobody has said what it costs'),
    durationMs: z.number().int().nullable(),
    promptVersion: z.string(),
    packHash: z.string().describe('SHA-256 of the evidence that it explains'),
    createdBy: z.string(),
    createdAt: Timestamp,
    finishedAt: Timestamp.nullable(),
    feedback: ExplanationFeedback,
  })
  .meta({ id: 'Explanation' });
export type Explanation = z.infer<typeof Explanation>;

/** Path parameter of an explanation. */
export const ExplanationParams = z.object({ id: z.uuid() });
export type ExplanationParams = z.infer<typeof ExplanationParams>;

/** Query of explanations. */
export const ListExplanationsRequest = z.object({
  analysisId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});
export type ListExplanationsRequest = z.infer<typeof ListExplanationsRequest>;

/** Explanations, the newest first. */
export const ListExplanationsResponse = z
  .object({ explanations: z.array(Explanation) })
  .meta({ id: 'ListExplanationsResponse' });
export type ListExplanationsResponse = z.infer<typeof ListExplanationsResponse>;

/** Has an analysis explained. The same evidence, provider, model and prompt is explained once, unless `isFresh`. */
export const StartExplanationRequest = z.object({
  analysisId: z.uuid(),
  isFresh: z.boolean().optional().describe('Ask again although it was explained before'),
  modelSize: ModelSize.optional().describe('Default: what the tenant has chosen'),
  webhookId: z.uuid().optional().describe('Webhook that is told when the job ends'),
});
export type StartExplanationRequest = z.infer<typeof StartExplanationRequest>;

/** The explanation: pending, with the job that makes it, or one that was there already. */
export const ExplanationResponse = z.object({ explanation: Explanation }).meta({ id: 'ExplanationResponse' });
export type ExplanationResponse = z.infer<typeof ExplanationResponse>;

/** Asks what would be sent. */
export const PreviewExplanationRequest = z.object({ analysisId: z.uuid(), modelSize: ModelSize.optional() });
export type PreviewExplanationRequest = z.infer<typeof PreviewExplanationRequest>;

/** What would be sent, where to, and what it would cost; nothing is sent. */
export const PreviewExplanationResponse = z
  .object({
    provider: ModelProviderName,
    model: z.string().nullable(),
    destination: z.string().nullable().describe('Host and port'),
    leavesInstallation: z.boolean(),
    text: z.string().describe('The exact text; only the random marker of the fence is drawn anew for each request'),
    redactions: z
      .array(z.object({ kind: z.string(), count: z.number().int() }))
      .describe('What is replaced by placeholders, by kind'),
    sizeBytes: z.number().int(),
    estimatedInputTokens: z.number().int(),
    maxOutputTokens: z.number().int(),
    maxCostUsd: z.number().nullable().describe('Null: nobody has said what the model costs'),
    refusals: z
      .array(z.string())
      .describe('Why it would not be sent now: the switch, the provider, a budget; empty: it would'),
  })
  .meta({ id: 'PreviewExplanationResponse' });
export type PreviewExplanationResponse = z.infer<typeof PreviewExplanationResponse>;

/** Thumb up or down, with a reason; it replaces what the caller said before. */
export const GiveExplanationFeedbackRequest = z.object({
  isUseful: z.boolean(),
  reason: z.string().trim().max(2000).default(''),
});
export type GiveExplanationFeedbackRequest = z.infer<typeof GiveExplanationFeedbackRequest>;
