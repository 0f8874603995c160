import { z } from 'zod';
import { Level } from './clusters.ts';
import { AnalysisSummary, LineReference } from './root-cause.ts';
import { Instant, TimeRange, Timestamp } from './time.ts';

const Title = z.string().trim().min(1).max(200);
const Text = z.string().trim().min(1).max(10_000);

/** Where people are with it. */
export const InvestigationState = z.enum(['open', 'mitigated', 'resolved']).meta({ id: 'InvestigationState' });
export type InvestigationState = z.infer<typeof InvestigationState>;

/** An investigation in a list. */
export const InvestigationSummary = z
  .object({
    id: z.uuid(),
    title: z.string(),
    state: InvestigationState,
    range: TimeRange.describe('Time that it is about'),
    services: z.array(z.string()),
    clusterIds: z.array(z.uuid()).describe('Clusters that it is about: given, pinned, or found by its analyses'),
    incidentId: z.uuid().nullable(),
    resolution: z.string().describe('What it was and what helped; empty until somebody wrote it'),
    suspect: z.string().nullable().describe('Of its newest analysis; null when there is none'),
    createdBy: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    resolvedAt: Timestamp.nullable(),
  })
  .meta({ id: 'InvestigationSummary' });
export type InvestigationSummary = z.infer<typeof InvestigationSummary>;

/** A line that was copied into the investigation, so that it outlives the log store's retention. */
export const PinnedLine = z
  .object({
    id: z.uuid(),
    at: Timestamp,
    timestampNs: z.string(),
    service: z.string(),
    level: Level,
    text: z.string().describe('Redacted'),
    labels: z.record(z.string(), z.string()),
    hash: z.string(),
    query: z.string().describe('LogQL that finds it'),
    clusterId: z.uuid().nullable(),
    note: z.string().describe('Why it was pinned; may be empty'),
    pinnedBy: z.string(),
    pinnedAt: Timestamp,
  })
  .meta({ id: 'PinnedLine' });
export type PinnedLine = z.infer<typeof PinnedLine>;

/** Something that somebody did, said or found. */
export const InvestigationEvent = z
  .object({
    at: Timestamp,
    kind: z.enum(['created', 'renamed', 'state', 'resolution', 'pinned', 'comment', 'analysis', 'annotated', 'log']),
    by: z.string().describe('Empty for what happened by itself'),
    text: z.string(),
  })
  .meta({ id: 'InvestigationEvent' });
export type InvestigationEvent = z.infer<typeof InvestigationEvent>;

/** What somebody wrote. */
export const InvestigationComment = z
  .object({ id: z.uuid(), text: z.string(), createdBy: z.string(), createdAt: Timestamp })
  .meta({ id: 'InvestigationComment' });
export type InvestigationComment = z.infer<typeof InvestigationComment>;

/** An investigation with all that belongs to it. */
export const Investigation = InvestigationSummary.extend({
  pinnedLines: z.array(PinnedLine).describe('In order of their time'),
  comments: z.array(InvestigationComment).describe('The oldest first'),
  analyses: z.array(AnalysisSummary).describe('The newest first'),
  timeline: z.array(InvestigationEvent).describe('What the logs show and what people did, the oldest first'),
}).meta({ id: 'Investigation' });
export type Investigation = z.infer<typeof Investigation>;

/** Query of the list of investigations. */
export const ListInvestigationsRequest = z.object({
  state: InvestigationState.optional(),
  text: z.string().max(200).optional().describe('Part of title or resolution, case ignored'),
  clusterId: z.uuid().optional().describe('Only those about this cluster'),
  incidentId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type ListInvestigationsRequest = z.infer<typeof ListInvestigationsRequest>;

/** Investigations, those changed last first. */
export const ListInvestigationsResponse = z
  .object({ investigations: z.array(InvestigationSummary), totalCount: z.number().int().nonnegative() })
  .meta({ id: 'ListInvestigationsResponse' });
export type ListInvestigationsResponse = z.infer<typeof ListInvestigationsResponse>;

/** An investigation to begin. */
export const CreateInvestigationRequest = z.object({
  title: Title,
  from: Instant.optional().describe('Start of what it is about. Default: one hour before `to`'),
  to: Instant.optional().describe('Default: now'),
  services: z.array(z.string().min(1).max(2048)).max(50).optional(),
  clusterIds: z.array(z.uuid()).max(50).optional(),
  incidentId: z.uuid().optional(),
  analysisId: z.uuid().optional().describe('An analysis that it begins with'),
});
export type CreateInvestigationRequest = z.infer<typeof CreateInvestigationRequest>;

/** Path parameter of an investigation. */
export const InvestigationParams = z.object({ id: z.uuid() });
export type InvestigationParams = z.infer<typeof InvestigationParams>;

/** What is to be otherwise; what is absent stays. */
export const ChangeInvestigationRequest = z.object({
  title: Title.optional(),
  state: InvestigationState.optional(),
  resolution: z.string().trim().max(10_000).optional(),
});
export type ChangeInvestigationRequest = z.infer<typeof ChangeInvestigationRequest>;

/** A line to be copied; it is read from the log store, so that only what is there can be pinned. */
export const PinLineRequest = LineReference.omit({ hash: true, text: true }).extend({
  hash: LineReference.shape.hash.optional(),
  text: z.string().max(100_000).optional().describe('The line as the log store has it; of hash and text one is needed'),
  note: z.string().trim().max(2000).optional(),
});
export type PinLineRequest = z.infer<typeof PinLineRequest>;

/** Path parameters of a pinned line. */
export const PinnedLineParams = z.object({ id: z.uuid(), lineId: z.uuid() });
export type PinnedLineParams = z.infer<typeof PinnedLineParams>;

/** A line that is pinned no more. */
export const UnpinLineResponse = z.object({ id: z.uuid() }).meta({ id: 'UnpinLineResponse' });
export type UnpinLineResponse = z.infer<typeof UnpinLineResponse>;

/** A comment to add. */
export const AddCommentRequest = z.object({ text: Text });
export type AddCommentRequest = z.infer<typeof AddCommentRequest>;

/** An analysis to attach. */
export const AttachAnalysisRequest = z.object({ analysisId: z.uuid() });
export type AttachAnalysisRequest = z.infer<typeof AttachAnalysisRequest>;

/** Past investigations about the same clusters. */
export const ListSimilarInvestigationsResponse = z
  .object({
    similar: z.array(
      z.object({
        investigation: InvestigationSummary,
        similarity: z.number().min(0).max(1).describe('Common clusters by all clusters of both'),
        commonClusterIds: z.array(z.uuid()),
        text: z.string().describe('In a sentence: when it was seen before and what helped'),
      })
    ),
  })
  .meta({ id: 'ListSimilarInvestigationsResponse' });
export type ListSimilarInvestigationsResponse = z.infer<typeof ListSimilarInvestigationsResponse>;

/** An investigation as the draft of a post-mortem. */
export const ExportInvestigationResponse = z
  .object({ fileName: z.string(), markdown: z.string() })
  .meta({ id: 'ExportInvestigationResponse' });
export type ExportInvestigationResponse = z.infer<typeof ExportInvestigationResponse>;

/** An annotation to write into Grafana. */
export const AnnotateInvestigationRequest = z.object({
  text: z.string().trim().min(1).max(2000).optional().describe('Default: title, suspect and state'),
});
export type AnnotateInvestigationRequest = z.infer<typeof AnnotateInvestigationRequest>;

/** The annotation that was written. */
export const AnnotateInvestigationResponse = z
  .object({ annotationId: z.string(), text: z.string(), range: TimeRange })
  .meta({ id: 'AnnotateInvestigationResponse' });
export type AnnotateInvestigationResponse = z.infer<typeof AnnotateInvestigationResponse>;
