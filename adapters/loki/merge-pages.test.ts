import type { LogEntry } from '@loghunter/engine/records';
import type { EntryPage } from '@loghunter/ports';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { mergePages } from '@loghunter/ports';

const range = { fromNs: 0n, toNs: 100n };

/** Pages as a log store delivers them: full ones end before their last time, the last one completes the range. */
async function* pagesOf(timesNs: readonly number[], source: number, pageSize: number): AsyncGenerator<EntryPage> {
  const entries = timesNs
    .toSorted((a, b) => a - b)
    .map((time, index): LogEntry => ({
      labels: { source: String(source) },
      timestampNs: BigInt(time),
      line: `${index}`,
      metadata: {},
    }));
  let start = 0;
  while (entries.length - start > pageSize) {
    const next = entries[start + pageSize]?.timestampNs ?? range.toNs;
    yield { entries: entries.slice(start, start + pageSize), completeBeforeNs: next, unreadableEntryCount: 1 };
    start += pageSize;
  }
  yield { entries: entries.slice(start), completeBeforeNs: range.toNs, unreadableEntryCount: 0 };
}

async function collect(sources: readonly number[][], pageSize: number): Promise<EntryPage[]> {
  const pages: EntryPage[] = [];
  const sequences = sources.map((times, source) => pagesOf(times, source, pageSize));
  for await (const page of mergePages(sequences, range)) {
    pages.push(page);
  }
  return pages;
}

const times = fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 30 });

describe('merging pages', () => {
  test('brings every entry once, in order, and keeps its promises', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(times, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 7 }),
        async (sources, pageSize) => {
          const pages = await collect(sources, pageSize);
          const merged = pages.flatMap((page) => page.entries);
          const seen = merged.map(({ labels, line }) => `${labels.source} ${line}`);
          expect(new Set(seen).size).toBe(sources.flat().length);
          expect(seen).toHaveLength(sources.flat().length);
          expect(merged.every(({ timestampNs }, index) => timestampNs >= (merged[index - 1]?.timestampNs ?? 0n))).toBe(
            true
          );
          let promisedNs = 0n;
          for (const page of pages) {
            expect(page.entries.every(({ timestampNs }) => timestampNs >= promisedNs)).toBe(true);
            promisedNs = page.completeBeforeNs;
          }
          expect(promisedNs).toBe(range.toNs);
        }
      )
    );
  });

  test('adds up what could not be read', async () => {
    const pages = await collect(
      [
        [1, 2, 3, 4],
        [5, 6, 7],
      ],
      2
    );
    expect(pages.reduce((total, page) => total + page.unreadableEntryCount, 0)).toBe(2);
  });
});
