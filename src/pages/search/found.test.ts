import type { SearchGroup, SearchLogsResponse } from '@loghunter/contracts';
import { joinAnswers, searchedShare } from './found';

function group(clusterId: string, eventCount: number, at: string): SearchGroup {
  return {
    clusterId,
    isKnown: true,
    service: 'shop',
    namespace: '',
    level: 'error',
    templateText: clusterId,
    eventCount,
    lineCount: eventCount,
    firstFound: at,
    lastFound: at,
    lines: [],
  };
}

function answer(groups: SearchGroup[], change: Partial<SearchLogsResponse['coverage']> = {}): SearchLogsResponse {
  const eventCount = groups.reduce((sum, found) => sum + found.eventCount, 0);
  return {
    range: { from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' },
    query: '{app="a"}',
    groups,
    eventCount,
    lineCount: eventCount,
    coverage: {
      isComplete: false,
      searchedFrom: '2026-01-01T00:30:00Z',
      searchedLineCount: 10,
      lineCount: 40,
      ...change,
    },
    nextBefore: '1',
    scannedBytes: 100,
    elapsedMs: 5,
  };
}

describe('joinAnswers', () => {
  it('adds up equal clusters and keeps the most frequent first', () => {
    const joined = joinAnswers(
      answer([group('a', 3, '2026-01-01T00:50:00Z'), group('b', 2, '2026-01-01T00:50:00Z')]),
      answer([group('b', 4, '2026-01-01T00:10:00Z'), group('c', 1, '2026-01-01T00:10:00Z')], { isComplete: true })
    );
    expect(joined.groups.map(({ clusterId, eventCount }) => [clusterId, eventCount])).toEqual([
      ['b', 6],
      ['a', 3],
      ['c', 1],
    ]);
    expect(joined.groups[0]).toMatchObject({ firstFound: '2026-01-01T00:10:00Z', lastFound: '2026-01-01T00:50:00Z' });
    expect(joined).toMatchObject({ eventCount: 10, scannedBytes: 200, coverage: { isComplete: true } });
  });
});

describe('searchedShare', () => {
  it.each([
    [{ isComplete: true, searchedLineCount: null, lineCount: null }, 1],
    [{}, 0.25],
    [{ searchedLineCount: 50 }, 1],
    [{ searchedLineCount: null }, undefined],
    [{ lineCount: 0 }, undefined],
  ])('of %j is %s', (coverage, expected) => {
    expect(searchedShare(answer([], coverage))).toBe(expected);
  });
});
