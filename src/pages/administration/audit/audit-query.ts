import type { ExportAuditEntriesRequest } from '@loghunter/contracts';

/** What the audit log is narrowed to; empty fields narrow nothing. */
export interface AuditFilterFields {
  readonly actor: string;
  readonly action: string;
  readonly result: 'all' | 'ok' | 'forbidden';
  /** How far back. */
  readonly days: number;
}

export const noAuditFilter: AuditFilterFields = { actor: '', action: '', result: 'all', days: 30 };

const dayMs = 86_400_000;

/** The same as the API takes it. */
export function auditQuery(
  { actor, action, result, days }: AuditFilterFields,
  nowMs: number
): ExportAuditEntriesRequest {
  return {
    from: String(nowMs - days * dayMs),
    ...(actor.trim() === '' ? {} : { actor: actor.trim() }),
    ...(action.trim() === '' ? {} : { action: action.trim() }),
    ...(result === 'all' ? {} : { result }),
  };
}
