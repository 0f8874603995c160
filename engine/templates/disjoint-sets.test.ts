import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DisjointSets, SetMembers } from './disjoint-sets.ts';

describe('disjoint sets', () => {
  it('lists every member once, in the set that the unions made', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))), (unions) => {
        const sets = new DisjointSets();
        const groups = Array.from({ length: 41 }, (_, id) => new Set(id === 0 ? [] : [sets.add()]));
        for (const [a, b] of unions) {
          sets.union(a, b);
          const merged = new Set([...(groups[a] ?? []), ...(groups[b] ?? [])]);
          merged.forEach((id) => (groups[id] = merged));
        }
        const members = new SetMembers(sets, 40);
        for (let id = 1; id <= 40; id++) {
          expect(members.of(sets.find(id))).toEqual([...(groups[id] ?? [])].sort((a, b) => a - b));
        }
        expect(sets.setCount).toBe(new Set(groups.slice(1)).size);
        expect(members.of(41)).toEqual([]);
      })
    );
  });
});
