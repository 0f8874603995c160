import type { Assignee } from '@loghunter/ports';

/** Columns that say who looks after something; all null: nobody. */
export interface StoredAssignee {
  readonly assignee_kind: Assignee['kind'] | null;
  readonly assignee_id: string | null;
  readonly assignee_name: string | null;
}

/** Who looks after it, of the columns; null: nobody. */
export function readAssignee({
  assignee_kind: kind,
  assignee_id: id,
  assignee_name: name,
}: StoredAssignee): Assignee | null {
  return kind === null || id === null || name === null ? null : { kind, id, name };
}
