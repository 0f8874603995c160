import type { AuditEntry, AuditLog, AuditRecord } from '../audit-log.ts';
import type { IdempotencyStore } from '../idempotency-store.ts';
import type { UnitOfWork } from '../unit-of-work.ts';

/** An audit log in memory, without hashes. */
export interface FakeAuditLog extends AuditLog {
  /** Everything that was written, of all tenants, in order. */
  readonly records: readonly AuditRecord[];
}

/** Keeps records in memory. */
export function createFakeAuditLog(): FakeAuditLog {
  const entries: Array<{ readonly tenantId: string; readonly entry: AuditEntry }> = [];
  const ofTenant = (tenantId: string) =>
    entries.filter((stored) => stored.tenantId === tenantId).map(({ entry }) => entry);
  return {
    get records() {
      return entries.map(({ entry }) => entry);
    },
    append(tenantId, records) {
      for (const record of records) {
        entries.push({
          tenantId,
          entry: { ...record, sequence: ofTenant(tenantId).length + 1, hash: '0'.repeat(64) },
        });
      }
      return Promise.resolve();
    },
    list(tenantId, filter, { beforeSequence, limit }) {
      const { actorId, action, objectId, result, fromMs = -Infinity, toMs = Infinity } = filter;
      const matches = (wanted: string | undefined, actual: string) => wanted === undefined || wanted === actual;
      const found = ofTenant(tenantId).filter(
        (entry) =>
          matches(actorId, entry.actor.id) &&
          matches(action, entry.action) &&
          matches(objectId, entry.object.id) &&
          matches(result, entry.result) &&
          entry.occurredAtMs >= fromMs &&
          entry.occurredAtMs < toMs &&
          entry.sequence < (beforeSequence ?? Infinity)
      );
      return Promise.resolve(found.reverse().slice(0, limit));
    },
    verify: (tenantId) =>
      Promise.resolve({ checkedCount: ofTenant(tenantId).length, deletedSegmentCount: 0, broken: null }),
    deleteOldestSegment: () => Promise.resolve(0),
  };
}

/** Runs work as it is: the fakes have no transactions. */
export function createFakeUnitOfWork(): UnitOfWork {
  return { run: (_, work) => work(), afterCommit: (action) => action() };
}

/** First answers in memory; nothing waits and nothing expires. */
export function createFakeIdempotencyStore(): IdempotencyStore {
  const answers = new Map<string, { readonly requestHash: string; answer: string }>();
  const keyOf = (tenantId: string, route: string, key: string) => JSON.stringify([tenantId, route, key]);
  return {
    claim(tenantId, { route, key, requestHash }) {
      const stored = answers.get(keyOf(tenantId, route, key));
      if (stored !== undefined) {
        return Promise.resolve({ isSameRequest: stored.requestHash === requestHash, answer: stored.answer });
      }
      answers.set(keyOf(tenantId, route, key), { requestHash, answer: '' });
      return Promise.resolve(null);
    },
    keep(tenantId, { route, key }, answer) {
      const stored = answers.get(keyOf(tenantId, route, key));
      if (stored !== undefined) {
        stored.answer = answer;
      }
      return Promise.resolve();
    },
    deleteExpired: () => Promise.resolve(0),
  };
}
