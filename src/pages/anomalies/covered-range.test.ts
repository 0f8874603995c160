import { coveredRange } from './covered-range';

const startedAt = '2026-10-01T10:00:30.000Z';

describe('the range that an incident rests on', () => {
  it('stands still between the minutes of one that goes on', () => {
    const range = { from: startedAt, to: '2026-10-01T11:05:00.000Z' };
    expect(coveredRange({ startedAt, endedAt: null }, Date.parse('2026-10-01T11:05:02.000Z'))).toEqual(range);
    expect(coveredRange({ startedAt, endedAt: null }, Date.parse('2026-10-01T11:05:59.000Z'))).toEqual(range);
  });

  it('is a minute at least: one that ended as it began, or has just begun, is no empty range', () => {
    const range = { from: startedAt, to: '2026-10-01T10:01:30.000Z' };
    expect(coveredRange({ startedAt, endedAt: startedAt }, 0)).toEqual(range);
    expect(coveredRange({ startedAt, endedAt: null }, Date.parse('2026-10-01T10:00:40.000Z'))).toEqual(range);
  });

  it('is no longer than the server takes', () => {
    const { from, to } = coveredRange({ startedAt, endedAt: null }, Date.parse('2026-12-24T10:00:00.000Z'));
    expect(to).toBe('2026-12-24T10:00:00.000Z');
    expect(from).toBe('2026-11-23T10:00:00.000Z');
  });
});
