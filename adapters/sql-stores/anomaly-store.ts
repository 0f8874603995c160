import { PortError } from '@loghunter/ports';
import type {
  AnomalyEventFilter,
  AnomalyFilter,
  AnomalyStore,
  IncidentTraits,
  SqlDatabase,
  SqlRow,
  SqlSession,
  SqlValue,
} from '@loghunter/ports';
import {
  eventColumns,
  incidentColumns,
  isIncidentWithdrawn,
  presentEvent,
  presentIncident,
  presentSuppression,
  suppressionColumns,
  type StoredEvent,
  type StoredIncident,
  type StoredSuppression,
} from './anomaly-row.ts';
import { deleteEndedBefore } from './delete-anomalies.ts';
import { addIncidentChanges, listIncidentChanges } from './incident-history.ts';
import { writeEvents, writeIncidents } from './write-anomalies.ts';

/** Events of one incident that are shown. */
const maxEventsOfIncident = 1000;

/** Anomaly events, incidents and what people say about them in a SQL database. */
export function createAnomalyStore(database: SqlDatabase): AnomalyStore {
  function run<T extends SqlRow>(tenantId: string, text: string, values: readonly SqlValue[]): Promise<readonly T[]> {
    return database.withTenant(tenantId, (session) => session.query<T>(text, [tenantId, ...values]));
  }
  return {
    listIncidents: (tenantId, filter, page) =>
      database.withTenant(tenantId, (session) => listIncidents(session, tenantId, filter, page)),
    async getIncident(tenantId, id) {
      const text = `select ${incidentColumns} from incidents where tenant_id = $1 and id = $2`;
      return (await run<StoredIncident>(tenantId, text, [id])).map(presentIncident)[0] ?? null;
    },
    async acknowledge(tenantId, ids, acknowledged) {
      const text = `update incidents
        set acknowledged_at = to_timestamp($3::float8 / 1000), acknowledged_by_kind = $4, acknowledged_by_id = $5,
          acknowledged_by_name = $6, updated_at = now()
        where tenant_id = $1 and id = any($2::uuid[]) returning ${incidentColumns}`;
      const by = acknowledged?.by;
      const values = [ids, acknowledged?.atMs ?? null, by?.kind ?? null, by?.id ?? null, by?.name ?? null];
      return (await run<StoredIncident>(tenantId, text, values)).map(presentIncident);
    },
    async assign(tenantId, ids, assignee) {
      const text = `update incidents set assignee_kind = $3, assignee_id = $4, assignee_name = $5, updated_at = now()
        where tenant_id = $1 and id = any($2::uuid[])
          and (assignee_kind, assignee_id) is distinct from ($3, $4) returning ${incidentColumns}`;
      const values = [ids, assignee?.kind ?? null, assignee?.id ?? null, assignee?.name ?? null];
      return (await run<StoredIncident>(tenantId, text, values)).map(presentIncident);
    },
    addIncidentChanges: (tenantId, ids, change) =>
      database.withTenant(tenantId, (session) => addIncidentChanges(session, tenantId, ids, change)),
    listIncidentChanges: (tenantId, id, limit) =>
      database.withTenant(tenantId, (session) => listIncidentChanges(session, tenantId, id, limit)),
    listEvents: (tenantId, filter, page) =>
      database.withTenant(tenantId, (session) => listEvents(session, tenantId, filter, page)),
    async getEvent(tenantId, id) {
      const text = `select ${eventColumns} from anomaly_events where tenant_id = $1 and id = $2`;
      return (await run<StoredEvent>(tenantId, text, [id])).map(presentEvent)[0] ?? null;
    },
    async listEventsOf(tenantId, incidentId) {
      const text = `select ${eventColumns} from anomaly_events where tenant_id = $1 and incident_id = $2
        order by started_at, id limit ${maxEventsOfIncident}`;
      return (await run<StoredEvent>(tenantId, text, [incidentId])).map(presentEvent);
    },
    async listOpenEvents(tenantId) {
      const text = `select ${eventColumns} from anomaly_events where tenant_id = $1 and ended_at is null order by started_at, id`;
      return (await run<StoredEvent>(tenantId, text, [])).map(presentEvent);
    },
    async lockRecentIncidents(tenantId, endedAfterMs) {
      const text = `select ${incidentColumns} from incidents
        where tenant_id = $1 and (ended_at is null or ended_at > to_timestamp($2::float8 / 1000))
        order by started_at, id for update`;
      return (await run<StoredIncident>(tenantId, text, [endedAfterMs])).map(presentIncident);
    },
    write: (tenantId, { incidents, events }) =>
      database.withTenant(tenantId, async (session) => {
        await writeIncidents(session, tenantId, incidents);
        await writeEvents(session, tenantId, events);
      }),
    ...createFeedbackMethods(database, run),
    deleteEndedBefore: (tenantId, cutMs, limit) =>
      database.withTenant(tenantId, (session) => deleteEndedBefore(session, tenantId, cutMs, limit)),
  };
}

type Run = <T extends SqlRow>(tenantId: string, text: string, values: readonly SqlValue[]) => Promise<readonly T[]>;

function createFeedbackMethods(
  database: SqlDatabase,
  run: Run
): Pick<AnomalyStore, 'addFeedback' | 'listFeedback' | 'createSuppression' | 'listSuppressions' | 'endSuppression'> {
  return {
    async addFeedback(tenantId, eventId, { verdict, reason, by }) {
      const text = `insert into anomaly_feedback (tenant_id, event_id, verdict, reason, created_by_kind, created_by_id, created_by_name)
        values ($1, $2, $3, $4, $5, $6, $7)`;
      await run(tenantId, text, [eventId, verdict, reason, by.kind, by.id, by.name]);
    },
    async listFeedback(tenantId, eventId) {
      const rows = await run<FeedbackColumns>(
        tenantId,
        `select verdict, reason, created_by_kind, created_by_id, created_by_name, created_at from anomaly_feedback
         where tenant_id = $1 and event_id = $2 order by created_at, id`,
        [eventId]
      );
      return rows.map((row) => ({
        verdict: row.verdict,
        reason: row.reason,
        by: { kind: row.created_by_kind, id: row.created_by_id, name: row.created_by_name },
        atMs: row.created_at.getTime(),
      }));
    },
    async createSuppression(
      tenantId,
      { service, namespace, kind, clusterId, reason, eventId, createdBy, expiresAtMs }
    ) {
      const rows = await run<StoredSuppression>(
        tenantId,
        `insert into anomaly_suppressions (tenant_id, service, namespace, kind, cluster_id, reason, event_id,
           created_by_kind, created_by_id, created_by_name, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11::float8 / 1000)) returning ${suppressionColumns}`,
        [
          ...[service, namespace, kind, clusterId, reason, eventId],
          ...[createdBy.kind, createdBy.id, createdBy.name, expiresAtMs],
        ]
      );
      const [created] = rows.map(presentSuppression);
      if (created === undefined) {
        const message = 'The database wrote a suppression and did not return it';
        throw new PortError({ system: database.system, kind: 'invalid-answer', message });
      }
      return created;
    },
    async listSuppressions(tenantId, atMs) {
      const text = `select ${suppressionColumns} from anomaly_suppressions
        where tenant_id = $1 and deleted_at is null and expires_at > to_timestamp($2::float8 / 1000)
        order by created_at desc, id`;
      return (await run<StoredSuppression>(tenantId, text, [atMs])).map(presentSuppression);
    },
    async endSuppression(tenantId, id) {
      const text = `update anomaly_suppressions set deleted_at = now(), updated_at = now()
        where tenant_id = $1 and id = $2 and deleted_at is null returning id`;
      return (await run(tenantId, text, [id])).length > 0;
    },
  };
}

interface FeedbackColumns extends Record<string, unknown> {
  readonly verdict: 'up' | 'down';
  readonly reason: string;
  readonly created_by_kind: string;
  readonly created_by_id: string;
  readonly created_by_name: string;
  readonly created_at: Date;
}

/** Parameters $2 to $6 of both lists. */
const commonConditions = `tenant_id = $1 and started_at < to_timestamp($3::float8 / 1000)
  and (ended_at is null or ended_at >= to_timestamp($2::float8 / 1000))
  and (cardinality($4::smallint[]) = 0 or severity = any($4::smallint[]))
  and ($5::boolean is null or (ended_at is null) = $5)`;

function commonValues(tenantId: string, filter: AnomalyFilter): readonly SqlValue[] {
  return [tenantId, filter.range.fromMs, filter.range.toMs, filter.severities, filter.isOpen];
}

/** Conditions on `incidents` of the five parameters from a place on. */
function traitConditions(place: number): string {
  const [acknowledged, isNamed, ids, nobody, text] = [0, 1, 2, 3, 4].map((step) => `$${place + step}`);
  return `(${acknowledged}::boolean is null or (incidents.acknowledged_at is not null) = ${acknowledged})
    and (not ${isNamed} or incidents.assignee_id = any(${ids}::text[]) or (${nobody} and incidents.assignee_id is null))
    and (${text} = '' or strpos(lower(incidents.title), lower(${text})) > 0)`;
}

function traitValues({ isAcknowledged, assigneeIds = [], text = '' }: IncidentTraits): readonly SqlValue[] {
  const ids = assigneeIds.filter((id) => id !== null);
  return [isAcknowledged, assigneeIds.length > 0, ids, assigneeIds.includes(null), text];
}

async function listIncidents(
  session: SqlSession,
  tenantId: string,
  filter: Parameters<AnomalyStore['listIncidents']>[1],
  { limit, offset }: Parameters<AnomalyStore['listIncidents']>[2]
): ReturnType<AnomalyStore['listIncidents']> {
  const conditions = `${commonConditions}
    and (cardinality($6::text[]) = 0 or services && $6::text[]) and (cardinality($7::text[]) = 0 or kinds && $7::text[])
    and ($8::boolean is null or ${isIncidentWithdrawn} = $8) and ${traitConditions(9)}`;
  const { services, kinds, isWithdrawn } = filter;
  const values = [...commonValues(tenantId, filter), services, kinds, isWithdrawn, ...traitValues(filter)];
  const rows = await session.query<StoredIncident>(
    `select ${incidentColumns} from incidents where ${conditions} order by started_at desc, id limit $14 offset $15`,
    [...values, limit, offset]
  );
  const [totals] = await session.query<{ total: number; open: number }>(
    `select count(*) as total, count(*) filter (where ended_at is null) as open from incidents where ${conditions}`,
    values
  );
  return { incidents: rows.map(presentIncident), totalCount: totals?.total ?? 0, openCount: totals?.open ?? 0 };
}

async function listEvents(
  session: SqlSession,
  tenantId: string,
  filter: AnomalyEventFilter,
  { limit, offset, order }: Parameters<AnomalyStore['listEvents']>[2]
): ReturnType<AnomalyStore['listEvents']> {
  const conditions = `${commonConditions}
    and (cardinality($6::text[]) = 0 or service = any($6::text[])) and (cardinality($7::text[]) = 0 or kind = any($7::text[]))
    and ($8::uuid is null or cluster_id = $8) and (suppression_id is not null) = $9
    and ($10::boolean is null or coalesce((details ->> 'isWithdrawn')::boolean, false) = $10)
    and ($11 or exists (select 1 from incidents where incidents.tenant_id = anomaly_events.tenant_id
      and incidents.id = anomaly_events.incident_id and ${traitConditions(12)}))`;
  const values = [
    ...commonValues(tenantId, filter),
    ...[filter.services, filter.kinds, filter.clusterId, filter.isSuppressed, filter.isWithdrawn],
    ...[filter.incident === undefined, ...traitValues(filter.incident ?? { isAcknowledged: null })],
  ];
  const rows = await session.query<StoredEvent>(
    `select ${eventColumns} from anomaly_events where ${conditions}
     order by started_at ${order === 'asc' ? 'asc' : 'desc'}, id limit $17 offset $18`,
    [...values, limit, offset]
  );
  const [totals] = await session.query<{ total: number }>(
    `select count(*) as total from anomaly_events where ${conditions}`,
    values
  );
  return { events: rows.map(presentEvent), totalCount: totals?.total ?? 0 };
}
