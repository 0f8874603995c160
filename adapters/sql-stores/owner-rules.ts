import type { Assignee, OwnerRuleRow, SqlSession } from '@loghunter/ports';
import { toStorableText } from './storable-text.ts';

interface StoredOwnerRule extends Record<string, unknown> {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly assignee_kind: Assignee['kind'];
  readonly assignee_id: string;
  readonly assignee_name: string;
  readonly created_by: string;
  readonly created_at: Date;
}

const columns = 'id, label, value, assignee_kind, assignee_id, assignee_name, created_by, created_at';

function present(row: StoredOwnerRule): OwnerRuleRow {
  const { id, label, value, assignee_kind: kind, assignee_id, assignee_name: name } = row;
  const assignee = { kind, id: assignee_id, name };
  return { id, label, value, assignee, createdBy: row.created_by, createdAtMs: row.created_at.getTime() };
}

/** Rules in force, in the order in which they were made. */
export async function listOwnerRules(session: SqlSession, tenantId: string): Promise<readonly OwnerRuleRow[]> {
  const rows = await session.query<StoredOwnerRule>(
    `select ${columns} from owner_rules where tenant_id = $1 and deleted_at is null order by created_at, id`,
    [tenantId]
  );
  return rows.map(present);
}

/** Inserts a rule. */
export async function createOwnerRule(
  session: SqlSession,
  tenantId: string,
  { label, value, assignee, createdBy }: Pick<OwnerRuleRow, 'label' | 'value' | 'assignee' | 'createdBy'>
): Promise<readonly OwnerRuleRow[]> {
  const rows = await session.query<StoredOwnerRule>(
    `insert into owner_rules (tenant_id, label, value, assignee_kind, assignee_id, assignee_name, created_by)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [tenantId, ...[label, value, assignee.kind, assignee.id, assignee.name, createdBy].map(toStorableText)]
  );
  return rows.map(present);
}

/** Ends a rule; false when there is none in force. */
export async function hideOwnerRule(session: SqlSession, tenantId: string, id: string): Promise<boolean> {
  const rows = await session.query(
    `update owner_rules set deleted_at = now(), updated_at = now()
     where tenant_id = $1 and id = $2 and deleted_at is null returning id`,
    [tenantId, id]
  );
  return rows.length > 0;
}

/** Names of teams that clusters or rules have. */
export async function listTeams(session: SqlSession, tenantId: string): Promise<readonly string[]> {
  const rows = await session.query<{ name: string }>(
    `select assignee_name as name from cluster_work where tenant_id = $1 and assignee_kind = 'team'
     union
     select assignee_name from incidents where tenant_id = $1 and assignee_kind = 'team'
     union
     select assignee_name from owner_rules where tenant_id = $1 and assignee_kind = 'team' and deleted_at is null
     order by name limit 500`,
    [tenantId]
  );
  return rows.map((row) => row.name);
}
