import type { Work } from '@loghunter/engine/work-list';
import type { SqlSession, WorkChange, WorkChangeOrigin, WrittenWorkChange } from '@loghunter/ports';
import { freshMs } from '@loghunter/engine/work-list';
import { storableValue, toStorableText } from './storable-text.ts';
import { presentChange, type StoredChange } from './work-rows.ts';

const given = `
  unnest($2::uuid[], $3::text[], $4::float8[], $5::text[], $6::float8[], $7::float8[], $8::text[], $9::text[], $10::text[])
    as given (cluster_id, state, since_ms, work, reopens_after_ms, wakes_ms, assignee_kind, assignee_id, assignee_name)`;

const moment = (name: string) => `to_timestamp(given.${name} / 1000)`;

function columnsOf(changes: readonly WorkChange[]) {
  return [
    changes.map(({ clusterId }) => clusterId),
    changes.map(({ after }) => after.work.state),
    changes.map(({ after }) => after.work.sinceMs),
    changes.map(({ after }) => JSON.stringify(after.work, storableValue)),
    changes.map(({ after }) => (after.work.state === 'resolved' ? after.work.reopensAfterMs : null)),
    changes.map(({ after }) => wakesAt(after.work)),
    changes.map(({ after }) => after.assignee?.kind ?? null),
    changes.map(({ after }) => storableOrNull(after.assignee?.id)),
    changes.map(({ after }) => storableOrNull(after.assignee?.name)),
  ] as const;
}

function storableOrNull(text: string | undefined): string | null {
  return text === undefined ? null : toStorableText(text);
}

/** When time alone changes the work, milliseconds since 1970; null: never. */
function wakesAt(work: Work): number | null {
  switch (work.state) {
    case 'new':
    case 'regressed':
      return work.sinceMs + freshMs;
    case 'ignored':
      return work.until?.kind === 'time' ? work.until.atMs : null;
    default:
      return null;
  }
}

const byId = (a: WorkChange, b: WorkChange) => (a.clusterId < b.clusterId ? -1 : 1);

/** Inserts rows of clusters that the list does not know; returns the ids that came. */
export async function insertWork(
  session: SqlSession,
  tenantId: string,
  changes: readonly WorkChange[]
): Promise<readonly string[]> {
  const rows = await session.query<{ cluster_id: string }>(
    `insert into cluster_work (tenant_id, cluster_id, state, since_at, work, reopens_after_at, wakes_at, assignee_kind, assignee_id, assignee_name)
     select $1, given.cluster_id, given.state, ${moment('since_ms')}, given.work::jsonb, ${moment('reopens_after_ms')}, ${moment('wakes_ms')},
       given.assignee_kind, given.assignee_id, given.assignee_name
     from ${given}
     order by given.cluster_id
     on conflict (tenant_id, cluster_id) do nothing
     returning cluster_id`,
    [tenantId, ...columnsOf(changes.toSorted(byId))]
  );
  return rows.map((row) => row.cluster_id);
}

/** Makes locked rows what the changes say. */
export async function updateWork(session: SqlSession, tenantId: string, changes: readonly WorkChange[]): Promise<void> {
  await session.query(
    `update cluster_work stored
     set state = given.state, since_at = ${moment('since_ms')}, work = given.work::jsonb, reopens_after_at = ${moment('reopens_after_ms')},
       wakes_at = ${moment('wakes_ms')}, assignee_kind = given.assignee_kind, assignee_id = given.assignee_id,
       assignee_name = given.assignee_name, revision = stored.revision + 1, updated_at = now()
     from ${given}
     where stored.tenant_id = $1 and stored.cluster_id = given.cluster_id`,
    [tenantId, ...columnsOf(changes)]
  );
}

/** Writes changes into the history of their clusters, with the revision that the rows have now. */
export async function appendChanges(
  session: SqlSession,
  tenantId: string,
  changes: readonly WorkChange[],
  { changeId, actor, atMs }: WorkChangeOrigin
): Promise<void> {
  await session.query(
    `insert into cluster_history
       (tenant_id, cluster_id, change_id, reason, actor_kind, actor_id, actor_name, state_before, state_after, revision, occurred_at)
     select $1, given.cluster_id, $2, given.reason, $3, $4, $5, given.state_before::jsonb, given.state_after::jsonb, stored.revision,
       to_timestamp($6::float8 / 1000)
     from unnest($7::uuid[], $8::text[], $9::text[], $10::text[]) with ordinality
       as given (cluster_id, reason, state_before, state_after, position)
     join cluster_work stored on stored.tenant_id = $1 and stored.cluster_id = given.cluster_id
     order by given.position`,
    [
      tenantId,
      changeId,
      actor?.kind ?? null,
      storableOrNull(actor?.id),
      storableOrNull(actor?.name),
      atMs,
      changes.map(({ clusterId }) => clusterId),
      changes.map(({ reason }) => reason),
      changes.map(({ before }) => JSON.stringify(before, storableValue)),
      changes.map(({ after }) => JSON.stringify(after, storableValue)),
    ]
  );
}

const columns = `id, cluster_id, change_id, reason, actor_kind, actor_id, actor_name, state_before, state_after, revision, undone_at, occurred_at`;

/** What one person did at once. */
export async function readChange(
  session: SqlSession,
  tenantId: string,
  changeId: string
): Promise<readonly WrittenWorkChange[]> {
  const rows = await session.query<StoredChange>(
    `select ${columns} from cluster_history where tenant_id = $1 and change_id = $2 order by id`,
    [tenantId, changeId]
  );
  return rows.map(presentChange);
}

/** Marks what one person did at once as undone; false when nothing was left to mark. */
export async function markUndone(session: SqlSession, tenantId: string, changeId: string): Promise<boolean> {
  const rows = await session.query(
    `update cluster_history set undone_at = now(), updated_at = now()
     where tenant_id = $1 and change_id = $2 and undone_at is null returning id`,
    [tenantId, changeId]
  );
  return rows.length > 0;
}

/** Changes of the canonical cluster that an id belongs to, newest first. */
export async function listChanges(
  session: SqlSession,
  tenantId: string,
  clusterId: string,
  limit: number
): Promise<readonly WrittenWorkChange[]> {
  const rows = await session.query<StoredChange>(
    `select ${columns} from cluster_history
     where tenant_id = $1 and cluster_id = (select coalesce(canonical_id, id) from error_clusters where tenant_id = $1 and id = $2)
     order by id desc limit $3`,
    [tenantId, clusterId, limit]
  );
  return rows.map(presentChange);
}

/** When the first change of all was written down, milliseconds since 1970; null: none was. */
export async function readBeganAt(session: SqlSession, tenantId: string): Promise<number | null> {
  const [row] = await session.query<{ occurred_at: Date }>(
    'select occurred_at from cluster_history where tenant_id = $1 order by id limit 1',
    [tenantId]
  );
  return row?.occurred_at.getTime() ?? null;
}
