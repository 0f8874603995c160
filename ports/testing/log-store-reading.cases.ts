import { expect } from 'vitest';
import type { Labels } from '@loghunter/engine/records';
import type { ContractCase } from './contract-case.ts';
import {
  count,
  entry,
  linesOf,
  minuteNs,
  newCase,
  push,
  readAll,
  selectorOf,
  signal,
  spanOf,
} from './log-store-samples.ts';
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

/** Labels and metadata as text, without those that Loki adds. */
function withoutLokisOwn(...sets: readonly Labels[]): readonly string[] {
  const added = ['service_name', 'detected_level'];
  return sets.map((labels) =>
    Object.entries(labels)
      .filter(([name]) => !added.includes(name))
      .map(([name, value]) => `${name}=${value}`)
      .sort()
      .join()
  );
}

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
    title: 'reads, counts and lists streams whose labels are named like members of objects',
    async run(opened) {
      const { labels, startNs } = newCase();
      // An object literal would take `__proto__` for its prototype.
      const named = (name: string, value: string): Labels =>
        Object.fromEntries([...Object.entries(labels), [name, value]]);
      const streams = ['constructor', '__proto__', 'toString', 'app'].map((name) => named(name, 'x'));
      for (const [place, stream] of streams.entries()) {
        const metadata = Object.fromEntries([['valueOf', `m${place}`]]);
        await push(opened, stream, [entry(startNs + BigInt(place), `line ${place}`, metadata)]);
      }
      const request = { ...spanOf(startNs), signal };
      const entries = [];
      for await (const page of opened.store.readEntries({ ...request, query: selectorOf(labels), isSettled: true })) {
        entries.push(...page.entries);
      }
      expect(entries.map(({ labels: own, metadata }) => withoutLokisOwn(own, metadata))).toEqual(
        streams.map((stream, place) => withoutLokisOwn(stream, Object.fromEntries([['valueOf', `m${place}`]])))
      );
      const counts = await count(opened, labels, startNs, startNs + minuteNs);
      expect(counts.map(({ labels: own, lineCount }) => [...withoutLokisOwn(own), lineCount]).sort()).toEqual(
        streams.map((stream) => [...withoutLokisOwn(stream), 1]).sort()
      );
      const selector = selectorOf(labels);
      expect(await opened.store.listLabelValues('constructor', { ...request, selector })).toEqual(['x']);
      const found = await opened.store.listStreams({ ...request, selector });
      expect(found.map((own) => withoutLokisOwn(own)).sort()).toEqual(
        streams.map((own) => withoutLokisOwn(own)).sort()
      );
    },
  },

  {
    title: 'reads and counts hundreds of streams whose labels have long values',
    async run(opened) {
      const { labels, startNs } = newCase();
      const streamCount = 420;
      const streams = Array.from({ length: streamCount }, (_unused, index) => ({
        labels: { ...labels, file: `/${'long.'.repeat(200)}${index}` },
        entries: [entry(startNs + BigInt(index), `line ${index}`)],
      }));
      await opened.store.push(streams, signal);
      const request = { query: selectorOf(labels), ...spanOf(startNs), isSettled: true, signal };
      const lines: string[] = [];
      for await (const page of opened.store.readEntries({ ...request, expectedByStream: 50_000 })) {
        lines.push(...linesOf(page.entries));
      }
      expect(lines.toSorted()).toEqual(streams.flatMap(({ entries }) => linesOf(entries)).toSorted());
      expect(await count(opened, labels, startNs, startNs + minuteNs)).toHaveLength(streamCount);
    },
  },

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
