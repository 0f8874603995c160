import { z } from 'zod';
import { Level, LogQuery, Sample } from './clusters.ts';
import { Assignee } from './work-list.ts';
import { Instant, repeated, TimeRange, TimeRangeQuery, Timestamp } from './time.ts';

/** How bad an anomaly is, from how sure and how large it is, least first. */
export const AnomalySeverity = z.enum(['low', 'medium', 'high', 'critical']).meta({ id: 'AnomalySeverity' });
export type AnomalySeverity = z.infer<typeof AnomalySeverity>;

/**
 * What happened to a series: a spike or dip that passes, a step that stays, silence, a cluster never seen before, more errors than the
 * lines explain, another share of the service's events after a deploy, or an alert that came in from outside.
 */
export const AnomalyKind = z
  .enum(['spike', 'dip', 'step', 'silence', 'errors', 'new', 'share', 'alert'])
  .meta({ id: 'AnomalyKind' });
export type AnomalyKind = z.infer<typeof AnomalyKind>;

/** What a series counts: a service's lines, its errors, or one cluster's events; `alert` for what came from outside. */
export const AnomalyMetric = z.enum(['volume', 'errors', 'cluster', 'alert']).meta({ id: 'AnomalyMetric' });
export type AnomalyMetric = z.infer<typeof AnomalyMetric>;

/** Whether it goes on; `withdrawn`: lines that came later, or older ones, took it back. */
export const AnomalyState = z.enum(['open', 'closed', 'withdrawn']).meta({ id: 'AnomalyState' });
export type AnomalyState = z.infer<typeof AnomalyState>;

/** One detector's finding on one series. */
export const AnomalyEvent = z
  .object({
    id: z.uuid(),
    incidentId: z.uuid().nullable().describe('Null: a suppression holds it back'),
    service: z.string(),
    namespace: z.string(),
    kind: AnomalyKind,
    metric: AnomalyMetric,
    clusterId: z.uuid().nullable().describe('Null: it is about the service as a whole'),
    severity: AnomalySeverity,
    state: AnomalyState,
    title: z.string().describe('One sentence with the figures'),
    baseline: z.number().describe('What was expected in the window that deviates most'),
    observed: z.number().describe('What was counted in it'),
    deviationFactor: z.number().nullable().describe('Observed by baseline; null when nothing was expected'),
    evidence: z.number().describe('-log10 of the probability of so large a deviation when all is normal'),
    startedAt: Timestamp.describe('First minute of the window'),
    detectedAt: Timestamp.describe('End of the minute that opened it'),
    endedAt: Timestamp.nullable().describe('Null: it goes on'),
  })
  .meta({ id: 'AnomalyEvent' });
export type AnomalyEvent = z.infer<typeof AnomalyEvent>;

/** Events and alerts that overlap in time and belong together. */
export const Incident = z
  .object({
    id: z.uuid(),
    title: z.string(),
    severity: AnomalySeverity.describe('Highest of its events'),
    state: AnomalyState.describe('Open while one of its events is; withdrawn when all of them were taken back'),
    startedAt: Timestamp,
    endedAt: Timestamp.nullable().describe('Null: it goes on'),
    services: z.array(z.string()).describe('In the order in which they were struck'),
    kinds: z.array(AnomalyKind),
    eventCount: z.number().int().nonnegative(),
    acknowledged: z.object({ at: Timestamp, by: z.string() }).nullable().describe('Null: nobody has'),
    assignee: Assignee.nullable().describe('Who looks after it; null: nobody'),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof Incident>;

const severities = repeated(AnomalySeverity, 4).describe('Any of these severities');
const kinds = repeated(AnomalyKind, 8).describe('Any of these kinds');
const services = repeated(z.string().max(2048), 50).describe('Any of these services');
const limit = z.coerce.number().int().min(1).max(200).optional().describe('Page size. Default: 50');
const offset = z.coerce.number().int().min(0).max(100_000).optional().describe('To skip. Default: 0');

/** Query of the incidents: those that were open at some moment of the range, which may be 31 days long and is the last day by default. */
export const ListIncidentsRequest = TimeRangeQuery.extend({
  severity: severities,
  kind: kinds,
  service: services,
  state: AnomalyState.optional().describe('Default: those that were not withdrawn'),
  acknowledged: z.enum(['true', 'false']).optional(),
  assignee: repeated(z.string().max(200), 50).describe(
    "Any of these owners: ids of people, names of teams, `me` for the caller, `none` for nobody's"
  ),
  text: z.string().max(1000).optional().describe('Part of the title, case ignored'),
  limit,
  offset,
});
export type ListIncidentsRequest = z.infer<typeof ListIncidentsRequest>;

/** What the detectors do at the moment. */
export const DetectionStatus = z
  .object({
    state: z
      .enum(['off', 'waiting', 'learning', 'watching', 'no-data', 'failing'])
      .describe(
        'waiting: nothing has been read yet; learning: history is read; no-data: the log store gives nothing new; failing: see detail'
      ),
    detail: z.string().describe('One sentence; empty when there is nothing to say'),
    learnedFrom: Timestamp.nullable().describe('First minute that the baselines know; null: none yet'),
    detectedUpTo: Timestamp.nullable().describe('Every minute before this has been judged; null: none has'),
    seriesCount: z.number().int().nonnegative().describe('Series that have a baseline'),
  })
  .meta({ id: 'DetectionStatus' });
export type DetectionStatus = z.infer<typeof DetectionStatus>;

/** A page of incidents, the latest start first. */
export const ListIncidentsResponse = z
  .object({
    range: TimeRange,
    incidents: z.array(Incident),
    totalCount: z.number().int().nonnegative(),
    openCount: z.number().int().nonnegative().describe('Open ones among those that match'),
    detection: DetectionStatus,
  })
  .meta({ id: 'ListIncidentsResponse' });
export type ListIncidentsResponse = z.infer<typeof ListIncidentsResponse>;

/** Path parameter of an incident, an event or a suppression. */
export const AnomalyParams = z.object({ id: z.uuid() });
export type AnomalyParams = z.infer<typeof AnomalyParams>;

/** A mark that a new version of a service was put to work. */
export const Deploy = z
  .object({
    id: z.uuid(),
    service: z.string(),
    namespace: z.string().describe('Empty: any namespace'),
    version: z.string(),
    deployedAt: Timestamp,
    link: z.string().nullable().describe('Where the deploy is described; null: nobody said'),
    source: z.string().describe('Who told of it, such as api or ci'),
    createdBy: z.string(),
  })
  .meta({ id: 'Deploy' });
export type Deploy = z.infer<typeof Deploy>;

/** What was done with an incident. */
export const IncidentHistoryEntry = z
  .object({
    id: z.string(),
    at: Timestamp,
    by: z.string().describe('A name; empty: LogHunter itself'),
    kind: z.enum(['acknowledged', 'taken-back', 'assigned']),
    reason: z.enum(['person', 'owner-rule']),
    assignee: Assignee.nullable().describe('Of assigned: to whom; null: to nobody'),
  })
  .meta({ id: 'IncidentHistoryEntry' });
export type IncidentHistoryEntry = z.infer<typeof IncidentHistoryEntry>;

/** One incident with everything that belongs to it. */
export const GetIncidentResponse = z
  .object({
    incident: Incident,
    events: z.array(AnomalyEvent).describe('In the order in which they began'),
    deploys: z.array(Deploy).describe('Of its services, from an hour before its start to its end'),
    history: z.array(IncidentHistoryEntry).describe('What was done with it, newest first; the 500 newest'),
  })
  .meta({ id: 'GetIncidentResponse' });
export type GetIncidentResponse = z.infer<typeof GetIncidentResponse>;

/** Incidents to be acknowledged, or no longer. */
export const AcknowledgeIncidentsRequest = z.object({
  ids: z.array(z.uuid()).min(1).max(200),
  acknowledged: z.boolean().optional().describe('Default: true'),
});
export type AcknowledgeIncidentsRequest = z.infer<typeof AcknowledgeIncidentsRequest>;

/** Incidents as they are now; ids of nothing are left out. */
export const AcknowledgeIncidentsResponse = z
  .object({ incidents: z.array(Incident) })
  .meta({ id: 'AcknowledgeIncidentsResponse' });
export type AcknowledgeIncidentsResponse = z.infer<typeof AcknowledgeIncidentsResponse>;

/** Incidents to be given to somebody, or (null) to nobody. */
export const AssignIncidentsRequest = z.object({
  ids: z.array(z.uuid()).min(1).max(200),
  assignee: Assignee.nullable(),
});
export type AssignIncidentsRequest = z.infer<typeof AssignIncidentsRequest>;

/** Incidents that were another's, as they are now. */
export const AssignIncidentsResponse = z
  .object({ incidents: z.array(Incident) })
  .meta({ id: 'AssignIncidentsResponse' });
export type AssignIncidentsResponse = z.infer<typeof AssignIncidentsResponse>;

/** Query of the events: those that were open at some moment of the range. */
export const ListAnomalyEventsRequest = TimeRangeQuery.extend({
  severity: severities,
  kind: kinds,
  service: services,
  state: AnomalyState.optional().describe('Default: those that were not withdrawn'),
  clusterId: z.uuid().optional(),
  suppressed: z.enum(['true', 'false']).optional().describe('Only those that a suppression holds back. Default: false'),
  order: z.enum(['asc', 'desc']).optional().describe('By start. Default: desc'),
  limit,
  offset,
});
export type ListAnomalyEventsRequest = z.infer<typeof ListAnomalyEventsRequest>;

/** A page of events. */
export const ListAnomalyEventsResponse = z
  .object({
    range: TimeRange,
    events: z.array(AnomalyEvent),
    totalCount: z.number().int().nonnegative(),
    detection: DetectionStatus,
  })
  .meta({ id: 'ListAnomalyEventsResponse' });
export type ListAnomalyEventsResponse = z.infer<typeof ListAnomalyEventsResponse>;

/** Counts a step with the band that is expected; null where nothing is known: not read, or no baseline yet. */
export const SeriesBand = z
  .object({
    metric: AnomalyMetric,
    start: Timestamp,
    stepMs: z.number().int().positive(),
    observed: z.array(z.number().nullable()),
    expected: z.array(z.number().nullable()),
    low: z.array(z.number().nullable()).describe('Lower end of the band that normal steps leave once in about 1,000'),
    high: z.array(z.number().nullable()),
  })
  .meta({ id: 'SeriesBand' });
export type SeriesBand = z.infer<typeof SeriesBand>;

const Verdict = z.enum(['up', 'down']);

/** An event with all that speaks for it. */
export const GetAnomalyEventResponse = z
  .object({
    event: AnomalyEvent,
    series: SeriesBand.describe('From three hours before its start to an hour after its end'),
    reasons: z.array(z.string()).describe('Sentences: why it is one, and why it is that bad'),
    clusters: z
      .array(
        z.object({
          id: z.uuid(),
          templateText: z.string(),
          level: Level,
          eventCount: z.number().int().nonnegative().describe('While it was open, a day at most'),
          expectedCount: z.number().nonnegative().describe('As many as in equal time of the hour before'),
          isNew: z.boolean(),
        })
      )
      .describe('Clusters of the service that contribute most to the difference'),
    labels: z
      .array(
        z.object({
          name: z.string(),
          value: z.string(),
          share: z.number().min(0).max(1).describe("Of the first cluster's lines"),
          overallShare: z.number().min(0).max(1).describe('Of all lines'),
        })
      )
      .describe('Label values that the first cluster concentrates in'),
    lines: z.array(Sample.extend({ clusterId: z.uuid() })).describe('Samples of those clusters'),
    query: LogQuery.describe('LogQL of the lines behind the figures; empty when the service has no streams left'),
    deploys: z.array(Deploy).describe('Of the service, in the range of the series'),
    feedback: z.array(z.object({ verdict: Verdict, reason: z.string(), by: z.string(), at: Timestamp })),
  })
  .meta({ id: 'GetAnomalyEventResponse' });
export type GetAnomalyEventResponse = z.infer<typeof GetAnomalyEventResponse>;

/** What a person thinks of an event. */
export const GiveAnomalyFeedbackRequest = z.object({
  verdict: Verdict,
  reason: z.string().trim().max(2000).optional().describe('Default: empty'),
  suppressDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe('With down: nothing of this service, kind and cluster is told for so many days. Default: 14'),
});
export type GiveAnomalyFeedbackRequest = z.infer<typeof GiveAnomalyFeedbackRequest>;

/** What is held back, until when. */
export const Suppression = z
  .object({
    id: z.uuid(),
    service: z.string(),
    namespace: z.string(),
    kind: AnomalyKind,
    clusterId: z.uuid().nullable().describe('Null: the service as a whole'),
    reason: z.string(),
    eventId: z.uuid().nullable().describe('The event that it was made from; null: that is deleted'),
    createdBy: z.string(),
    createdAt: Timestamp,
    expiresAt: Timestamp,
    heldBackCount: z.number().int().nonnegative().describe('Events that it held back so far'),
  })
  .meta({ id: 'Suppression' });
export type Suppression = z.infer<typeof Suppression>;

/** Thanks, and the suppression that came of it. */
export const GiveAnomalyFeedbackResponse = z
  .object({ event: AnomalyEvent, suppression: Suppression.nullable() })
  .meta({ id: 'GiveAnomalyFeedbackResponse' });
export type GiveAnomalyFeedbackResponse = z.infer<typeof GiveAnomalyFeedbackResponse>;

/** Suppressions that hold, the latest first. */
export const ListSuppressionsResponse = z
  .object({ suppressions: z.array(Suppression) })
  .meta({ id: 'ListSuppressionsResponse' });
export type ListSuppressionsResponse = z.infer<typeof ListSuppressionsResponse>;

/** A suppression that was ended. */
export const DeleteSuppressionResponse = z.object({ id: z.uuid() }).meta({ id: 'DeleteSuppressionResponse' });
export type DeleteSuppressionResponse = z.infer<typeof DeleteSuppressionResponse>;

/** Settings to try on past days. The answer is a job of the kind `anomaly-rehearsal`; its result is a RehearsalResult. */
export const StartRehearsalRequest = z.object({
  days: z.number().int().min(1).max(30).describe('Whole days back from now that are judged again'),
  sensitivity: z
    .number()
    .int()
    .min(1)
    .max(5)
    .optional()
    .describe("1 tells of little, 5 of much. Default: the tenant's setting"),
  leastSeverity: AnomalySeverity.optional().describe('Default: low'),
  service: z.array(z.string().max(2048)).max(50).optional().describe('Only these services. Default: all'),
});
export type StartRehearsalRequest = z.infer<typeof StartRehearsalRequest>;

/** What would have been told. */
export const RehearsalResult = z
  .object({
    from: Timestamp,
    to: Timestamp,
    sensitivity: z.number().int(),
    seriesCount: z.number().int().nonnegative(),
    learnedFrom: Timestamp.nullable().describe('Oldest minute that baselines were learned of; null: there was none'),
    days: z.array(
      z.object({
        day: z.string().describe('YYYY-MM-DD in the time zone of the baselines'),
        counts: z.object({
          low: z.number().int(),
          medium: z.number().int(),
          high: z.number().int(),
          critical: z.number().int(),
        }),
        incidentCount: z.number().int().nonnegative(),
      })
    ),
    events: z.array(AnomalyEvent.omit({ id: true, incidentId: true })).describe('The first 500, in order of time'),
    eventCount: z.number().int().nonnegative(),
  })
  .meta({ id: 'RehearsalResult' });
export type RehearsalResult = z.infer<typeof RehearsalResult>;

/** Query of a service's series. */
export const GetServiceSeriesRequest = TimeRangeQuery.extend({
  service: z.string().max(2048),
  namespace: z.string().max(2048).optional().describe('Default: the one namespace that the service is in'),
  points: z.coerce.number().int().min(1).max(1500).optional().describe('Steps wanted. Default: 240'),
});
export type GetServiceSeriesRequest = z.infer<typeof GetServiceSeriesRequest>;

/** A service's lines and errors with their bands, and what else belongs on a graph. */
export const GetServiceSeriesResponse = z
  .object({
    range: TimeRange,
    service: z.string(),
    namespace: z.string(),
    volume: SeriesBand,
    errors: SeriesBand,
    baseline: z
      .object({
        windowStart: Timestamp,
        windowEnd: Timestamp,
        avgLogRate: z.number().describe('Lines a minute'),
        avgErrorRate: z.number().describe('Errors by lines, 0..1'),
        p95ErrorRate: z.number().describe('The same in the worst twentieth of the hours of a week'),
      })
      .nullable()
      .describe('Null: nothing has been learned yet'),
    events: z.array(AnomalyEvent),
    deploys: z.array(Deploy),
  })
  .meta({ id: 'GetServiceSeriesResponse' });
export type GetServiceSeriesResponse = z.infer<typeof GetServiceSeriesResponse>;

/** Body: a deploy to be marked. The same service, namespace, version and time again is the same deploy. */
export const CreateDeployRequest = z.object({
  service: z.string().trim().min(1).max(2048),
  namespace: z.string().trim().max(2048).optional().describe('Default: any namespace'),
  version: z.string().trim().min(1).max(200),
  at: Instant.optional().describe('Default: now'),
  link: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  source: z.string().trim().min(1).max(100).optional().describe('Default: api'),
});
export type CreateDeployRequest = z.infer<typeof CreateDeployRequest>;

/** Query of the deploys of a time range. */
export const ListDeploysRequest = TimeRangeQuery.extend({
  service: services,
  limit,
  offset,
});
export type ListDeploysRequest = z.infer<typeof ListDeploysRequest>;

/** Deploys, the latest first. */
export const ListDeploysResponse = z
  .object({ range: TimeRange, deploys: z.array(Deploy), totalCount: z.number().int().nonnegative() })
  .meta({ id: 'ListDeploysResponse' });
export type ListDeploysResponse = z.infer<typeof ListDeploysResponse>;
