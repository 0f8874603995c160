import { expect } from 'vitest';
import type { NewNotice, NoticeStore } from '../notice-store.ts';
import type { ContractCase } from './contract-case.ts';

/** A store with two tenants that hold no notices yet. */
export interface NoticesUnderTest {
  readonly notices: NoticeStore;
  readonly tenantIds: readonly [string, string];
}

const startMs = Date.UTC(2026, 10, 20, 10);

/** A notice for tests. */
export function sampleNotice(change: Partial<NewNotice> = {}): NewNotice {
  return {
    kind: 'incident-opened',
    dedupKey: 'incident-opened:1',
    severity: 'HIGH',
    service: 'checkout',
    namespace: 'shop',
    clusterId: null,
    incidentId: null,
    title: 'checkout: 40 times as many errors as usual',
    lines: ['payment refused for <email>'],
    count: 240,
    firstSeenAtMs: startMs - 60_000,
    range: { fromMs: startMs, toMs: startMs + 300_000 },
    query: '{service_name="checkout"}',
    suspectDeploy: 'checkout v2.41.0',
    verdict: null,
    createdAtMs: startMs + 300_000,
    ...change,
  };
}

/** What every {@link NoticeStore} does. */
export const noticeStoreCases: ReadonlyArray<ContractCase<NoticesUnderTest>> = [
  {
    title: 'a notice comes back as it was added, to its own tenant only',
    async run({ notices, tenantIds: [one, two] }) {
      const added = sampleNotice({
        ...{ clusterId: crypto.randomUUID(), incidentId: crypto.randomUUID(), verdict: 'the deploy of 10:00' },
      });
      const { notice, isNew } = await notices.add(one, added);
      expect(isNew).toBe(true);
      expect(notice).toEqual({ ...added, id: notice.id });
      expect(await notices.get(one, notice.id)).toEqual(notice);
      expect(await notices.get(two, notice.id)).toBeNull();
    },
  },
  {
    title: 'a key is kept once, with what was said first, and each tenant has keys of its own',
    async run({ notices, tenantIds: [one, two] }) {
      const first = await notices.add(one, sampleNotice());
      const again = await notices.add(one, sampleNotice({ title: 'said later' }));
      expect([again.isNew, again.notice]).toEqual([false, first.notice]);
      expect((await notices.add(two, sampleNotice())).isNew).toBe(true);
      expect(await notices.take(one, 10)).toHaveLength(1);
      expect((await notices.add(one, sampleNotice())).isNew).toBe(false);
      expect(await notices.take(one, 10)).toEqual([]);
    },
  },
  {
    title: 'notices are taken once, the oldest first, no more than asked for',
    async run({ notices, tenantIds: [one] }) {
      for (const n of [3, 1, 2]) {
        await notices.add(one, sampleNotice({ dedupKey: `key ${n}`, createdAtMs: startMs + n }));
      }
      expect((await notices.take(one, 2)).map(({ dedupKey }) => dedupKey)).toEqual(['key 1', 'key 2']);
      expect((await notices.take(one, 2)).map(({ dedupKey }) => dedupKey)).toEqual(['key 3']);
      expect(await notices.take(one, 2)).toEqual([]);
    },
  },
  {
    title: 'texts beyond their bounds are cut, also inside an emoji, and NUL does no harm',
    async run({ notices, tenantIds: [one] }) {
      const lines = [`${'x'.repeat(998)}🔥🔥`, 'a\0b', 'c', 'd'];
      const { notice } = await notices.add(one, sampleNotice({ title: 't'.repeat(400), lines }));
      expect(notice.title).toBe(`${'t'.repeat(299)}…`);
      expect([notice.lines[0], notice.lines[2], notice.lines.length]).toEqual([`${'x'.repeat(998)}…`, 'c', 3]);
      expect(notice.lines[1]).toMatch(/^a.b$/s);
    },
  },
  {
    title: 'old notices that were taken are deleted, others stay',
    async run({ notices, tenantIds: [one] }) {
      const { notice: old } = await notices.add(one, sampleNotice({ dedupKey: 'old', createdAtMs: startMs }));
      await notices.take(one, 10);
      const { notice: waiting } = await notices.add(one, sampleNotice({ dedupKey: 'waiting', createdAtMs: startMs }));
      expect(await notices.deleteTakenBefore(one, startMs, 10)).toBe(0);
      expect(await notices.deleteTakenBefore(one, startMs + 1, 10)).toBe(1);
      expect(await notices.get(one, old.id)).toBeNull();
      expect(await notices.get(one, waiting.id)).toEqual(waiting);
    },
  },
];
