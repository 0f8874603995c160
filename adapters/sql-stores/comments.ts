import type { CommentRow, SqlSession } from '@loghunter/ports';
import { toStorableText } from './storable-text.ts';

interface StoredComment extends Record<string, unknown> {
  readonly id: string;
  readonly cluster_id: string;
  readonly text: string;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly actor_name: string;
  readonly occurred_at: Date;
}

const columns = 'id, cluster_id, text, actor_kind, actor_id, actor_name, occurred_at';
const canonicalId = '(select coalesce(canonical_id, id) from error_clusters where tenant_id = $1 and id = $2)';

function present(row: StoredComment): CommentRow {
  const actor = { kind: row.actor_kind, id: row.actor_id, name: row.actor_name };
  return { id: row.id, clusterId: row.cluster_id, text: row.text, actor, atMs: row.occurred_at.getTime() };
}

/** Comments that are shown of a canonical cluster and of what was made part of it, oldest first. */
export async function listComments(
  session: SqlSession,
  tenantId: string,
  clusterId: string,
  limit: number
): Promise<readonly CommentRow[]> {
  const rows = await session.query<StoredComment>(
    `select ${columns} from (
       select ${columns} from cluster_comments
       where tenant_id = $1 and deleted_at is null and cluster_id in (
         select id from error_clusters where tenant_id = $1 and (id = ${canonicalId} or canonical_id = ${canonicalId})
       )
       order by occurred_at desc, id desc limit $3
     ) newest order by occurred_at, id`,
    [tenantId, clusterId, limit]
  );
  return rows.map(present);
}

/** Comments of one actor that are shown, by the canonical cluster, oldest first. */
export async function listCommentsBy(
  session: SqlSession,
  tenantId: string,
  { kind, id }: Pick<CommentRow['actor'], 'kind' | 'id'>
): Promise<readonly CommentRow[]> {
  const rows = await session.query<StoredComment>(
    `select comments.id, coalesce(clusters.canonical_id, clusters.id) as cluster_id, text, actor_kind, actor_id, actor_name, occurred_at
     from cluster_comments comments
     join error_clusters clusters on clusters.tenant_id = $1 and clusters.id = comments.cluster_id
     where comments.tenant_id = $1 and deleted_at is null and actor_kind = $2 and actor_id = $3
     order by occurred_at, comments.id`,
    [tenantId, kind, id]
  );
  return rows.map(present);
}

/** A comment that is shown. */
export async function getComment(session: SqlSession, tenantId: string, id: string): Promise<CommentRow | null> {
  const rows = await session.query<StoredComment>(
    `select ${columns} from cluster_comments where tenant_id = $1 and id = $2 and deleted_at is null`,
    [tenantId, id]
  );
  return rows.map(present)[0] ?? null;
}

/** Writes a comment. */
export async function addComment(
  session: SqlSession,
  tenantId: string,
  { clusterId, text, actor, atMs }: Omit<CommentRow, 'id'>
): Promise<readonly CommentRow[]> {
  const rows = await session.query<StoredComment>(
    `insert into cluster_comments (tenant_id, cluster_id, text, actor_kind, actor_id, actor_name, occurred_at)
     values ($1, ${canonicalId}, $3, $4, $5, $6, to_timestamp($7::float8 / 1000)) returning ${columns}`,
    [tenantId, clusterId, toStorableText(text), actor.kind, actor.id, toStorableText(actor.name), atMs]
  );
  return rows.map(present);
}

/** Hides a comment; false when there is none that is shown. */
export async function hideComment(session: SqlSession, tenantId: string, id: string): Promise<boolean> {
  const rows = await session.query(
    `update cluster_comments set deleted_at = now(), updated_at = now()
     where tenant_id = $1 and id = $2 and deleted_at is null returning id`,
    [tenantId, id]
  );
  return rows.length > 0;
}
