import type { TailLine } from '@loghunter/contracts';
import {
  arrive,
  clearView,
  filterRows,
  maxRows,
  mergeEqual,
  nothingFollowed,
  pauseView,
  resumeView,
  waitingCount,
  type FollowedLines,
} from './followed-lines';

function linesOf(...names: readonly string[]): readonly TailLine[] {
  return names.map((id) => ({
    ...{ id, text: `line ${id}`, timestampNs: '1', level: 'info', service: 's', namespace: '' },
    ...{ labels: {}, metadata: {}, spans: [] },
  }));
}

const many = (count: number, prefix = 'n') =>
  linesOf(...Array.from({ length: count }, (_, place) => `${prefix}${place}`));

function shown({ rows }: FollowedLines): readonly string[] {
  return rows.map((row) => (row.kind === 'line' ? row.id : `gap of ${row.count}`));
}

describe('a live view', () => {
  it('shows the newest line first, and where lines were left out', () => {
    const first = arrive(nothingFollowed, linesOf('a', 'b'), false);
    expect(shown(arrive(first, linesOf('c'), true))).toEqual(['c', 'gap of null', 'b', 'a']);
  });

  it('keeps what comes while it is paused, counts it, and shows it on resuming', () => {
    const paused = arrive(pauseView(arrive(nothingFollowed, linesOf('a'), false)), linesOf('b', 'c'), false);
    expect([shown(paused), waitingCount(paused), paused.lineCount]).toEqual([['a'], 2, 3]);
    const resumed = resumeView(paused);
    expect([shown(resumed), waitingCount(resumed)]).toEqual([['c', 'b', 'a'], 0]);
  });

  it('says how many lines it skipped when more wait than it holds', () => {
    const paused = arrive(pauseView(arrive(nothingFollowed, linesOf('a'), false)), many(maxRows + 20), false);
    expect(waitingCount(paused)).toBe(maxRows + 20);
    const later = arrive(paused, linesOf('last'), false);
    expect(waitingCount(later)).toBe(maxRows + 21);
    const resumed = shown(resumeView(later));
    expect([resumed.length, resumed[0], resumed.at(-1)]).toEqual([maxRows, 'last', 'gap of 22']);
  });

  it('drops the oldest without a word, because they were shown', () => {
    const full = arrive(nothingFollowed, many(maxRows), false);
    const rows = shown(arrive(full, linesOf('new'), false));
    expect([rows.length, rows[0], rows.at(-1)]).toEqual([maxRows, 'new', 'n1']);
  });

  it('is cleared of everything but its count, and goes on', () => {
    const cleared = clearView(arrive(nothingFollowed, linesOf('a'), false));
    expect([shown(cleared), cleared.lineCount]).toEqual([[], 1]);
    expect(shown(arrive(cleared, linesOf('b'), false))).toEqual(['b']);
  });

  it('shows equal lines one after the other once when asked for', () => {
    const same = linesOf('a', 'b', 'c').map((line, place) => ({ ...line, text: place < 2 ? 'same' : 'other' }));
    const merged = mergeEqual(arrive(nothingFollowed, same, true).rows);
    expect(merged.map((row) => [row.id, row.kind === 'line' ? row.times : 'gap'])).toEqual([
      ['c', undefined],
      ['b', 2],
      ['gap 1', 'gap'],
    ]);
  });

  it('is filtered by text, case ignored, with its gaps', () => {
    const { rows } = arrive(arrive(nothingFollowed, linesOf('a', 'b'), false), linesOf('c'), true);
    expect(filterRows(rows, ' LINE B').map(({ kind, id }) => `${kind} ${id}`)).toEqual(['gap gap 1', 'line b']);
    expect(filterRows(rows, '')).toBe(rows);
  });
});
