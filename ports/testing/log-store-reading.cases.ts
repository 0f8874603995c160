import { expect } from 'vitest';
import type { ContractCase } from './contract-case.ts';
import { entry, linesOf, minuteNs, newCase, push, readAll, selectorOf, signal, spanOf } from './log-store-samples.ts';
import type { LogStoreUnderTest } from './log-store-samples.ts';

const hostileTexts = [
  '"} or {case=~".+',
  'back`tick',
  'back\\slash \\n',
  'new\nline\ttab',
  '# comment',
  '{{.x}}',
  'ünïcödé 🦊',
  '\u0000nul',
  '%',
];

/** What is read is what was written. */
export const readingCases: ReadonlyArray<ContractCase<LogStoreUnderTest>> = [
  {
    title: 'returns what was pushed, oldest first',
    async run(opened) {
      const { labels, startNs } = newCase();
      await push(opened, labels, [entry(startNs + 2n, 'second'), entry(startNs + 1n, 'first')]);
      expect(linesOf(await readAll(opened.store, labels, startNs))).toEqual(['first', 'second']);
    },
  },

  {
    title: 'keeps structured metadata apart from stream labels',
    async run(opened) {
      const { labels, startNs } = newCase();
      await push(opened, labels, [entry(startNs, 'traced', { trace_id: 'abc', pod: 'p-1' })]);
      const [found] = await readAll(opened.store, labels, startNs);
      expect(found?.labels).toMatchObject(labels);
      expect(found?.labels).not.toHaveProperty('trace_id');
      expect(found?.metadata).toMatchObject({ trace_id: 'abc', pod: 'p-1' });
    },
  },

  {
    title: 'keeps a stream apart from one whose metadata makes up its labels',
    async run(opened) {
      const { labels, startNs } = newCase();
      await push(opened, { ...labels, level: 'info' }, [entry(startNs, 'in the label'), entry(startNs + 3n, 'label')]);
      await push(opened, labels, [
        entry(startNs + 1n, 'in metadata', { level: 'info' }),
        entry(startNs + 2n, 'neither'),
      ]);
      const found = await readAll(opened.store, labels, startNs);
      const seen = found.map((item) => [item.line, item.labels.level ?? '-', item.metadata.level ?? '-']);
      expect(seen).toEqual([
        ['in the label', 'info', '-'],
        ['in metadata', '-', 'info'],
        ['neither', '-', '-'],
        ['label', 'info', '-'],
      ]);
    },
  },
  {
    title: 'includes the start of a range and excludes its end',
    async run(opened) {
      const { labels, startNs } = newCase();
      const times = [startNs - 1n, startNs, startNs + minuteNs - 1n, startNs + minuteNs];
      await push(
        opened,
        labels,
        times.map((timestampNs, index) => entry(timestampNs, `line ${index}`))
      );
      const found = await readAll(opened.store, labels, startNs, startNs + minuteNs);
      expect(linesOf(found)).toEqual(['line 1', 'line 2']);
    },
  },

  {
    title: 'puts late lines into their place',
    async run(opened) {
      const { labels, startNs } = newCase();
      await push(opened, labels, [entry(startNs + 10n * minuteNs, 'newest')]);
      await push(opened, labels, [entry(startNs + 5n, 'late'), entry(startNs + 3n, 'later still')]);
      expect(linesOf(await readAll(opened.store, labels, startNs))).toEqual(['later still', 'late', 'newest']);
    },
  },

  {
    title: 'folds exact repeats and keeps lines that differ in metadata only',
    async run(opened) {
      const { labels, startNs } = newCase();
      const repeated = entry(startNs, 'same line');
      await push(opened, labels, [repeated, repeated, entry(startNs, 'same line', { attempt: '2' })]);
      await push(opened, labels, [repeated]);
      expect(linesOf(await readAll(opened.store, labels, startNs))).toEqual(['same line', 'same line']);
    },
  },

  ...hostileTexts.map((text) => ({
    title: `stores and finds the hostile text ${JSON.stringify(text)}`,
    async run(opened: LogStoreUnderTest) {
      const { labels, startNs } = newCase();
      await push(opened, { ...labels, hostile: text }, [entry(startNs, `before ${text} after`)]);
      const query = `{case="${labels.case}", hostile=${JSON.stringify(text)}} |= ${JSON.stringify(text)}`;
      const found = await opened.store.findEntries({
        query,
        ...spanOf(startNs),
        direction: 'oldest-first',
        limit: 10,
        signal,
      });
      expect(linesOf(found)).toEqual([`before ${text} after`]);
    },
  })),

  {
    title: 'finds the newest lines first up to the limit',
    async run(opened) {
      const { labels, startNs } = newCase();
      await push(
        opened,
        labels,
        Array.from({ length: 10 }, (_unused, index) => entry(startNs + BigInt(index), `line ${index}`))
      );
      const request = { query: selectorOf(labels), ...spanOf(startNs), limit: 3, signal };
      const newest = await opened.store.findEntries({ ...request, direction: 'newest-first' });
      const oldest = await opened.store.findEntries({ ...request, direction: 'oldest-first' });
      expect(linesOf(newest)).toEqual(['line 9', 'line 8', 'line 7']);
      expect(linesOf(oldest)).toEqual(['line 0', 'line 1', 'line 2']);
    },
  },

  {
    title: 'answers a query for an unknown label with nothing',
    async run(opened) {
      const { startNs } = newCase();
      expect(await readAll(opened.store, { no_such_label: 'x' }, startNs)).toEqual([]);
    },
  },
];
/** What is no query is refused with the store's own reason. */
export const refusalCases: ReadonlyArray<ContractCase<LogStoreUnderTest>> = [
  ...['{case="x"', '{}', '{case=~".*"}', '{case=~"("}', '', 'case'].map((query) => ({
    title: `refuses the query '${query}' with a reason`,
    async run(opened: LogStoreUnderTest) {
      const { startNs } = newCase();
      const request = { query, ...spanOf(startNs), direction: 'newest-first', limit: 10, signal } as const;
      await expect(opened.store.findEntries(request)).rejects.toMatchObject({
        kind: 'rejected',
        message: expect.stringMatching(/\w{4}/),
      });
    },
  })),
];
