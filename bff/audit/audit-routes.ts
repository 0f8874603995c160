import type { AuditEntry as EntryAnswer, RequestOf, ResponseOf } from '@loghunter/contracts';
import type { AuditEntry, AuditFilter, AuditLog } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import { readInstant } from '../http/time-range.ts';
import type { CallContext } from '../http/route-handlers.ts';

const exportPageSize = 500;

/** What requests for the audit log need. */
export interface AuditFeature {
  readonly tenantId: string;
  readonly auditLog: AuditLog;
}

/** `GET /api/v1/audit` */
export async function listAuditEntries(
  { tenantId, auditLog }: AuditFeature,
  request: RequestOf<'listAuditEntries'>
): Promise<ResponseOf<'listAuditEntries'>> {
  const { before, limit } = request;
  const entries = await auditLog.list(tenantId, toFilter(request), { beforeSequence: before ?? null, limit });
  return {
    entries: entries.map(presentEntry),
    nextBefore: entries.length < limit ? null : (entries.at(-1)?.sequence ?? null),
  };
}

/** `GET /api/v1/audit/export`: every entry, the newest first, one JSON value a line. */
export function exportAuditEntries(
  feature: AuditFeature,
  request: RequestOf<'exportAuditEntries'>,
  context: CallContext
): Promise<AsyncIterable<EntryAnswer>> {
  return Promise.resolve(readAll(feature, toFilter(request), context.signal));
}

async function* readAll(
  { tenantId, auditLog }: AuditFeature,
  filter: AuditFilter,
  signal: AbortSignal
): AsyncGenerator<EntryAnswer> {
  let beforeSequence: number | null = null;
  while (!signal.aborted) {
    const entries: readonly AuditEntry[] = await auditLog.list(tenantId, filter, {
      beforeSequence,
      limit: exportPageSize,
    });
    yield* entries.map(presentEntry);
    beforeSequence = entries.at(-1)?.sequence ?? null;
    if (entries.length < exportPageSize) {
      return;
    }
  }
}

function toFilter(request: RequestOf<'exportAuditEntries'>): AuditFilter {
  const { actor, action, object, result, from, to } = request;
  const fromMs = from === undefined ? undefined : readInstant(from, 'from');
  const toMs = to === undefined ? undefined : readInstant(to, 'to');
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) {
    throw new ProblemError('invalid-request', 'query.from: must be before to');
  }
  return {
    ...(actor === undefined ? {} : { actorId: actor }),
    ...(action === undefined ? {} : { action }),
    ...(object === undefined ? {} : { objectId: object }),
    ...(result === undefined ? {} : { result }),
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  };
}

function presentEntry({ occurredAtMs, ...entry }: AuditEntry): EntryAnswer {
  return { ...entry, occurredAt: new Date(occurredAtMs).toISOString() };
}
