import type {
  NewInvestigation,
  InvestigationRow,
  InvestigationStore,
  SqlDatabase,
  SqlSession,
  SqlValue,
} from '@loghunter/ports';
import {
  entryColumns,
  lineColumns,
  presentEntry,
  presentInvestigation,
  presentLine,
  selectInvestigations,
} from './investigation-rows.ts';
import type { StoredEntry, StoredInvestigation, StoredLine } from './investigation-rows.ts';
import { listSimilarInvestigations } from './similar-investigations.ts';
import { storableValue, toStorableText } from './storable-text.ts';

/** Investigations in a SQL database; every method is one transaction. */
export function createInvestigationStore(database: SqlDatabase): InvestigationStore {
  return { ...createCaseMethods(database), ...createPartMethods(database) };
}

type CaseMethods = Pick<
  InvestigationStore,
  'create' | 'openForIncident' | 'get' | 'list' | 'change' | 'addClusters' | 'listSimilar'
>;

function createCaseMethods(database: SqlDatabase): CaseMethods {
  return {
    create: (tenantId, investigation) =>
      database.withTenant(tenantId, async (session) => {
        const id = await insert(session, tenantId, investigation, '');
        return orMissing(await getInvestigation(session, tenantId, id ?? ''));
      }),
    openForIncident: (tenantId, investigation) =>
      database.withTenant(tenantId, async (session) => {
        const existing = await findOfIncident(session, tenantId, investigation.incidentId);
        if (existing !== null) {
          return { investigation: existing, isNew: false };
        }
        // Waits for another transaction that is just making it.
        const id = await insert(
          session,
          tenantId,
          investigation,
          "on conflict (tenant_id, incident_id) where created_by_kind = 'schedule' do nothing"
        );
        const row =
          id === null
            ? await findOfIncident(session, tenantId, investigation.incidentId)
            : await getInvestigation(session, tenantId, id);
        return { investigation: orMissing(row), isNew: id !== null };
      }),
    get: (tenantId, id) => database.withTenant(tenantId, (session) => getInvestigation(session, tenantId, id)),
    list: (tenantId, { state, text, clusterId, incidentId, limit, offset }) =>
      database.withTenant(tenantId, async (session) => {
        const condition = `and ($2::text is null or i.state = $2)
          and ($3::text is null or strpos(lower(i.title), lower($3)) > 0 or strpos(lower(i.resolution), lower($3)) > 0)
          and ($4::uuid is null or exists (select from investigation_clusters c
            where c.tenant_id = $1 and c.investigation_id = i.id and c.cluster_id = $4))
          and ($5::uuid is null or i.incident_id = $5)`;
        const sought = text === undefined ? null : toStorableText(text);
        const values = [tenantId, state ?? null, sought, clusterId ?? null, incidentId ?? null];
        const [total] = await session.query<{ count: number }>(
          `select count(*)::integer as count from investigations i where i.tenant_id = $1 ${condition}`,
          values
        );
        const rows = await session.query<StoredInvestigation>(
          `${selectInvestigations} ${condition} order by i.updated_at desc, i.id limit $6 offset $7`,
          [...values, limit, offset]
        );
        return { investigations: rows.map(presentInvestigation), totalCount: total?.count ?? 0 };
      }),
    change: (tenantId, id, { title, state, resolution }) =>
      database.withTenant(tenantId, async (session) => {
        const changed = await session.query(
          `update investigations set title = coalesce($3, title), state = coalesce($4, state), resolution = coalesce($5, resolution),
             resolved_at = case coalesce($4, state) when 'resolved' then coalesce(resolved_at, now()) end, updated_at = now()
           where tenant_id = $1 and id = $2 returning id`,
          [
            ...[tenantId, id, title === undefined ? null : toStorableText(title), state ?? null],
            resolution === undefined ? null : toStorableText(resolution),
          ]
        );
        return changed.length === 0 ? null : getInvestigation(session, tenantId, id);
      }),
    addClusters: (tenantId, id, clusterIds) =>
      database.withTenant(tenantId, (session) => addClusters(session, tenantId, id, clusterIds)),
    listSimilar: (tenantId, id, limit) =>
      database.withTenant(tenantId, (session) => listSimilarInvestigations(session, tenantId, id, limit)),
  };
}

function createPartMethods(database: SqlDatabase): Omit<InvestigationStore, keyof CaseMethods> {
  function run<Row extends Record<string, unknown>>(
    tenantId: string,
    text: string,
    values: readonly SqlValue[]
  ): Promise<readonly Row[]> {
    return database.withTenant(tenantId, (session) => session.query<Row>(text, [tenantId, ...values]));
  }
  return {
    addEntry: (tenantId, id, { kind, text, actor }) =>
      database.withTenant(tenantId, async (session) => {
        const [row] = await session.query<StoredEntry>(
          `insert into investigation_entries (tenant_id, investigation_id, kind, text, actor_kind, actor_id, actor_name)
           values ($1, $2, $3, $4, $5, $6, $7) returning ${entryColumns}`,
          [tenantId, id, kind, toStorableText(text), actor.kind, actor.id, toStorableText(actor.name)]
        );
        await touch(session, tenantId, id);
        return presentEntry(orMissing(row));
      }),
    async listEntries(tenantId, id) {
      const text = `select ${entryColumns} from investigation_entries
        where tenant_id = $1 and investigation_id = $2 order by created_at, id`;
      return (await run<StoredEntry>(tenantId, text, [id])).map(presentEntry);
    },
    pinLine: (tenantId, id, line) =>
      database.withTenant(tenantId, async (session) => {
        const { pinnedBy } = line;
        const [row] = await session.query<StoredLine>(
          `insert into investigation_lines (tenant_id, investigation_id, timestamp_ns, service, level, text, labels, hash, query,
             cluster_id, note, pinned_by_kind, pinned_by_id, pinned_by_name)
           values ($1, $2, $3::bigint, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12, $13, $14)
           on conflict (tenant_id, investigation_id, hash) do update set note = excluded.note, updated_at = now()
           returning ${lineColumns}`,
          [
            ...[tenantId, id, String(line.timestampNs), toStorableText(line.service), line.level],
            ...[toStorableText(line.text), JSON.stringify(line.labels, storableValue), line.hash],
            ...[toStorableText(line.query), line.clusterId, toStorableText(line.note)],
            ...[pinnedBy.kind, pinnedBy.id, toStorableText(pinnedBy.name)],
          ]
        );
        await touch(session, tenantId, id);
        return presentLine(orMissing(row));
      }),
    async unpinLine(tenantId, id, lineId) {
      const text =
        'delete from investigation_lines where tenant_id = $1 and investigation_id = $2 and id = $3 returning id';
      return (await run(tenantId, text, [id, lineId])).length > 0;
    },
    async listLines(tenantId, id) {
      const text = `select ${lineColumns} from investigation_lines
        where tenant_id = $1 and investigation_id = $2 order by timestamp_ns, id`;
      return (await run<StoredLine>(tenantId, text, [id])).map(presentLine);
    },
    attachAnalysis: (tenantId, id, analysisId) =>
      database.withTenant(tenantId, async (session) => {
        await session.query(
          `insert into investigation_analyses (tenant_id, investigation_id, analysis_id) values ($1, $2, $3)
           on conflict (tenant_id, investigation_id, analysis_id) do nothing`,
          [tenantId, id, analysisId]
        );
        await touch(session, tenantId, id);
      }),
    async listAnalysisIds(tenantId, id) {
      const text =
        'select analysis_id as id from investigation_analyses where tenant_id = $1 and investigation_id = $2';
      return (await run<{ id: string }>(tenantId, text, [id])).map((row) => row.id);
    },
    rewriteTexts: (tenantId, rewriter) =>
      database.withTenant(tenantId, (session) => rewriteLines(session, tenantId, (text) => rewriter.sample(text))),
  };
}

async function getInvestigation(session: SqlSession, tenantId: string, id: string): Promise<InvestigationRow | null> {
  const [row] = await session.query<StoredInvestigation>(`${selectInvestigations} and i.id = $2`, [tenantId, id]);
  return row === undefined ? null : presentInvestigation(row);
}

/** The oldest of an incident. */
async function findOfIncident(
  session: SqlSession,
  tenantId: string,
  incidentId: string
): Promise<InvestigationRow | null> {
  const condition = 'and i.incident_id = $2 order by i.created_at, i.id limit 1';
  const [row] = await session.query<StoredInvestigation>(`${selectInvestigations} ${condition}`, [
    tenantId,
    incidentId,
  ]);
  return row === undefined ? null : presentInvestigation(row);
}

/** Id of the new row; null when `conflict` kept it away. */
async function insert(
  session: SqlSession,
  tenantId: string,
  { title, range, services, clusterIds, incidentId, createdBy }: NewInvestigation,
  conflict: string
): Promise<string | null> {
  const [made] = await session.query<{ id: string }>(
    `insert into investigations (tenant_id, title, range_from, range_to, services, incident_id, created_by_kind, created_by_id,
       created_by_name)
     values ($1, $2, $3, $4, $5::text[], $6, $7, $8, $9) ${conflict} returning id`,
    [
      ...[tenantId, toStorableText(title), new Date(range.fromMs), new Date(range.toMs)],
      ...[services.map(toStorableText), incidentId, createdBy.kind, createdBy.id, toStorableText(createdBy.name)],
    ]
  );
  if (made === undefined) {
    return null;
  }
  await addClusters(session, tenantId, made.id, clusterIds);
  return made.id;
}

async function addClusters(
  session: SqlSession,
  tenantId: string,
  id: string,
  clusterIds: readonly string[]
): Promise<void> {
  await session.query(
    `insert into investigation_clusters (tenant_id, investigation_id, cluster_id)
     select $1::uuid, $2::uuid, cluster_id from unnest($3::uuid[]) as given (cluster_id)
     on conflict (tenant_id, investigation_id, cluster_id) do nothing`,
    [tenantId, id, [...new Set(clusterIds)]]
  );
}

async function rewriteLines(session: SqlSession, tenantId: string, rewrite: (text: string) => string): Promise<number> {
  const rows = await session.query<{ id: string; text: string }>(
    'select id, text from investigation_lines where tenant_id = $1 order by id for update',
    [tenantId]
  );
  const changed = rows.flatMap(({ id, text }) => {
    const rewritten = rewrite(text);
    return rewritten === text ? [] : [{ id, text: toStorableText(rewritten) }];
  });
  await session.query(
    `update investigation_lines stored set text = given.text, updated_at = now()
     from unnest($2::uuid[], $3::text[]) as given (id, text) where stored.tenant_id = $1 and stored.id = given.id`,
    [tenantId, changed.map(({ id }) => id), changed.map(({ text }) => text)]
  );
  return changed.length;
}

async function touch(session: SqlSession, tenantId: string, id: string): Promise<void> {
  await session.query('update investigations set updated_at = now() where tenant_id = $1 and id = $2', [tenantId, id]);
}

function orMissing<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) {
    throw new TypeError('a write left no row');
  }
  return row;
}
