import type { GetCoverageResponse, WatchCoverage } from '@loghunter/contracts';
import { behindText, reasonsOf, restsOn } from './coverage-words';

const counts = {
  seenLineCount: 5000,
  clusteredLineCount: 5000,
  unclusteredLineCount: 0,
  unreadLineCount: 0,
  lateLineCount: 0,
  estimatedLineCount: 0,
};
const watch: WatchCoverage = {
  ...counts,
  name: 'shop',
  source: '',
  reads: 'all',
  oneIn: 1,
  isRetired: false,
  isBehind: false,
  heldBackBy: null,
  readFrom: '2026-11-21T06:00:00.000Z',
  readUpTo: '2026-11-21T11:59:00.000Z',
};
const whole: GetCoverageResponse = {
  ...counts,
  range: { from: '2026-11-21T11:00:00.000Z', to: '2026-11-21T12:00:00.000Z' },
  readFrom: watch.readFrom,
  readUpTo: watch.readUpTo,
  watches: [watch],
};
const reasons = (change: Partial<GetCoverageResponse>) => reasonsOf({ ...whole, ...change }, 'utc');

describe('what a number rests on', () => {
  it('is all lines, a part of them, none, or not read yet', () => {
    expect(restsOn(whole)).toBe('Rests on all of 5K lines');
    expect(restsOn({ ...whole, clusteredLineCount: 4000 })).toBe('Rests on 4K of 5K lines');
    expect(restsOn({ ...whole, seenLineCount: 0, clusteredLineCount: 0 })).toBe('No lines are known in this range');
    expect(restsOn({ ...whole, readUpTo: null })).toBe('No logs have been read yet');
  });

  it('gives no reason when everything was read', () => {
    expect(reasons({})).toEqual([]);
  });

  it('says up to when everything is in while a watch is behind, and that another one has not begun', () => {
    const behind = { ...watch, isBehind: true, readUpTo: '2026-11-21T11:20:00.000Z' };
    const unread = { ...watch, isBehind: true, readUpTo: null };
    expect(reasons({ readUpTo: behind.readUpTo, watches: [watch, behind, unread] })).toEqual([
      'still reading: everything up to 2026-11-21 11:20 is in',
      'nothing has been read yet by 1 watch',
    ]);
    expect(reasons({ readUpTo: null, watches: [unread] })).toEqual([]);
    expect(behindText(behind, 'utc')).toBe('read up to 2026-11-21 11:20');
  });

  it('says of a watch that is behind whether the budget, the source, a failure or the scanner holds it back', () => {
    const held = (heldBackBy: WatchCoverage['heldBackBy']) => ({ ...watch, isBehind: true, heldBackBy });
    expect(behindText(held('budget'), 'utc')).toMatch(/^read up to .*: the budget for background queries is used up$/);
    expect(behindText({ ...held('source'), readUpTo: null }, 'utc')).toBe(
      'nothing read yet: the log source does not answer, or asks for a pause'
    );
    expect(
      reasons({ watches: [held('budget'), held('budget'), held('scanner'), held('failure'), held(null)] }).slice(1)
    ).toEqual([
      'the budget for background queries is used up',
      'no scanner is running',
      "reading fails, the server's log says why",
    ]);
  });

  it('says when the range begins before the first line that was ever read', () => {
    expect(reasons({ readFrom: '2026-11-21T11:30:00.000Z' })).toEqual([
      'nothing before 2026-11-21 11:30 has been read',
    ]);
  });

  it('names lines that were estimated, not read, without a cluster, and late', () => {
    const part: WatchCoverage = { ...watch, reads: 'part', oneIn: 20 };
    const found = reasons({
      watches: [part],
      ...{ estimatedLineCount: 4, unreadLineCount: 3, unclusteredLineCount: 2, lateLineCount: 1 },
    });
    expect(found.map((reason) => reason.slice(0, 15))).toEqual([
      '4 are estimated',
      '3 were counted ',
      '2 have no clust',
      '1 came late',
    ]);
  });
});
