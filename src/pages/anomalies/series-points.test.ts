import { createTheme } from '@grafana/data';
import { eventSpans, seriesPoints, seriesRange } from './series-points';

const series = {
  metric: 'volume',
  start: '2026-11-28T10:00:00.000Z',
  stepMs: 60_000,
  observed: [5, null, 0],
  expected: [4, 4, null],
  low: [1, 1, null],
  high: [9, 9, null],
} as const;

describe('a series from the server', () => {
  const mutable = {
    ...series,
    observed: [...series.observed],
    expected: [...series.expected],
    low: [...series.low],
    high: [...series.high],
  };

  it('keeps what is not known apart from zero', () => {
    expect(seriesPoints(mutable).map(({ observed }) => observed)).toEqual([5, null, 0]);
  });

  it('has a time for each step', () => {
    expect(seriesPoints(mutable)[2]?.atMs).toBe(Date.parse('2026-11-28T10:02:00Z'));
  });

  it('covers its last step too', () => {
    expect(seriesRange(mutable).toMs).toBe(Date.parse('2026-11-28T10:03:00Z'));
  });
});

describe('spans of events', () => {
  it('reach to the end while an event goes on', () => {
    const event = {
      id: 'a',
      startedAt: '2026-11-28T10:00:00.000Z',
      endedAt: null,
      severity: 'high',
      title: 'x',
    } as const;
    expect(eventSpans([event], 99, createTheme())[0]?.toMs).toBe(99);
  });
});
