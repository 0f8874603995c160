import { coverageGaps } from './coverage';

const nowMs = Date.parse('2026-11-21T12:00:00.000Z');
const range = { from: '2026-11-21T11:00:00.000Z', to: '2026-11-21T12:00:00.000Z' };
const full = {
  lineCount: 10,
  readUpTo: '2026-11-21T11:59:30.000Z',
  readFrom: '2026-11-21T06:00:00.000Z',
  unreadLineCount: 0,
  unclusteredLineCount: 0,
};

describe('coverageGaps', () => {
  it('finds none when reading keeps up', () => {
    expect(coverageGaps({ range, coverage: full }, nowMs)).toEqual({
      behindUpTo: undefined,
      beforeFrom: undefined,
      unreadLineCount: 0,
      unclusteredLineCount: 0,
    });
  });

  it('does not take the future for unread', () => {
    const today = { from: range.from, to: '2026-11-21T23:59:59.000Z' };
    expect(coverageGaps({ range: today, coverage: full }, nowMs).behindUpTo).toBeUndefined();
  });

  it('tells how far reading has come when it is behind', () => {
    const readUpTo = '2026-11-21T11:20:00.000Z';
    expect(coverageGaps({ range, coverage: { ...full, readUpTo } }, nowMs).behindUpTo).toBe(readUpTo);
  });

  it('tells when the range starts before the first line ever read', () => {
    const readFrom = '2026-11-21T11:30:00.000Z';
    expect(coverageGaps({ range, coverage: { ...full, readFrom } }, nowMs).beforeFrom).toBe(readFrom);
  });
});
