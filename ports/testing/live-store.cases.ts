import { expect } from 'vitest';
import type { LiveStore } from '../live.ts';
import type { ContractCase } from './contract-case.ts';

const atMs = Date.UTC(2026, 10, 20, 10);

/** A store with two fresh tenants. */
export interface LiveStoreUnderTest {
  readonly live: LiveStore;
  readonly tenantIds: readonly [string, string];
}

/** What every store of live events does. */
export const liveStoreCases: ReadonlyArray<ContractCase<LiveStoreUnderTest>> = [
  {
    title: 'events are read in their order from any position on, each tenant its own',
    async run({ live, tenantIds: [one, two] }) {
      expect(await live.readEnds(one)).toEqual({ newest: 0, oldestKept: null });
      await live.append(one, { topic: 'job', ids: ['a'], atMs });
      await live.append(one, { topic: 'cluster-work', ids: ['b', 'c'], atMs: atMs + 1 });
      await live.append(two, { topic: 'comment', ids: ['d'], atMs });
      const all = await live.readAfter(one, 0, 10);
      expect(all).toMatchObject([
        { topic: 'job', ids: ['a'], atMs },
        { topic: 'cluster-work', ids: ['b', 'c'], atMs: atMs + 1 },
      ]);
      const [first, second] = all.map(({ position }) => position);
      expect(await live.readEnds(one)).toEqual({ newest: second, oldestKept: first });
      expect(await live.readAfter(one, first ?? 0, 10)).toEqual(all.slice(1));
      expect(await live.readAfter(one, 0, 1)).toEqual(all.slice(0, 1));
      expect(await live.readAfter(two, 0, 10)).toHaveLength(1);
    },
  },
  {
    title: 'positions go on after old events were deleted',
    async run({ live, tenantIds: [one] }) {
      await live.append(one, { topic: 'job', ids: ['old'], atMs: atMs - 10 });
      const { newest } = await live.readEnds(one);
      while ((await live.deleteBefore(one, atMs + 100, 1)) > 0) {
        // One at a time.
      }
      expect(await live.readEnds(one)).toEqual({ newest, oldestKept: null });
      await live.append(one, { topic: 'job', ids: ['new'], atMs: atMs + 200 });
      expect(await live.readEnds(one)).toEqual({ newest: newest + 1, oldestKept: newest + 1 });
    },
  },
];
