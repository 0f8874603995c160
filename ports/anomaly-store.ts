import type { AuditRecord } from './audit-log.ts';
import type { MinuteRange } from './cluster-store.ts';
import type { Assignee } from './work-list-store.ts';

/** How bad an anomaly is: 1 low, 2 medium, 3 high, 4 critical. */
export type AnomalySeverityNumber = 1 | 2 | 3 | 4;

/** What happened to a series; `alert` came in from outside. */
export type AnomalyKind = 'spike' | 'dip' | 'step' | 'silence' | 'errors' | 'new' | 'share' | 'alert';

/** What a series counts. */
export type AnomalyMetric = 'volume' | 'errors' | 'cluster' | 'alert';

/** One detector's finding on one series; times in milliseconds since 1970. */
export interface AnomalyEventRow {
  readonly id: string;
  /** Null: a suppression holds it back. */
  readonly incidentId: string | null;
  /** Null: nothing holds it back. */
  readonly suppressionId: string | null;
  /** Names the series in its tenant; one event of a series and kind is open at a time. */
  readonly seriesKey: string;
  readonly service: string;
  readonly namespace: string;
  /** Null: about the service as a whole. */
  readonly clusterId: string | null;
  readonly kind: AnomalyKind;
  readonly metric: AnomalyMetric;
  readonly severity: AnomalySeverityNumber;
  /** One sentence, sanitised. */
  readonly title: string;
  readonly baseline: number;
  readonly observed: number;
  /** Observed by baseline; null: nothing was expected. */
  readonly deviationFactor: number | null;
  /** -log10 of the probability of so large a deviation when all is normal. */
  readonly evidence: number;
  readonly startedAtMs: number;
  readonly detectedAtMs: number;
  /** Null: it goes on. */
  readonly endedAtMs: number | null;
  /** False: it is history, was over before anybody could be told, or is held back. */
  readonly isNotified: boolean;
  /** What else the detector knows, for screens: `reasons` are sentences. */
  readonly details: { readonly reasons: readonly string[] } & Readonly<Record<string, unknown>>;
}

/** Events that overlap in time and belong together; times in milliseconds since 1970. */
export interface IncidentRow {
  readonly id: string;
  readonly title: string;
  readonly severity: AnomalySeverityNumber;
  /** In the order in which they were struck. */
  readonly services: readonly string[];
  readonly kinds: readonly AnomalyKind[];
  readonly eventCount: number;
  readonly startedAtMs: number;
  /** Start of the event that joined last. */
  readonly lastEventAtMs: number;
  /** Null: one of its events is open. */
  readonly endedAtMs: number | null;
  /** All of its events were taken back; what is written follows from them. */
  readonly isWithdrawn: boolean;
  /** Null: nobody has seen it yet. */
  readonly acknowledged: { readonly atMs: number; readonly by: AuditRecord['actor'] } | null;
  /** Null: nobody looks after it. */
  readonly assignee: Assignee | null;
}

/** Something that was done with an incident. */
export interface NewIncidentChange {
  readonly kind: 'acknowledged' | 'taken-back' | 'assigned';
  readonly reason: 'person' | 'owner-rule';
  /** Of `assigned`: to whom; null: to nobody. */
  readonly assignee: Assignee | null;
  /** Null: LogHunter itself. */
  readonly actor: AuditRecord['actor'] | null;
  readonly atMs: number;
}

/** Something that was done with an incident, as it was written down. */
export interface IncidentChange extends NewIncidentChange {
  readonly id: string;
}

/** What is held back until when. */
export interface SuppressionRow {
  readonly id: string;
  readonly service: string;
  readonly namespace: string;
  readonly kind: AnomalyKind;
  /** Null: the service as a whole. */
  readonly clusterId: string | null;
  readonly reason: string;
  /** Null: it was not made from an event. */
  readonly eventId: string | null;
  readonly createdBy: AuditRecord['actor'];
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  /** Events that it held back so far. */
  readonly heldBackCount: number;
}

/** What a person said of an event. */
export interface FeedbackRow {
  readonly verdict: 'up' | 'down';
  readonly reason: string;
  readonly by: AuditRecord['actor'];
  readonly atMs: number;
}

/** Which incidents or events are meant; an empty list means any. */
export interface AnomalyFilter {
  /** Open at some moment of it. */
  readonly range: MinuteRange;
  readonly severities: readonly AnomalySeverityNumber[];
  readonly kinds: readonly AnomalyKind[];
  readonly services: readonly string[];
  /** Null: both. */
  readonly isOpen: boolean | null;
}

/** What people did with an incident, and what it is called. */
export interface IncidentTraits {
  /** Null: both. */
  readonly isAcknowledged: boolean | null;
  /** Of any of them; null in it: those that nobody looks after. Absent or empty: any. */
  readonly assigneeIds?: ReadonlyArray<string | null>;
  /** Part of the title, case ignored. */
  readonly text?: string;
}

/** Which incidents are meant. */
export interface IncidentFilter extends AnomalyFilter, IncidentTraits {
  /** Null: both. */
  readonly isWithdrawn: boolean | null;
}

/** Which events are meant. */
export interface AnomalyEventFilter extends AnomalyFilter {
  readonly clusterId: string | null;
  /** Only those that a suppression holds back, or only the others. */
  readonly isSuppressed: boolean;
  /** Only those that were taken back, only the others, or (null) both. */
  readonly isWithdrawn: boolean | null;
  /** Only those of incidents like this. Absent: also those of none. */
  readonly incident?: IncidentTraits;
}

/** Every event of the range that no suppression holds back, also those that were taken back. */
export function anyEvent(range: MinuteRange): AnomalyEventFilter {
  return {
    ...{ range, severities: [], kinds: [], services: [], isOpen: null },
    ...{ clusterId: null, isSuppressed: false, isWithdrawn: null },
  };
}

/** A page of a list. */
export interface AnomalyPage {
  readonly limit: number;
  readonly offset: number;
}

/** Anomaly events, incidents, and what people say about them. Throws `PortError` of the database. */
export interface AnomalyStore {
  /** The latest start first; null: both. */
  listIncidents(
    tenantId: string,
    filter: IncidentFilter,
    page: AnomalyPage
  ): Promise<{ readonly incidents: readonly IncidentRow[]; readonly totalCount: number; readonly openCount: number }>;
  getIncident(tenantId: string, id: string): Promise<IncidentRow | null>;
  /** Marks incidents as seen by somebody, or (null) by nobody; returns them as they are now. */
  acknowledge(
    tenantId: string,
    ids: readonly string[],
    acknowledged: IncidentRow['acknowledged']
  ): Promise<readonly IncidentRow[]>;
  /** Gives incidents to somebody, or (null) to nobody; returns those that were another's, as they are now. */
  assign(tenantId: string, ids: readonly string[], assignee: Assignee | null): Promise<readonly IncidentRow[]>;
  /** Writes down that the same was done with incidents that are there. */
  addIncidentChanges(tenantId: string, incidentIds: readonly string[], change: NewIncidentChange): Promise<void>;
  /** What was done with an incident, newest first. */
  listIncidentChanges(tenantId: string, incidentId: string, limit: number): Promise<readonly IncidentChange[]>;
  /** By start. */
  listEvents(
    tenantId: string,
    filter: AnomalyEventFilter,
    page: AnomalyPage & { readonly order: 'asc' | 'desc' }
  ): Promise<{ readonly events: readonly AnomalyEventRow[]; readonly totalCount: number }>;
  getEvent(tenantId: string, id: string): Promise<AnomalyEventRow | null>;
  /** Events of an incident, the earliest first; 1,000 at most. */
  listEventsOf(tenantId: string, incidentId: string): Promise<readonly AnomalyEventRow[]>;
  /** All open events, also those that are held back. */
  listOpenEvents(tenantId: string): Promise<readonly AnomalyEventRow[]>;
  /** Incidents that are open or ended after the moment, the earliest start first. Locks them until the unit of work ends. */
  lockRecentIncidents(tenantId: string, endedAfterMs: number): Promise<readonly IncidentRow[]>;
  /** Adds the rows or replaces those of the same ids, incidents first; an incident keeps what people said of it. */
  write(
    tenantId: string,
    rows: { readonly incidents: readonly IncidentRow[]; readonly events: readonly AnomalyEventRow[] }
  ): Promise<void>;
  addFeedback(tenantId: string, eventId: string, feedback: Omit<FeedbackRow, 'atMs'>): Promise<void>;
  /** What was said of an event, the earliest first. */
  listFeedback(tenantId: string, eventId: string): Promise<readonly FeedbackRow[]>;
  createSuppression(
    tenantId: string,
    suppression: Omit<SuppressionRow, 'id' | 'createdAtMs' | 'heldBackCount'>
  ): Promise<SuppressionRow>;
  /** Those that hold at the moment, the latest first. */
  listSuppressions(tenantId: string, atMs: number): Promise<readonly SuppressionRow[]>;
  /** Ends a suppression; false when there is none of this id. */
  endSuppression(tenantId: string, id: string): Promise<boolean>;
  /** Deletes incidents and events that ended before `cutMs`, and suppressions that did, `limit` of each at most; returns how many. */
  deleteEndedBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
