import type { GetCoverageResponse, WatchCoverage } from '@loghunter/contracts';
import { expect, test } from 'vitest';
import { coverageText } from './say-coverage.ts';

const counts = {
  ...{ seenLineCount: 500, clusteredLineCount: 500, unclusteredLineCount: 0, unreadLineCount: 0, lateLineCount: 0 },
  estimatedLineCount: 0,
};
const read = { readFrom: '2026-11-21T06:00:00.000Z', readUpTo: '2026-11-21T11:59:00.000Z' };
const whole: GetCoverageResponse = {
  range: { from: '2026-11-21T11:00:00.000Z', to: '2026-11-21T12:00:00.000Z' },
  ...counts,
  ...read,
  watches: [],
};
const watch: WatchCoverage = {
  ...{ name: 'shop', source: '', reads: 'all', oneIn: 1, isRetired: false, isBehind: true, heldBackBy: null },
  ...counts,
  ...read,
};

test('everything was read, nothing was read, and nothing was there are three sentences', () => {
  expect(coverageText(whole)).toBe('rests on all of 500 lines');
  expect(coverageText({ ...whole, readUpTo: null, readFrom: null })).toBe('no logs have been read yet');
  expect(coverageText({ ...whole, seenLineCount: 0, clusteredLineCount: 0 })).toBe('no lines are known in this range');
});

test('each reason why it is not all is named, and each watch that is behind', () => {
  const partly = {
    ...{ clusteredLineCount: 480, unreadLineCount: 20, lateLineCount: 3, readFrom: '2026-11-21T11:30:00.000Z' },
    watches: [
      { ...watch, heldBackBy: 'budget' as const },
      { ...watch, name: 'bulk', readUpTo: null, heldBackBy: 'source' as const },
    ],
  };
  expect(coverageText({ ...whole, ...partly })).toBe(
    'rests on 480 of 500 lines; shop is read up to 2026-11-21T11:59:00.000Z: the budget for background queries is used up; ' +
      'bulk is read not yet: its log source does not answer, or asks for a pause; ' +
      'nothing before 2026-11-21T11:30:00.000Z has been read; 20 were counted and not read; 3 came late'
  );
});
