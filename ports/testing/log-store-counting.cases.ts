import { expect } from 'vitest';
import type { ContractCase } from './contract-case.ts';
import { count, entry, minuteMs, minuteNs, newCase, push, selectorOf, signal, spanOf } from './log-store-samples.ts';
import type { LogStoreUnderTest } from './log-store-samples.ts';

/** Counts are per stream and whole minute, [start, start + step). */
export const countingCases: ReadonlyArray<ContractCase<LogStoreUnderTest>> = [
  {
    title: 'counts lines exactly on a minute into the minute that they begin',
    async run(opened) {
      const { labels, startNs, startMs } = newCase();
      const offsets = [
        -1n,
        0n,
        1n,
        999_999n,
        1_000_000n,
        minuteNs - 1_000_000n,
        minuteNs - 1n,
        minuteNs,
        2n * minuteNs - 1n,
        2n * minuteNs,
      ];
      await push(
        opened,
        labels,
        offsets.map((offset, index) => entry(startNs + offset, `line ${index}`))
      );
      const counts = await count(opened, labels, startNs - minuteNs, startNs + 2n * minuteNs);
      expect(counts.map(({ startMs: at, lineCount }) => [(at - startMs) / minuteMs, lineCount])).toEqual([
        [-1, 1],
        [0, 6],
        [1, 2],
      ]);
    },
  },

  {
    title: 'counts a single step',
    async run(opened) {
      const { labels, startNs, startMs } = newCase();
      await push(opened, labels, [entry(startNs, 'on the minute'), entry(startNs + minuteNs, 'on the next')]);
      const counts = await count(opened, labels, startNs, startNs + minuteNs);
      expect(counts.map(({ startMs: at, lineCount }) => [at - startMs, lineCount])).toEqual([[0, 1]]);
    },
  },

  {
    title: 'counts each stream apart, whatever labels and metadata it has',
    async run(opened) {
      const { labels, startNs } = newCase();
      await push(opened, { ...labels, level: 'info' }, [
        entry(startNs, 'a', { pod: 'meta' }),
        entry(startNs + 1n, 'b'),
      ]);
      await push(opened, { ...labels, pod: 'p-1' }, [
        entry(startNs, 'c', { level: 'error' }),
        entry(startNs + 1n, 'd', { level: 'warn' }),
      ]);
      await push(opened, labels, [entry(startNs, 'e', { level: 'x', pod: 'y' })]);
      const counts = await count(opened, labels, startNs, startNs + minuteNs);
      const seen = counts.map(({ labels: { level, pod }, lineCount }) => [level ?? '-', pod ?? '-', lineCount]);
      expect(seen.sort()).toEqual([
        ['-', '-', 1],
        ['-', 'p-1', 2],
        ['info', '-', 2],
      ]);
    },
  },

  {
    title: 'counts streams apart that differ in a label which LogQL cannot name',
    async run(opened) {
      const { labels, startNs } = newCase();
      await push(opened, { ...labels, by: 'x' }, [entry(startNs, 'a'), entry(startNs + 1n, 'b')]);
      await push(opened, { ...labels, by: 'y' }, [entry(startNs, 'c'), entry(startNs + minuteNs, 'd')]);
      const counts = await count(opened, labels, startNs, startNs + 2n * minuteNs);
      const seen = counts.map((item) => [item.labels.by ?? '-', item.lineCount]);
      expect(seen.sort()).toEqual([
        ['x', 2],
        ['y', 1],
        ['y', 1],
      ]);
    },
  },
  {
    title: 'counts as many lines as it reads',
    async run(opened) {
      const { labels, startNs } = newCase();
      const lines = Array.from({ length: 2000 }, (_unused, index) =>
        entry(startNs + BigInt((index * 7919) % 600) * 1_000_000_000n, `line ${index}`)
      );
      await push(opened, labels, lines);
      const counts = await count(opened, labels, startNs, startNs + 10n * minuteNs);
      expect(counts.reduce((total, { lineCount }) => total + lineCount, 0)).toBe(2000);
      expect(counts).toHaveLength(10);
    },
  },

  {
    title: 'counts more streams than one query may answer with',
    async run(opened) {
      const { labels, startNs } = newCase();
      const streams = Array.from({ length: 1100 }, (_unused, index) => ({
        labels: { ...labels, pod: `pod-${index}`, group: `g(${index % 7})` },
        entries: [entry(startNs + BigInt(index), `line ${index}`)],
      }));
      await opened.store.push(streams, signal);
      const counts = await count(opened, labels, startNs, startNs + minuteNs);
      expect(new Set(counts.map((item) => item.labels.pod)).size).toBe(1100);
      expect(counts).toHaveLength(1100);
    },
  },
];
/** Groups of lines are counted in the same minutes as streams. */
export const groupedCountingCases: ReadonlyArray<ContractCase<LogStoreUnderTest>> = [
  {
    title: 'counts lines by labels of streams and of structured metadata, to the nanosecond of a minute',
    async run(opened) {
      const { labels, startNs, startMs } = newCase();
      await push(opened, { ...labels, app: 'web', pod: 'a' }, [
        entry(startNs - 1n, 'before', { level: 'info' }),
        entry(startNs, 'first', { level: 'info' }),
        entry(startNs + minuteNs - 1n, 'last', { level: 'error' }),
        entry(startNs + minuteNs, 'next', { level: 'info' }),
      ]);
      await push(opened, { ...labels, app: 'web', pod: 'b' }, [
        entry(startNs + 5n, 'other pod', { level: 'info' }),
        entry(startNs + 6n, 'no level'),
      ]);
      await push(opened, labels, [entry(startNs, 'no app')]);
      const counts = await opened.store.countByLabels({
        ...{ selector: selectorOf(labels), labelNames: ['app', 'level'], stepMs: minuteMs, signal },
        ...{ fromNs: startNs, toNs: startNs + 2n * minuteNs },
      });
      const seen = counts.map(({ labels: { app, level }, startMs: at, lineCount }) =>
        [app ?? '-', level ?? '-', (at - startMs) / minuteMs, lineCount].join(' ')
      );
      expect(seen.sort()).toEqual(['- - 0 1', 'web - 0 1', 'web error 0 1', 'web info 0 2', 'web info 1 1']);
    },
  },
];

/** What there is can be listed. */
export const discoveryCases: ReadonlyArray<ContractCase<LogStoreUnderTest>> = [
  {
    title: 'lists label names, values and streams of a selector',
    async run(opened) {
      const { labels, startNs } = newCase();
      await push(opened, { ...labels, app: 'web' }, [entry(startNs, 'x')]);
      await push(opened, { ...labels, app: 'api', zone: 'eu' }, [entry(startNs, 'y')]);
      const request = { selector: selectorOf(labels), ...spanOf(startNs), signal };
      const names = await opened.store.listLabelNames(request);
      // Loki adds a label of its own.
      expect(names.filter((name) => name !== 'service_name')).toEqual(['app', 'case', 'zone']);
      expect(await opened.store.listLabelValues('app', request)).toEqual(['api', 'web']);
      const streams = await opened.store.listStreams(request);
      expect(streams.map(({ app, zone }) => `${app} ${zone ?? '-'}`).sort()).toEqual(['api eu', 'web -']);
    },
  },

  {
    title: 'lists no values for an unknown label',
    async run(opened) {
      const { startNs } = newCase();
      expect(await opened.store.listLabelValues('no_such_label', { ...spanOf(startNs), signal })).toEqual([]);
    },
  },

  {
    title: 'answers a ping and an estimate',
    async run(opened) {
      const { labels, startNs } = newCase();
      await opened.store.ping(signal);
      const stats = await opened.store.readStats({ selector: selectorOf(labels), ...spanOf(startNs), signal });
      expect(stats).toEqual({ streamCount: 0, entryCount: 0, sizeBytes: 0 });
    },
  },
];
