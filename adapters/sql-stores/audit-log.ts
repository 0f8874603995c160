import type { AuditEntry, AuditFilter, AuditLog, AuditRecord, SqlDatabase, SqlSession } from '@loghunter/ports';
import { auditEntryColumns, type AuditEntryRow } from './audit-entry-row.ts';
import { hashEntry, noHash, toStored } from './audit-chain.ts';
import { verifyAudit } from './verify-audit.ts';

// A segment is a day's entries at most, so that retention is exact to a day, and this many, so that one delete stays short.
const maxSegmentEntries = 10_000;
const maxSegmentAgeMs = 86_400_000;

interface OpenSegment extends Record<string, unknown> {
  readonly number: number;
  readonly next_sequence: number;
  readonly entry_count: number;
  readonly last_hash: string;
  readonly created_at: Date;
}

/** The audit log in a SQL database. */
export function createAuditLog(database: SqlDatabase): AuditLog {
  return {
    async append(tenantId, records) {
      if (records.length > 0) {
        await database.withTenant(tenantId, (session) => append(session, tenantId, records));
      }
    },
    list: (tenantId, filter, page) => database.withTenant(tenantId, (session) => list(session, tenantId, filter, page)),
    verify: (tenantId) => verifyAudit(database, tenantId),
    deleteOldestSegment: (tenantId, cutMs) =>
      database.withTenant(tenantId, (session) => deleteOldestSegment(session, tenantId, cutMs)),
  };
}

async function append(session: SqlSession, tenantId: string, records: readonly AuditRecord[]): Promise<void> {
  const segment = await lockOpenSegment(session, tenantId);
  let hash = segment.last_hash;
  const entries = records.map((record, index) => {
    const stored = toStored(record);
    hash = hashEntry(hash, tenantId, segment.next_sequence + index, stored);
    return { sequence: segment.next_sequence + index, hash, ...stored };
  });
  const texts = (key: Exclude<keyof (typeof entries)[number], 'sequence'>) => entries.map((entry) => entry[key]);
  await session.query(
    `insert into audit_entries (tenant_id, segment_number, sequence, occurred_at, actor_kind, actor_id, actor_name, action,
       object_kind, object_id, result, request_id, details, hash)
     select $1, $2, entry.* from unnest($3::bigint[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
       $10::text[], $11::text[], $12::text[], $13::text[], $14::text[]) as entry`,
    [
      tenantId,
      segment.number,
      entries.map((entry) => entry.sequence),
      texts('occurredAt'),
      texts('actorKind'),
      texts('actorId'),
      texts('actorName'),
      texts('action'),
      texts('objectKind'),
      texts('objectId'),
      texts('result'),
      texts('requestId'),
      texts('details'),
      texts('hash'),
    ]
  );
  await session.query(
    `update audit_segments set entry_count = entry_count + $3, last_hash = $4, updated_at = now() where tenant_id = $1 and number = $2`,
    [tenantId, segment.number, entries.length, hash]
  );
}

/** The segment that takes entries, locked until the transaction ends: so the chain of a tenant has one writer at a time. */
async function lockOpenSegment(session: SqlSession, tenantId: string): Promise<OpenSegment> {
  const [segment] = await readOpenSegment(session, tenantId);
  if (segment === undefined) {
    await session.query(
      `insert into audit_segments (tenant_id, number, first_sequence, previous_hash, last_hash) values ($1, 1, 1, $2, $2)
       on conflict do nothing`,
      [tenantId, noHash]
    );
    return lockOpenSegment(session, tenantId);
  }
  const ageMs = Date.now() - segment.created_at.getTime();
  if (segment.entry_count < maxSegmentEntries && ageMs < maxSegmentAgeMs) {
    return segment;
  }
  await session.query(
    `update audit_segments set closed_at = now(), updated_at = now() where tenant_id = $1 and number = $2`,
    [tenantId, segment.number]
  );
  await session.query(
    `insert into audit_segments (tenant_id, number, first_sequence, previous_hash, last_hash) values ($1, $2, $3, $4, $4)`,
    [tenantId, segment.number + 1, segment.next_sequence, segment.last_hash]
  );
  return lockOpenSegment(session, tenantId);
}

function readOpenSegment(session: SqlSession, tenantId: string): Promise<readonly OpenSegment[]> {
  return session.query<OpenSegment>(
    `select number, first_sequence + entry_count as next_sequence, entry_count, last_hash, created_at
     from audit_segments where tenant_id = $1 and closed_at is null for update`,
    [tenantId]
  );
}

async function list(
  session: SqlSession,
  tenantId: string,
  filter: AuditFilter,
  page: { readonly beforeSequence: number | null; readonly limit: number }
): Promise<readonly AuditEntry[]> {
  const rows = await session.query<AuditEntryRow>(
    `select ${auditEntryColumns}
     from audit_entries
     where tenant_id = $1 and ($2::bigint is null or sequence < $2)
       and ($3::text is null or actor_id = $3) and ($4::text is null or action = $4)
       and ($5::text is null or object_id = $5) and ($6::text is null or result = $6)
       and ($7::float8 is null or occurred_at >= to_timestamp($7 / 1000)) and ($8::float8 is null or occurred_at < to_timestamp($8 / 1000))
     order by sequence desc limit $9`,
    [
      tenantId,
      page.beforeSequence,
      filter.actorId ?? null,
      filter.action ?? null,
      filter.objectId ?? null,
      filter.result ?? null,
      filter.fromMs ?? null,
      filter.toMs ?? null,
      page.limit,
    ]
  );
  return rows.map(presentEntry);
}

function presentEntry(row: AuditEntryRow): AuditEntry {
  return {
    sequence: row.sequence,
    occurredAtMs: row.occurred_at.getTime(),
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    action: row.action,
    object: { kind: row.object_kind, id: row.object_id },
    result: row.result,
    requestId: row.request_id,
    details: JSON.parse(row.details) as Readonly<Record<string, unknown>>,
    hash: row.hash,
  };
}

async function deleteOldestSegment(session: SqlSession, tenantId: string, cutMs: number): Promise<number> {
  const [deleted] = await session.query<{ entry_count: number }>(
    `select delete_audit_segment($1, number) as entry_count from audit_segments
     where tenant_id = $1 and entries_deleted_at is null and closed_at < to_timestamp($2::float8 / 1000)
     order by number limit 1`,
    [tenantId, cutMs]
  );
  return deleted?.entry_count ?? 0;
}
