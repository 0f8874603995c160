import type { CountHistoryStore } from '@loghunter/ports';
import type { CountHistory } from '../minute-facts.ts';

/** A tenant's counts from before the ledger, as the log store gave them. */
export function createStoredCountHistory(store: CountHistoryStore, tenantId: string): CountHistory {
  return {
    async listStarts() {
      const marks = (await store.listMarks(tenantId)).filter(({ isComplete }) => isComplete);
      return marks.map(({ watchId, range }) => ({ watchId, fromMs: range.fromMs }));
    },
    read: (range) => store.read(tenantId, range),
  };
}
