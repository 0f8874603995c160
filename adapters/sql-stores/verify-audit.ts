import type { AuditVerification, SqlDatabase, SqlSession } from '@loghunter/ports';
import { auditEntryColumns, type AuditEntryRow } from './audit-entry-row.ts';
import { hashEntry, noHash } from './audit-chain.ts';

const pageSize = 1000;

interface SegmentRow extends Record<string, unknown> {
  readonly number: number;
  readonly first_sequence: number;
  readonly entry_count: number;
  readonly previous_hash: string;
  readonly last_hash: string;
  readonly is_deleted: boolean;
}

class Broken {
  readonly sequence: number;
  readonly reason: string;

  constructor(sequence: number, reason: string) {
    this.sequence = sequence;
    this.reason = reason;
  }
}

/** Walks a tenant's chain, a page a transaction, so that nobody waits for it; entries added meanwhile are not looked at. */
export async function verifyAudit(database: SqlDatabase, tenantId: string): Promise<AuditVerification> {
  const segments = await database.withTenant(tenantId, (session) =>
    session.query<SegmentRow>(
      `select number, first_sequence, entry_count, previous_hash, last_hash, entries_deleted_at is not null as is_deleted
       from audit_segments where tenant_id = $1 order by number`,
      [tenantId]
    )
  );
  let checkedCount = 0;
  let before = { hash: noHash, sequence: 0, number: 0 };
  for (const segment of segments) {
    const broken =
      findBrokenJoint(segment, before) ??
      (segment.is_deleted ? null : await findBrokenEntry(database, tenantId, segment, before.hash));
    if (broken !== null) {
      return { checkedCount, deletedSegmentCount: 0, broken: { sequence: broken.sequence, reason: broken.reason } };
    }
    checkedCount += segment.is_deleted ? 0 : segment.entry_count;
    before = {
      hash: segment.last_hash,
      sequence: segment.first_sequence + segment.entry_count - 1,
      number: segment.number,
    };
  }
  return { checkedCount, deletedSegmentCount: segments.filter((segment) => segment.is_deleted).length, broken: null };
}

function findBrokenJoint(
  segment: SegmentRow,
  before: { readonly hash: string; readonly sequence: number; readonly number: number }
): Broken | null {
  if (segment.number !== before.number + 1 || segment.first_sequence !== before.sequence + 1) {
    return new Broken(before.sequence + 1, `segment ${before.number + 1} is missing`);
  }
  return segment.previous_hash === before.hash
    ? null
    : new Broken(segment.first_sequence, `segment ${segment.number} does not follow the one before`);
}

async function findBrokenEntry(
  database: SqlDatabase,
  tenantId: string,
  segment: SegmentRow,
  previousHash: string
): Promise<Broken | null> {
  const end = segment.first_sequence + segment.entry_count;
  let hash = previousHash;
  let expected = segment.first_sequence;
  while (expected < end) {
    const rows = await database.withTenant(tenantId, (session) => readPage(session, tenantId, expected, end));
    for (const row of rows) {
      if (row.sequence !== expected) {
        return new Broken(expected, 'the entry is missing');
      }
      hash = hashEntry(hash, tenantId, row.sequence, toRecord(row));
      if (hash !== row.hash) {
        return new Broken(row.sequence, 'the entry is not what was written');
      }
      expected += 1;
    }
    if (rows.length === 0) {
      return new Broken(expected, 'the entry is missing');
    }
  }
  return hash === segment.last_hash
    ? null
    : new Broken(end - 1, `segment ${segment.number} ends with another entry than was written last`);
}

function readPage(session: SqlSession, tenantId: string, from: number, end: number): Promise<readonly AuditEntryRow[]> {
  return session.query<AuditEntryRow>(
    `select ${auditEntryColumns}
     from audit_entries where tenant_id = $1 and sequence >= $2 and sequence < $3 order by sequence limit $4`,
    [tenantId, from, end, pageSize]
  );
}

function toRecord(row: AuditEntryRow) {
  return {
    occurredAt: row.occurred_at.toISOString(),
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    action: row.action,
    objectKind: row.object_kind,
    objectId: row.object_id,
    result: row.result,
    requestId: row.request_id,
    details: row.details,
  };
}
