import { compileMatcher, printQuery, selector } from '@loghunter/engine/logql';
import { labelOf, type Labels } from '@loghunter/engine/records';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { divideByValues } from './divide-by-values.ts';
import { splitByNames } from './split-by-names.ts';
import { splitStreams } from './split-streams.ts';
import type { StreamGroup } from './split-streams.ts';

function selects({ matchers }: StreamGroup, labels: Labels): boolean {
  return matchers.every((item) => compileMatcher(item)(labelOf(labels, item.name) ?? ''));
}

const labelValue = fc.constantFrom('a', 'b.c', '(x', 'x|y', '\\', 'ü', '[', 'long value');
const stream = fc.dictionary(fc.constantFrom('app', 'pod', 'zone', 'constructor'), labelValue, { minKeys: 1 });
const streams = fc.uniqueArray(stream, {
  minLength: 1,
  maxLength: 40,
  selector: (labels) => JSON.stringify(Object.entries(labels).sort()),
});

describe('splitting streams by label names', () => {
  test('every stream, known or not, is in exactly one group', () => {
    fc.assert(
      fc.property(streams, stream, (known, any) => {
        const groups = splitByNames(known);
        for (const labels of [...known, any]) {
          const own = groups.filter(({ matchers }) => selects({ matchers, labelNames: [], streamCount: 0 }, labels));
          expect(own).toHaveLength(1);
        }
        for (const group of groups) {
          expect(new Set(group.streams.map((labels) => Object.keys(labels).sort().join())).size).toBe(1);
        }
      })
    );
  });
});

describe('dividing streams by the values of a label', () => {
  test('every stream, known or not, is in exactly one part', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 0, max: 12 }), stream, (known, partCount, any) => {
        const parts = divideByValues(known, partCount);
        for (const labels of [...known, any]) {
          const own = parts.filter((matchers) => selects({ matchers, labelNames: [], streamCount: 0 }, labels));
          expect(own).toHaveLength(1);
        }
      })
    );
  });

  test('parts are as many as asked, of about equally many streams', () => {
    const known = Array.from({ length: 24 }, (_, index) => ({ app: `app-${index % 3}`, pod: `pod-${index}` }));
    const sizes = divideByValues(known, 6).map(
      (matchers) => known.filter((labels) => selects({ matchers, labelNames: [], streamCount: 0 }, labels)).length
    );
    expect(sizes).toEqual([4, 4, 4, 4, 4, 4]);
  });

  test('a label of thousands of values divides nothing', () => {
    const known = Array.from({ length: 3000 }, (_, index) => ({ app: 'a', pod: `pod-${index}` }));
    expect(divideByValues(known, 10)).toEqual([[]]);
  });

  test('a label whose values are too long to be named gives way to one with fewer', () => {
    const known = Array.from({ length: 80 }, (_, index) => ({
      zone: `z${index % 4}`,
      file: `/${'x'.repeat(2000)}${index}`,
    }));
    const parts = divideByValues(known, 10);
    expect(parts).toHaveLength(4);
    expect(new Set(parts.flat().map(({ name }) => name))).toEqual(new Set(['zone']));
  });
});

describe('splitting streams into groups', () => {
  test('every stream is in exactly one group, with its own label names', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 10 }), (all, maxStreams) => {
        const groups = splitStreams(all, maxStreams);
        for (const labels of all) {
          const own = groups.filter((group) => selects(group, labels));
          expect(own).toHaveLength(1);
          expect(own[0]?.labelNames).toEqual(Object.keys(labels).sort());
        }
      })
    );
  });

  test('no group has a query that Loki would refuse for its length', () => {
    const all = Array.from({ length: 900 }, (_, index) => ({ app: 'a', file: `/${'.'.repeat(1000)}${index}` }));
    const groups = splitStreams(all, 400);
    const sizes = groups.map(({ matchers }) => Buffer.byteLength(printQuery(selector(...matchers))));
    expect(Math.max(...sizes)).toBeLessThan(20_000);
    expect(groups.reduce((sum, { streamCount }) => sum + streamCount, 0)).toBe(900);
  });

  test('no group is larger than asked, and its size is told', () => {
    fc.assert(
      fc.property(streams, fc.integer({ min: 1, max: 10 }), (all, maxStreams) => {
        for (const group of splitStreams(all, maxStreams)) {
          expect(group.streamCount).toBe(all.filter((labels) => selects(group, labels)).length);
          expect(group.streamCount).toBeLessThanOrEqual(maxStreams);
        }
      })
    );
  });
});
