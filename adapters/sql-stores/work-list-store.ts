import { PortError } from '@loghunter/ports';
import type { SqlDatabase, SqlSession, WorkListStore } from '@loghunter/ports';
import { addComment, getComment, hideComment, listComments, listCommentsBy } from './comments.ts';
import { createOwnerRule, hideOwnerRule, listOwnerRules, listTeams } from './owner-rules.ts';
import {
  appendChanges,
  insertWork,
  listChanges,
  markUndone,
  readBeganAt,
  readChange,
  updateWork,
} from './work-changes.ts';
import {
  findCanonicalIds,
  findIgnored,
  findRates,
  findUnlisted,
  lockDue,
  lockListed,
  readRates,
} from './work-figures.ts';
import { countEventsSince, listMembers } from './work-members.ts';

/** The work list in a SQL database; every method is one transaction. */
export function createWorkListStore(database: SqlDatabase): WorkListStore {
  function within<Parameters extends readonly unknown[], T>(
    work: (session: SqlSession, tenantId: string, ...parameters: Parameters) => Promise<T>
  ): (tenantId: string, ...parameters: Parameters) => Promise<T> {
    return (tenantId, ...parameters) =>
      database.withTenant(tenantId, (session) => work(session, tenantId, ...parameters));
  }
  function only<T>(rows: readonly T[]): T {
    const [row] = rows;
    if (row === undefined) {
      const message = 'The database wrote a row and did not return it';
      throw new PortError({ system: database.system, kind: 'invalid-answer', message });
    }
    return row;
  }
  return {
    lock: within(async (session, tenantId, clusterIds, initial) => {
      const ids = await findCanonicalIds(session, tenantId, clusterIds);
      if (initial !== null) {
        const before = { work: null, assignee: null };
        const after = { work: initial, assignee: null };
        await insertWork(
          session,
          tenantId,
          ids.map((clusterId) => ({ clusterId, before, after, reason: 'first-line' }))
        );
      }
      return lockListed(session, tenantId, ids);
    }),
    findIgnored: within(findIgnored),
    readBeganAt: within(readBeganAt),
    findUnlisted: within(findUnlisted),
    begin: within(async (session, tenantId, changes, origin) => {
      const ids = new Set(await insertWork(session, tenantId, changes));
      const begun = changes.filter(({ clusterId }) => ids.has(clusterId));
      await appendChanges(session, tenantId, begun, origin);
      return [...ids];
    }),
    listMembers: within(listMembers),
    lockDue: within(lockDue),
    findRates: within(findRates),
    readRates: within(readRates),
    countEventsSince: within(countEventsSince),
    change: within(async (session, tenantId, changes, origin) => {
      await updateWork(session, tenantId, changes);
      await appendChanges(session, tenantId, changes, origin);
    }),
    readChange: within(readChange),
    markUndone: within(markUndone),
    listChanges: within(listChanges),
    listComments: within(listComments),
    listCommentsBy: within(listCommentsBy),
    getComment: within(getComment),
    addComment: within(async (session, tenantId, comment) => only(await addComment(session, tenantId, comment))),
    hideComment: within(hideComment),
    listOwnerRules: within(listOwnerRules),
    createOwnerRule: within(async (session, tenantId, rule) => only(await createOwnerRule(session, tenantId, rule))),
    hideOwnerRule: within(hideOwnerRule),
    listTeams: within(listTeams),
    readSeen: within(async (session, tenantId, { kind, id }) => {
      const [row] = await session.query<{ seen_at: Date }>(
        `select seen_at from work_list_seen where tenant_id = $1 and actor_kind = $2 and actor_id = $3`,
        [tenantId, kind, id]
      );
      return row === undefined ? null : row.seen_at.getTime();
    }),
    markSeen: within(async (session, tenantId, { kind, id }, atMs) => {
      await session.query(
        `insert into work_list_seen (tenant_id, actor_kind, actor_id, seen_at) values ($1, $2, $3, to_timestamp($4::float8 / 1000))
         on conflict (tenant_id, actor_kind, actor_id) do update
           set seen_at = greatest(work_list_seen.seen_at, excluded.seen_at), updated_at = now()`,
        [tenantId, kind, id, atMs]
      );
    }),
    deleteHistoryBefore: within(deleteHistoryBefore),
    deleteHiddenBefore: within(deleteHiddenBefore),
  };
}

// The newest entry says why the cluster stands where it stands, however long ago that was.
async function deleteHistoryBefore(
  session: SqlSession,
  tenantId: string,
  cutMs: number,
  limit: number
): Promise<number> {
  const rows = await session.query(
    `delete from cluster_history where tenant_id = $1 and id in (
       select old.id from cluster_history old
       where old.tenant_id = $1 and old.occurred_at < to_timestamp($2::float8 / 1000) and exists (
         select from cluster_history newer
         where newer.tenant_id = $1 and newer.cluster_id = old.cluster_id and newer.id > old.id)
       limit $3)
     returning id`,
    [tenantId, cutMs, limit]
  );
  return rows.length;
}

async function deleteHiddenBefore(
  session: SqlSession,
  tenantId: string,
  cutMs: number,
  limit: number
): Promise<number> {
  let deletedCount = 0;
  for (const table of ['cluster_comments', 'owner_rules']) {
    const rows = await session.query(
      `delete from ${table} where tenant_id = $1 and id in (
         select id from ${table} where tenant_id = $1 and deleted_at < to_timestamp($2::float8 / 1000) limit $3)
       returning id`,
      [tenantId, cutMs, limit]
    );
    deletedCount += rows.length;
  }
  return deletedCount;
}
