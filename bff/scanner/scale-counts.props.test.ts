import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleCounts } from './scale-counts.ts';

test('scaled counts add up to the lines that there are, and keep their order', () => {
  const counter = fc.record({ lineCount: fc.nat(1000), eventCount: fc.nat(1000) });
  fc.assert(
    fc.property(
      fc.array(counter, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 60 }),
      (drawn, factor) => {
        const counters = drawn.map(({ lineCount, eventCount }, index) => ({
          ...{ clusterId: String(index), level: 'error' as const, firstNs: 0n, lastNs: 0n },
          lineCount,
          eventCount: Math.min(lineCount, eventCount),
        }));
        const before = counters.map(({ lineCount }) => lineCount);
        const readCount = before.reduce((sum, count) => sum + count, 0);
        scaleCounts(counters, readCount * factor + 3);
        const after = counters.map(({ lineCount }) => lineCount);
        expect(after.reduce((sum, count) => sum + count, 0)).toBe(readCount === 0 ? 0 : readCount * factor + 3);
        before.forEach((count, index) =>
          before.forEach((other, place) => {
            if (count > other) {
              expect(after[index]).toBeGreaterThanOrEqual(after[place] ?? 0);
            }
          })
        );
      }
    )
  );
});
