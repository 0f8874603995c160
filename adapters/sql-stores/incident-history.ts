import type { IncidentChange, NewIncidentChange, SqlSession } from '@loghunter/ports';
import { readAssignee, type StoredAssignee } from './assignee-row.ts';

interface StoredIncidentChange extends StoredAssignee, Record<string, unknown> {
  readonly id: number;
  readonly kind: IncidentChange['kind'];
  readonly reason: IncidentChange['reason'];
  readonly actor_kind: string | null;
  readonly actor_id: string | null;
  readonly actor_name: string | null;
  readonly occurred_at: Date;
}

/** Writes down what happened to incidents. */
export async function addIncidentChanges(
  session: SqlSession,
  tenantId: string,
  incidentIds: readonly string[],
  { kind, reason, assignee, actor, atMs }: NewIncidentChange
): Promise<void> {
  await session.query(
    `insert into incident_history (tenant_id, incident_id, kind, reason, assignee_kind, assignee_id, assignee_name,
       actor_kind, actor_id, actor_name, occurred_at)
     select $1, incident_id, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11::float8 / 1000)
     from unnest($2::uuid[]) with ordinality as given (incident_id, place) order by place`,
    [
      ...[tenantId, incidentIds, kind, reason, assignee?.kind ?? null, assignee?.id ?? null, assignee?.name ?? null],
      ...[actor?.kind ?? null, actor?.id ?? null, actor?.name ?? null, atMs],
    ]
  );
}

/** What happened to an incident, newest first. */
export async function listIncidentChanges(
  session: SqlSession,
  tenantId: string,
  incidentId: string,
  limit: number
): Promise<readonly IncidentChange[]> {
  const rows = await session.query<StoredIncidentChange>(
    `select id, kind, reason, assignee_kind, assignee_id, assignee_name, actor_kind, actor_id, actor_name, occurred_at
     from incident_history where tenant_id = $1 and incident_id = $2 order by id desc limit $3`,
    [tenantId, incidentId, limit]
  );
  return rows.map((row) => ({
    id: String(row.id),
    kind: row.kind,
    reason: row.reason,
    assignee: readAssignee(row),
    actor: row.actor_id === null ? null : { kind: row.actor_kind ?? '', id: row.actor_id, name: row.actor_name ?? '' },
    atMs: row.occurred_at.getTime(),
  }));
}
