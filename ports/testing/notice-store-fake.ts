import { boundNotice, type Notice, type NoticeStore } from '../notice-store.ts';

interface Kept {
  readonly tenantId: string;
  readonly notice: Notice;
  isTaken: boolean;
}

/** Notices in memory. */
export interface FakeNoticeStore extends NoticeStore {
  /** Everything that was added, of all tenants, in order. */
  readonly notices: readonly Notice[];
}

/** Keeps notices in memory. */
export function createFakeNoticeStore(): FakeNoticeStore {
  const kept: Kept[] = [];
  const ofTenant = (tenantId: string) => kept.filter((entry) => entry.tenantId === tenantId);
  return {
    get notices() {
      return kept.map(({ notice }) => notice);
    },
    add(tenantId, added) {
      const before = ofTenant(tenantId).find(({ notice }) => notice.dedupKey === added.dedupKey);
      if (before !== undefined) {
        return Promise.resolve({ notice: before.notice, isNew: false });
      }
      const notice = { ...boundNotice(added), id: crypto.randomUUID() };
      kept.push({ tenantId, notice, isTaken: false });
      return Promise.resolve({ notice, isNew: true });
    },
    get: (tenantId, id) => Promise.resolve(ofTenant(tenantId).find(({ notice }) => notice.id === id)?.notice ?? null),
    take(tenantId, limit) {
      const waiting = ofTenant(tenantId)
        .filter(({ isTaken }) => !isTaken)
        .toSorted((a, b) => a.notice.createdAtMs - b.notice.createdAtMs)
        .slice(0, limit);
      for (const entry of waiting) {
        entry.isTaken = true;
      }
      return Promise.resolve(waiting.map(({ notice }) => notice));
    },
    deleteTakenBefore(tenantId, cutMs, limit) {
      const old = ofTenant(tenantId).filter(({ isTaken, notice }) => isTaken && notice.createdAtMs < cutMs);
      const gone = new Set(old.slice(0, limit));
      kept.splice(0, kept.length, ...kept.filter((entry) => !gone.has(entry)));
      return Promise.resolve(gone.size);
    },
  };
}
