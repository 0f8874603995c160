import { createHash } from 'node:crypto';
import { isChange, routes, type Route, type RouteId } from '@loghunter/contracts';
import type { AuditLog, AuditRecord, Clock, IdempotencyStore, UnitOfWork } from '@loghunter/ports';
import type { Principal } from '../http/principal.ts';
import { ProblemError } from '../http/problem-error.ts';
import { toProblem } from '../http/problem.ts';
import { describeParameters, findObject } from './describe-call.ts';
import type { ReadBatch } from './read-batch.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A call of a route that is not public. */
export interface AuditedCall {
  readonly route: RouteId;
  readonly principal: Principal;
  readonly requestId: string;
  /** Parameters of the path as they came: they name the object also of a request that is refused. */
  readonly pathParameters: Fields;
  /** The Idempotency-Key header; undefined when there is none. */
  readonly idempotencyKey: string | undefined;
}

/**
 * Answers calls so that each leaves one row in the audit log. A change is one transaction with its row: all calls of stores that
 * the handler makes belong to it. Reads are written down in batches a moment later.
 */
export interface AuditedCalls {
  /** `check` throws `ProblemError` for a call that is not allowed or not valid, and returns the request otherwise. */
  run(call: AuditedCall, check: () => Promise<Fields>, answer: (request: Fields) => Promise<unknown>): Promise<unknown>;
}

/** What answering needs. */
export interface AuditedCallParts {
  readonly auditLog: AuditLog;
  readonly readBatch: ReadBatch;
  readonly unitOfWork: UnitOfWork;
  readonly idempotency: IdempotencyStore;
  readonly clock: Clock;
}

/** Puts audit, transaction and repeatable requests around every call. */
export function createAuditedCalls(parts: AuditedCallParts): AuditedCalls {
  return {
    async run(call, check, answer) {
      const { tenantId } = call.principal;
      const isRead = !isChange(routes[call.route]);
      let request: Fields = call.pathParameters;
      try {
        request = await check();
        if (isRead) {
          const result = await answer(request);
          parts.readBatch.add(tenantId, toRecord(parts, call, request, { code: 'ok', answer: undefined }));
          return result;
        }
        return await parts.unitOfWork.run(tenantId, () => change(parts, call, request, answer));
      } catch (error) {
        const record = toRecord(parts, call, request, { code: toProblem(error).code, answer: undefined });
        await (isRead ? parts.readBatch.add(tenantId, record) : appendFailure(parts, tenantId, record));
        throw error;
      }
    },
  };
}

async function change(
  parts: AuditedCallParts,
  call: AuditedCall,
  request: Fields,
  answer: (request: Fields) => Promise<unknown>
): Promise<unknown> {
  const { tenantId } = call.principal;
  const repeatable = toRepeatable(call, request);
  const first = repeatable === null ? null : await parts.idempotency.claim(tenantId, repeatable);
  const result = first === null ? await answer(request) : replay(call.route, first);
  if (repeatable !== null && first === null) {
    await parts.idempotency.keep(tenantId, repeatable, answersSecret(call.route) ? '' : JSON.stringify(result));
  }
  await parts.auditLog.append(tenantId, [
    toRecord(parts, call, request, { code: 'ok', answer: result, ...(first === null ? {} : { isReplay: true }) }),
  ]);
  return result;
}

function toRepeatable(call: AuditedCall, request: Fields) {
  const { idempotencyKey: key } = call;
  if (key === undefined || !isCreating(routes[call.route])) {
    return null;
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new ProblemError('invalid-request', 'The Idempotency-Key must be 1 to 255 visible ASCII characters.');
  }
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  return { route: call.route, key, requestHash };
}

function isCreating(route: Route): boolean {
  return route.method === 'POST' && (route.status === 201 || route.status === 202);
}

function answersSecret(id: RouteId): boolean {
  const route: Route = routes[id];
  return route.answersSecret === true;
}

function replay(id: RouteId, first: { readonly isSameRequest: boolean; readonly answer: string }): unknown {
  if (!first.isSameRequest) {
    throw new ProblemError('idempotency-key-reused', 'This Idempotency-Key was sent before with another request.');
  }
  if (answersSecret(id)) {
    throw new ProblemError('conflict', 'This request was answered before, and what it showed is kept nowhere.');
  }
  return JSON.parse(first.answer);
}

// The change itself was rolled back, so its failure is a row of its own.
async function appendFailure(parts: AuditedCallParts, tenantId: string, record: AuditRecord): Promise<void> {
  try {
    await parts.auditLog.append(tenantId, [record]);
  } catch {
    parts.readBatch.add(tenantId, record);
  }
}

function toRecord(
  parts: AuditedCallParts,
  call: AuditedCall,
  request: Fields,
  outcome: { readonly code: string; readonly answer: unknown; readonly isReplay?: boolean }
): AuditRecord {
  return {
    occurredAtMs: parts.clock.nowMs(),
    actor: call.principal.actor,
    action: call.route,
    object: findObject(call.route, call.pathParameters, outcome.answer),
    result: outcome.code,
    requestId: call.requestId,
    details: { ...describeParameters(request), ...(outcome.isReplay === true ? { isReplay: true } : {}) },
  };
}
