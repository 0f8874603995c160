import { describe, expect, it } from 'vitest';
import { buildReport } from './report.ts';
import type { ClusterFigures } from './tally.ts';

function figures(template: string, overrides: Partial<ClusterFigures> = {}): ClusterFigures {
  return {
    template,
    kind: 'template',
    level: 'info',
    eventCount: 1,
    lineCount: 1,
    firstMs: 1000,
    lastMs: 2000,
    eventCountByLevel: new Map([['info', 1]]),
    sample: template,
    ...overrides,
  };
}

const totals = {
  fileCount: 1,
  lineCount: 30,
  eventCount: 20,
  keptEventCount: 10,
  cutLineCount: 0,
  newestMs: 0,
  durationMs: 500,
};
const clusters = [
  figures('a', { eventCount: 5, firstMs: 300, lastMs: 900 }),
  figures('b', { eventCount: 3, firstMs: 100, lastMs: 400, level: 'error' }),
  figures('c', { eventCount: 2, firstMs: null, lastMs: null, level: 'warn' }),
];

describe('the report', () => {
  it.each([
    ['count', 'abc'],
    ['level', 'bca'],
    ['first', 'bac'],
    ['last', 'abc'],
  ] as const)('sorts by %s', (sort, expected) => {
    expect(
      buildReport(clusters, totals, { sort, limit: 10 })
        .clusters.map(({ template }) => template)
        .join('')
    ).toBe(expected);
  });

  it('limits the list but not the totals', () => {
    const report = buildReport(clusters, totals, { sort: 'count', limit: 1 });
    expect(report.clusters).toHaveLength(1);
    expect(report.summary).toMatchObject({
      clusters: 3,
      lines: 30,
      events: 20,
      matchingEvents: 10,
      linesPerSecond: 60,
    });
  });

  it('states shares of the events that match', () => {
    expect(buildReport(clusters, totals, { sort: 'count', limit: 10 }).clusters.map(({ share }) => share)).toEqual([
      0.5, 0.3, 0.2,
    ]);
  });

  it('writes times as ISO and absent ones as null', () => {
    expect(buildReport(clusters, totals, { sort: 'count', limit: 10 }).clusters).toMatchObject([
      { firstSeen: '1970-01-01T00:00:00.300Z' },
      { lastSeen: '1970-01-01T00:00:00.400Z' },
      { firstSeen: null, lastSeen: null },
    ]);
  });
});
