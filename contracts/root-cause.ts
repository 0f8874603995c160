import { z } from 'zod';
import { Level } from './clusters.ts';
import { Job, JobStatus } from './jobs.ts';
import { Instant, TimeRange, Timestamp } from './time.ts';

const Name = z.string().min(1).max(2048);

/** What an analysis is of. */
export const AnalysisSubject = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('incident'), id: z.uuid() }),
    z.object({ kind: z.literal('cluster'), id: z.uuid() }),
    z.object({
      kind: z.literal('service'),
      service: Name,
      namespace: z.string().max(2048).optional().describe('Absent: any'),
    }),
    z.object({
      kind: z.literal('trace'),
      traceId: z
        .string()
        .regex(/^[\w:.-]{4,128}$/)
        .describe('As it stands in the lines'),
    }),
    z.object({
      kind: z.literal('alert'),
      labels: z
        .record(z.string().min(1).max(200), z.string().max(2048))
        .describe('Labels of the alert: they say which service and streams are meant'),
    }),
  ])
  .meta({ id: 'AnalysisSubject' });
export type AnalysisSubject = z.infer<typeof AnalysisSubject>;

const Window = z.object({ from: Instant, to: Instant });

/** An analysis to begin. Equal requests share one while it is queued or running. */
export const StartAnalysisRequest = z.object({
  subject: AnalysisSubject,
  incident: Window.optional().describe(
    'Time of the incident, 6 hours at most. Default: what the subject says, else the last 30 minutes'
  ),
  baseline: Window.optional().describe(
    'Time that was fine, before the incident. Default: twice as long as the incident and just before it, 1 to 6 hours'
  ),
  investigationId: z.uuid().optional().describe('Investigation that it is attached to'),
  webhookId: z.uuid().optional().describe('Webhook that is told when the analysis ends'),
});
export type StartAnalysisRequest = z.infer<typeof StartAnalysisRequest>;

/** How sure the evidence is, said by fixed rules: never more than `likely` without two independent channels. */
export const Verdict = z.enum(['confirmed', 'likely', 'inconclusive']).meta({ id: 'Verdict' });
export type Verdict = z.infer<typeof Verdict>;

/** The channel that a finding comes from. Channels are independent of each other; findings of one are not. */
export const EvidenceChannel = z
  .enum(['order', 'errors', 'rate', 'delay', 'calls', 'silence', 'load'])
  .describe(
    'order: what follows what; errors: errors that were not there before; rate: lines more or less often; delay: own steps take longer; calls: calls to or from it take longer; silence: regular lines stopped; load: processor time'
  )
  .meta({ id: 'EvidenceChannel' });
export type EvidenceChannel = z.infer<typeof EvidenceChannel>;

/** A line that a finding rests on, as it was read, with what is private removed. */
export const QuotedLine = z
  .object({
    id: z.string().describe('L1, L2 ...: unique in the pack'),
    findingId: z.string(),
    window: z.enum(['baseline', 'incident']),
    service: z.string(),
    namespace: z.string(),
    level: Level,
    at: Timestamp,
    timestampNs: z.string().describe('Nanoseconds since 1970, as digits'),
    text: z.string().describe('Redacted, and cut after 400 characters'),
    labels: z.record(z.string(), z.string()).describe('Of its stream'),
    hash: z.string().describe('128 bits of SHA-256 over stream, time, text and structured metadata: see ADR 14'),
    query: z.string().describe('LogQL that finds it; together with the time, it and few others'),
  })
  .meta({ id: 'QuotedLine' });
export type QuotedLine = z.infer<typeof QuotedLine>;

/** One thing that the evidence shows. */
export const Finding = z
  .object({
    id: z.string().describe('F1, F2 ...: the strongest first'),
    channel: EvidenceChannel,
    kind: z.enum([
      'new-order',
      'vanished-order',
      'new-error',
      'new-cluster',
      'gone-cluster',
      'more-often',
      'less-often',
      'slow-steps',
      'slow-calls',
      'fell-silent',
      'high-load',
    ]),
    service: z.string(),
    statement: z.string().describe('In one sentence'),
    surprise: z.number().nonnegative().describe('-log10 of the probability that a healthy service shows this'),
    baseline: z.string().describe('What it was before, with its unit; empty when there is nothing to say'),
    incident: z.string().describe('What it is in the incident, with its unit'),
    firstAt: Timestamp.nullable().describe('When it was first seen in the incident; null: it is an absence'),
    clusterId: z.uuid().nullable(),
    lineIds: z.array(z.string()),
    query: z.string().describe('LogQL of the lines behind it; empty when none is known'),
    traceIds: z.array(z.string()).optional().describe('Traces that show it, for findings from spans'),
    metricQuery: z.string().optional().describe('PromQL that shows it, for findings from metrics'),
  })
  .meta({ id: 'Finding' });
export type Finding = z.infer<typeof Finding>;

/** A service that may be the cause. */
export const Suspect = z
  .object({
    rank: z.number().int().positive(),
    service: z.string(),
    score: z.number().min(0).max(1).describe('Its part of the suspicion of all services'),
    reasons: z.array(z.string()).describe('Why, the strongest first'),
    channels: z.array(z.object({ channel: EvidenceChannel, surprise: z.number().nonnegative() })),
    findingIds: z.array(z.string()),
    isFirst: z.boolean().describe('Whether it deviated before all other services'),
  })
  .meta({ id: 'Suspect' });
export type Suspect = z.infer<typeof Suspect>;

/** Something that happened, for the timeline. */
export const TimelineEntry = z
  .object({
    at: Timestamp,
    kind: z.enum(['deploy', 'onset', 'first-bad-cluster', 'deviation', 'incident-start', 'incident-end']),
    service: z.string().describe('Empty when it is nobody’s'),
    text: z.string(),
    findingId: z.string().nullable(),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** In which order services were reached by the trouble. */
export const Propagation = z
  .object({
    basis: z
      .enum(['traces', 'time-order', 'none'])
      .describe('traces: ids in the lines say who called whom; time-order: only the order in time does'),
    weakness: z.string().describe('What it cannot show; empty when it rests on traces'),
    services: z.array(
      z.object({
        service: z.string(),
        role: z.enum(['origin', 'affected', 'unaffected']),
        firstDeviationAt: Timestamp.nullable(),
      })
    ),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        count: z.number().int().nonnegative().describe('Requests that went this way in the incident'),
        affectedCount: z.number().int().nonnegative().describe('Those of them that deviated'),
      })
    ),
  })
  .meta({ id: 'Propagation' });
export type Propagation = z.infer<typeof Propagation>;

/** One cluster before and during the incident. */
export const ComparedCluster = z
  .object({
    clusterId: z.uuid().nullable().describe('Null for lines that are not stored as a cluster'),
    service: z.string(),
    level: Level,
    templateText: z.string(),
    kind: z.enum(['new', 'gone', 'up', 'down']),
    baselineCount: z.number().int().nonnegative(),
    incidentCount: z.number().int().nonnegative(),
    baselinePerMinute: z.number().nonnegative(),
    incidentPerMinute: z.number().nonnegative(),
    surprise: z.number().nonnegative(),
    firstAt: Timestamp.nullable().describe('First seen in the incident; null when it was not'),
    isOldNoise: z.boolean().describe('An error that was as loud before: no reason for blame'),
    countedFrom: z
      .enum(['ledger'])
      .optional()
      .describe('Exact counts of whole minutes; absent: counted in what was read, which may be a part of the window'),
  })
  .meta({ id: 'ComparedCluster' });
export type ComparedCluster = z.infer<typeof ComparedCluster>;

/** A label value that what went wrong concentrates in. */
export const Concentration = z
  .object({
    name: z.string(),
    value: z.string(),
    affectedShare: z.number().min(0).max(1).describe('Of the lines that are new or more often, those with the value'),
    otherShare: z.number().min(0).max(1).describe('Of all other lines of the same services, those with the value'),
    surprise: z.number().nonnegative(),
  })
  .meta({ id: 'Concentration' });
export type Concentration = z.infer<typeof Concentration>;

/** A deploy near the incident. */
export const PackDeploy = z
  .object({
    at: Timestamp,
    service: z.string(),
    version: z.string(),
    text: z.string(),
    minutesBeforeOnset: z.number().describe('Negative when it came after'),
    isSuspect: z.boolean().describe('Of the first suspect, or of all, and shortly before the onset'),
  })
  .meta({ id: 'PackDeploy' });
export type PackDeploy = z.infer<typeof PackDeploy>;

/** A window of an analysis, and how much of it was read. */
export const AnalysedWindow = z
  .object({
    range: TimeRange,
    lineCount: z.number().int().nonnegative().describe('Lines that were read'),
    isComplete: z.boolean().describe('False: the window holds more lines than were read'),
    readShare: z.number().min(0).max(1).describe('Share of the window’s time that was read'),
    queries: z.array(z.string()).describe('LogQL that was sent'),
  })
  .meta({ id: 'AnalysedWindow' });
export type AnalysedWindow = z.infer<typeof AnalysedWindow>;

/** Why something is not the cause, or was not looked at. */
const Remark = z.object({ what: z.string(), why: z.string() });

/** Everything an analysis found. The same lines give the same pack; no language model took part. */
export const EvidencePack = z
  .object({
    version: z.literal(1),
    subjectText: z.string().describe('What was analysed, in words'),
    verdict: Verdict,
    confidence: z.number().min(0).max(1),
    confidenceReasons: z.array(z.string()),
    summary: z.object({
      suspect: z.string().nullable().describe('Service; null when nobody is suspected'),
      since: Timestamp.nullable(),
      evidenceCount: z.number().int().nonnegative().describe('Findings against the suspect'),
      nextStep: z.string(),
      lines: z
        .array(z.string())
        .length(5)
        .describe('Verdict, suspect, since when, evidence, next step: a sentence each'),
    }),
    windows: z.object({ baseline: AnalysedWindow, incident: AnalysedWindow }),
    suspects: z.array(Suspect),
    findings: z.array(Finding),
    lines: z.array(QuotedLine),
    timeline: z.object({
      onset: Timestamp.nullable(),
      firstBadClusterId: z.uuid().nullable(),
      entries: z.array(TimelineEntry),
    }),
    propagation: Propagation,
    comparison: z.array(ComparedCluster),
    concentration: z.array(Concentration),
    deploys: z.array(PackDeploy),
    ruledOut: z.array(Remark),
    notLookedAt: z.array(Remark),
    droppedFindingCount: z.number().int().nonnegative().describe('Findings left out so that the pack stays small'),
    estimatedTokens: z.number().int().nonnegative().describe('Of the pack as text: a quarter of its characters'),
  })
  .meta({ id: 'EvidencePack' });
export type EvidencePack = z.infer<typeof EvidencePack>;

/** An analysis in a list. */
export const AnalysisSummary = z
  .object({
    id: z.uuid(),
    jobId: z.uuid(),
    status: JobStatus,
    progress: z.number().min(0).max(1),
    progressText: z.string().describe('The step it is at'),
    failure: z.string().nullable(),
    subject: AnalysisSubject,
    subjectText: z.string(),
    incident: TimeRange,
    baseline: TimeRange,
    verdict: Verdict.nullable().describe('Null until it succeeded, as are the next two'),
    confidence: z.number().min(0).max(1).nullable(),
    suspect: z.string().nullable().describe('Null also when nobody is suspected'),
    createdBy: z.string(),
    createdAt: Timestamp,
    finishedAt: Timestamp.nullable(),
  })
  .meta({ id: 'AnalysisSummary' });
export type AnalysisSummary = z.infer<typeof AnalysisSummary>;

/** An analysis with its evidence. */
export const Analysis = AnalysisSummary.extend({
  pack: EvidencePack.nullable().describe('Null until it succeeded'),
  packHash: z.string().nullable().describe('SHA-256 of the pack: the same evidence has the same hash'),
  text: z.string().describe('The pack in fixed sentences, as Markdown; empty until it succeeded'),
}).meta({ id: 'Analysis' });
export type Analysis = z.infer<typeof Analysis>;

/** An analysis that was begun, and the job to follow. */
export const StartAnalysisResponse = z
  .object({ analysis: AnalysisSummary, job: Job })
  .meta({ id: 'StartAnalysisResponse' });
export type StartAnalysisResponse = z.infer<typeof StartAnalysisResponse>;

/** Path parameter of an analysis. */
export const AnalysisParams = z.object({ id: z.uuid() });
export type AnalysisParams = z.infer<typeof AnalysisParams>;

/** Query of the list of analyses. */
export const ListAnalysesRequest = z.object({
  subjectKind: z.enum(['incident', 'cluster', 'service', 'trace', 'alert']).optional(),
  subjectId: z.uuid().optional().describe('Of an incident or a cluster'),
  service: z.string().max(2048).optional().describe('First suspect, or the service that was analysed'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type ListAnalysesRequest = z.infer<typeof ListAnalysesRequest>;

/** Analyses, the newest first. */
export const ListAnalysesResponse = z
  .object({ analyses: z.array(AnalysisSummary), totalCount: z.number().int().nonnegative() })
  .meta({ id: 'ListAnalysesResponse' });
export type ListAnalysesResponse = z.infer<typeof ListAnalysesResponse>;

/** A line to be looked up again. */
export const LineReference = z
  .object({
    labels: z.record(z.string().min(1).max(200), z.string().max(2048)).describe('Of its stream'),
    timestampNs: z.string().regex(/^\d{1,19}$/),
    hash: z.string().regex(/^[0-9a-f]{32}$/),
    text: z.string().max(10_000).optional().describe('What was quoted: refuted when the line does not say that'),
  })
  .meta({ id: 'LineReference' });
export type LineReference = z.infer<typeof LineReference>;

/** Lines to be looked up again in the log store. */
export const VerifyLinesRequest = z.object({ lines: z.array(LineReference).min(1).max(50) });
export type VerifyLinesRequest = z.infer<typeof VerifyLinesRequest>;

/** What the log store says of a line. */
export const LineVerification = z
  .object({
    hash: z.string(),
    state: z
      .enum(['verified', 'unverified', 'refuted'])
      .describe(
        'verified: the log store has this very line; refuted: it has lines of the stream at that time, and not this one; unverified: it could not be asked, or has nothing of that time any more'
      ),
    reason: z.string(),
    query: z.string().describe('LogQL that was sent'),
  })
  .meta({ id: 'LineVerification' });
export type LineVerification = z.infer<typeof LineVerification>;

/** In the order of the request. */
export const VerifyLinesResponse = z.object({ lines: z.array(LineVerification) }).meta({ id: 'VerifyLinesResponse' });
export type VerifyLinesResponse = z.infer<typeof VerifyLinesResponse>;
