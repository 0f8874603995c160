import { expect } from 'vitest';
import type { EntryPage } from '../log-store.ts';
import type { ContractCase } from './contract-case.ts';
import { entry, linesOf, minuteNs, newCase, push, readPages, selectorOf, signal } from './log-store-samples.ts';
import type { LogStoreUnderTest } from './log-store-samples.ts';

/** Paging brings each line once, whatever the times of the lines. */
export const pagingCases: ReadonlyArray<ContractCase<LogStoreUnderTest>> = [
  {
    title: 'reads 12,000 lines page by page, each once',
    async run(opened) {
      const { labels, startNs } = newCase();
      const lines = Array.from({ length: 12_000 }, (_unused, index) =>
        entry(startNs + BigInt(index) * 1_000_003n, `line ${index}`)
      );
      await push(opened, labels, lines);
      const { store, pageSize } = opened.pagedStore;
      const pages = await readPages(store, labels, startNs);
      expect(linesOf(pages.flatMap((page) => page.entries))).toEqual(lines.map(({ line }) => line));
      expect(pages.length).toBeGreaterThan(12_000 / pageSize - 1);
      expectHonestProgress(pages, startNs + 20n * minuteNs);
    },
  },

  {
    title: 'reads each line once and each stream in order when streams may come one after the other',
    async run(opened) {
      const { labels, startNs } = newCase();
      const streams = Array.from({ length: 9 }, (_unused, pod) => ({ ...labels, pod: `pod-${pod}` }));
      const { store, pageSize } = opened.pagedStore;
      const lineCount = Math.ceil(pageSize * 0.6);
      // As logs are: most streams alike, one much busier; one has a label more.
      for (const [pod, stream] of [...streams, { ...labels, zone: 'a' }].entries()) {
        const lines = Array.from({ length: pod === 3 ? lineCount * 4 : lineCount }, (_unused, index) =>
          entry(
            startNs + BigInt(index) * 1_000_003n,
            `${pod}: line ${index}`,
            index % 7 === 0 ? { level: 'error' } : {}
          )
        );
        await push(opened, stream, lines);
      }
      const request = { query: selectorOf(labels), fromNs: startNs, toNs: startNs + 20n * minuteNs, signal };
      const pages: EntryPage[] = [];
      for await (const page of store.readEntries({
        ...request,
        expectedByStream: lineCount * 13,
        isSettled: true,
      })) {
        pages.push(page);
      }
      const byPod = Map.groupBy(linesOf(pages.flatMap((page) => page.entries)), (line) => line.split(':')[0] ?? '');
      expect(byPod.size).toBe(10);
      for (const [pod, lines] of byPod) {
        const expected = pod === '3' ? lineCount * 4 : lineCount;
        expect(lines).toEqual(Array.from({ length: expected }, (_unused, index) => `${pod}: line ${index}`));
      }
      expectHonestProgress(pages, request.toNs);
    },
  },

  {
    title: 'loses and doubles nothing where equal times cross a page border',
    async run(opened) {
      const { labels, startNs } = newCase();
      const { store, pageSize } = opened.pagedStore;
      const groupSize = Math.ceil(pageSize * 0.7);
      const lines = Array.from({ length: groupSize * 7 }, (_unused, index) =>
        entry(startNs + BigInt(Math.floor(index / groupSize)), `line ${index}`)
      );
      await push(opened, labels, lines);
      const pages = await readPages(store, labels, startNs);
      expect(linesOf(pages.flatMap((page) => page.entries)).sort()).toEqual(lines.map(({ line }) => line).sort());
      expectHonestProgress(pages, startNs + 20n * minuteNs);
    },
  },

  {
    title: 'reads more lines of one nanosecond than fit into a page',
    async run(opened) {
      const { labels, startNs } = newCase();
      const { store, pageSize } = opened.pagedStore;
      const lines = Array.from({ length: pageSize * 5 }, (_unused, index) =>
        entry(startNs + 7n, `request ${index} of ${index % 17}`)
      );
      await push(opened, labels, [entry(startNs, 'before'), ...lines, entry(startNs + 9n, 'after')]);
      const pages = await readPages(store, labels, startNs);
      const expected = ['before', ...lines.map(({ line }) => line), 'after'];
      expect(linesOf(pages.flatMap((page) => page.entries)).sort()).toEqual(expected.sort());
      expect(pages.reduce((total, page) => total + page.unreadableEntryCount, 0)).toBe(0);
    },
  },

  {
    title: 'states how many lines of one nanosecond it could not read',
    async run(opened) {
      const { labels, startNs } = newCase();
      const { store, pageSize } = opened.pagedStore;
      const lines = Array.from({ length: pageSize * 3 }, (_unused, index) =>
        entry(startNs + 7n, 'all alike', { number: String(index) })
      );
      await push(opened, labels, [entry(startNs, 'before'), ...lines, entry(startNs + 9n, 'after')]);
      const pages = await readPages(store, labels, startNs);
      const readCount = pages.flatMap((page) => page.entries).length;
      const unreadableCount = pages.reduce((total, page) => total + page.unreadableEntryCount, 0);
      expect(readCount + unreadableCount).toBe(lines.length + 2);
      expect(unreadableCount > 0).toBe(!opened.readsWholeMoments);
    },
  },

  {
    title: 'says that an empty range is complete',
    async run(opened) {
      const { labels, startNs } = newCase();
      const pages = await readPages(opened.store, labels, startNs);
      expect(pages).toEqual([{ entries: [], completeBeforeNs: startNs + 20n * minuteNs, unreadableEntryCount: 0 }]);
    },
  },
];

/** Each page's promise holds: no later page brings an entry from before it, and the last page completes the range. */
function expectHonestProgress(pages: readonly EntryPage[], toNs: bigint): void {
  let promisedNs = 0n;
  for (const page of pages) {
    const earliest = page.entries.at(0)?.timestampNs ?? promisedNs;
    expect(earliest).toBeGreaterThanOrEqual(promisedNs);
    promisedNs = page.completeBeforeNs;
  }
  expect(promisedNs).toBe(toNs);
}
