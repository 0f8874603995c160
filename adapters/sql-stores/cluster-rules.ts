import { createHash } from 'node:crypto';
import { PortError } from '@loghunter/ports';
import type {
  ClusterRule,
  ClusterRuleChange,
  ClusterRuleContent,
  ClusterRulePage,
  ClusterRules,
  RuledCluster,
  SqlDatabase,
  SqlSession,
} from '@loghunter/ports';
import { insertClusters } from './lock-clusters.ts';
import { storableValue } from './storable-text.ts';

/** The rules of clusters in a SQL database; every method is one transaction. */
export function createClusterRules(database: SqlDatabase): ClusterRules {
  return {
    readSequence: (tenantId) => database.withTenant(tenantId, (session) => readSequence(session, tenantId)),
    readChanges: (tenantId, afterSequence) =>
      database.withTenant(tenantId, (session) => readChanges(session, tenantId, afterSequence)),
    listRules: (tenantId, page) => database.withTenant(tenantId, (session) => listRules(session, tenantId, page)),
    getRule: (tenantId, id) =>
      database.withTenant(tenantId, async (session) => {
        const rows = await session.query<RuleRow>(
          `select ${ruleColumns} from cluster_rules where tenant_id = $1 and id = $2`,
          [tenantId, id]
        );
        return rows.map(presentRule)[0] ?? null;
      }),
    readClusters: (tenantId, createdFromMs) =>
      database.withTenant(tenantId, (session) =>
        readClusters(session, '($2::float8 is null or created_at >= to_timestamp($2::float8 / 1000))', [
          tenantId,
          createdFromMs,
        ])
      ),
    readSamplesBefore: (tenantId, algorithmVersion) =>
      database.withTenant(tenantId, (session) => readSamplesBefore(session, tenantId, algorithmVersion)),
    readClustersById: (tenantId, ids) =>
      database.withTenant(tenantId, (session) => readClusters(session, 'id = any($2::uuid[])', [tenantId, ids])),
    change: (tenantId, change) =>
      database.withTenant(tenantId, (session) => applyChange(session, database.system, tenantId, change)),
  };
}

interface RuleRow extends Record<string, unknown> {
  readonly id: string;
  readonly sequence: number;
  readonly origin: ClusterRuleContent['origin'];
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly created_by: string;
  readonly created_at: Date;
  readonly undone_at: Date | null;
  readonly undone_by: string | null;
}

const ruleColumns = 'id, sequence, origin, kind, body, created_by, created_at, undone_at, undone_by';

function presentRule(row: RuleRow): ClusterRule {
  const { id, sequence, origin, kind, body } = row;
  const undone = row.undone_at === null ? null : { atMs: row.undone_at.getTime(), by: row.undone_by ?? '' };
  return {
    id,
    sequence,
    origin,
    kind,
    body,
    createdAtMs: row.created_at.getTime(),
    createdBy: row.created_by,
    undone,
  };
}

async function readSequence(session: SqlSession, tenantId: string): Promise<number> {
  const [row] = await session.query<{ sequence: number }>(
    'select coalesce(max(sequence), 0) as sequence from cluster_rules where tenant_id = $1',
    [tenantId]
  );
  return row?.sequence ?? 0;
}

async function readChanges(
  session: SqlSession,
  tenantId: string,
  afterSequence: number
): Promise<readonly ClusterRule[]> {
  const rows = await session.query<RuleRow>(
    `select ${ruleColumns} from cluster_rules where tenant_id = $1 and sequence > $2 order by sequence`,
    [tenantId, afterSequence]
  );
  return rows.map(presentRule);
}

async function listRules(session: SqlSession, tenantId: string, page: ClusterRulePage) {
  const condition = `tenant_id = $1 and ($2::text is null or origin = $2::text)
    and (cardinality($3::text[]) = 0 or kind = any($3::text[])) and ($4::boolean or undone_at is null)`;
  const parameters = [tenantId, page.origin ?? null, page.kinds ?? [], page.includeUndone] as const;
  const [total] = await session.query<{ rule_count: number }>(
    `select count(*) as rule_count from cluster_rules where ${condition}`,
    parameters
  );
  const rows = await session.query<RuleRow>(
    `select ${ruleColumns} from cluster_rules where ${condition} order by sequence desc limit $5 offset $6`,
    [...parameters, page.limit, page.offset]
  );
  return { rules: rows.map(presentRule), totalCount: total?.rule_count ?? 0 };
}

interface ClusterRow extends Record<string, unknown> {
  readonly id: string;
  readonly service: string;
  readonly namespace: string;
  readonly fingerprint: string;
  readonly algorithm_version: number;
  readonly signature: string;
  readonly template_text: string;
  readonly canonical_id: string | null;
}

async function readClusters(
  session: SqlSession,
  condition: string,
  parameters: readonly [string, number | null | readonly string[]]
): Promise<readonly RuledCluster[]> {
  const rows = await session.query<ClusterRow>(
    `select id, service, namespace, fingerprint, algorithm_version, signature, template_text, canonical_id
     from error_clusters where tenant_id = $1 and ${condition} order by id`,
    parameters
  );
  return rows.map((row) => ({
    id: row.id,
    service: row.service,
    namespace: row.namespace,
    fingerprint: row.fingerprint,
    algorithmVersion: row.algorithm_version,
    signature: row.signature,
    templateText: row.template_text,
    canonicalId: row.canonical_id,
  }));
}

async function readSamplesBefore(
  session: SqlSession,
  tenantId: string,
  algorithmVersion: number
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await session.query<{ cluster_id: string; sanitised_text: string }>(
    `select samples.cluster_id, samples.sanitised_text
     from error_clusters clusters
     join cluster_samples samples on samples.tenant_id = $1 and samples.cluster_id = clusters.id
     where clusters.tenant_id = $1 and clusters.algorithm_version < $2 and clusters.canonical_id is null
     order by samples.cluster_id, samples.timestamp_ns, samples.id`,
    [tenantId, algorithmVersion]
  );
  const groups = Map.groupBy(rows, (row) => row.cluster_id);
  return new Map([...groups].map(([id, samples]) => [id, samples.map((sample) => sample.sanitised_text)]));
}

async function applyChange(
  session: SqlSession,
  system: SqlDatabase['system'],
  tenantId: string,
  change: ClusterRuleChange
): Promise<readonly ClusterRule[]> {
  // One change of a tenant's rules after the other, so that sequences become visible in their order.
  await session.query('select id from tenants where id = $1 for no key update', [tenantId]);
  const sequence = await readSequence(session, tenantId);
  if (sequence !== change.expectedSequence) {
    throw new PortError({
      system,
      kind: 'conflict',
      message: 'The rules of clusters were changed by another at the same time',
    });
  }
  await undoRules(session, tenantId, change, sequence);
  await addRules(session, tenantId, change);
  await setCanonicalIds(session, tenantId, change);
  return readChanges(session, tenantId, sequence);
}

async function undoRules(
  session: SqlSession,
  tenantId: string,
  { undoneIds, actor }: ClusterRuleChange,
  sequence: number
): Promise<void> {
  if (undoneIds.length > 0) {
    await session.query(
      `update cluster_rules stored
       set undone_at = now(), undone_by = $3, updated_at = now(), sequence = $4::bigint + undone.position
       from (
         select id, row_number() over (order by sequence) as position
         from cluster_rules where tenant_id = $1 and id = any($2::uuid[]) and undone_at is null
       ) undone
       where stored.tenant_id = $1 and stored.id = undone.id`,
      [tenantId, undoneIds, actor, sequence]
    );
  }
}

async function addRules(session: SqlSession, tenantId: string, { added, actor }: ClusterRuleChange): Promise<void> {
  const unique = new Map(
    added.map((rule) => {
      const body = JSON.stringify(rule.body, storableValue);
      return [hashOf([rule.origin, rule.kind, body]), { ...rule, body }];
    })
  );
  if (unique.size === 0) {
    return;
  }
  const rules = [...unique.values()];
  // Numbered from the newest sequence on, which the undone ones may have moved.
  await session.query(
    `insert into cluster_rules (tenant_id, sequence, origin, kind, body, content_hash, created_by)
     select $1, newest.sequence + row_number() over (order by given.position), given.origin, given.kind, given.body::jsonb, given.content_hash, $6
     from unnest($2::text[], $3::text[], $4::text[], $5::text[]) with ordinality as given (origin, kind, body, content_hash, position)
     cross join (select coalesce(max(sequence), 0) as sequence from cluster_rules where tenant_id = $1) newest
     where not exists (
       select from cluster_rules stored
       where stored.tenant_id = $1 and stored.content_hash = given.content_hash and stored.undone_at is null
     )`,
    [
      tenantId,
      rules.map((rule) => rule.origin),
      rules.map((rule) => rule.kind),
      rules.map((rule) => rule.body),
      [...unique.keys()],
      actor,
    ]
  );
}

async function setCanonicalIds(
  session: SqlSession,
  tenantId: string,
  { clusters, canonicalIds }: ClusterRuleChange
): Promise<void> {
  const sorted = canonicalIds.toSorted((a, b) => (a.clusterId < b.clusterId ? -1 : 1));
  const clusterIds = sorted.map((entry) => entry.clusterId);
  // As writers of counts do, so that no two wait for each other: stored clusters are locked in order of id, then new ones inserted.
  await session.query(
    'select id from error_clusters where tenant_id = $1 and id = any($2::uuid[]) order by id for no key update',
    [tenantId, [...clusterIds, ...clusters.map((cluster) => cluster.id)]]
  );
  await insertClusters(session, tenantId, clusters);
  await session.query(
    `update error_clusters stored set canonical_id = nullif(given.canonical_id, stored.id), updated_at = now()
     from unnest($2::uuid[], $3::uuid[]) as given (id, canonical_id)
     where stored.tenant_id = $1 and stored.id = given.id
       and stored.canonical_id is distinct from nullif(given.canonical_id, stored.id)`,
    [tenantId, clusterIds, sorted.map((entry) => entry.canonicalId)]
  );
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
