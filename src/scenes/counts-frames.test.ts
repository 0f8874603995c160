import { countsToFrames } from './counts-frames';

describe('countsToFrames', () => {
  it('gives one frame per level with a time for each step', () => {
    const frames = countsToFrames(
      {
        range: { from: '2026-11-21T11:00:00.000Z', to: '2026-11-21T11:03:00.000Z' },
        stepMs: 60_000,
        series: [
          { level: 'error', counts: [1, 2, 3] },
          { level: 'info', counts: [0, 0, 9] },
        ],
      },
      'A'
    );
    expect(frames.map((frame) => frame.fields[1]?.name)).toEqual(['error', 'info']);
    expect(frames[0]?.fields[0]?.values).toEqual([1795258800000, 1795258860000, 1795258920000]);
    expect(frames[1]?.fields[1]?.values).toEqual([0, 0, 9]);
  });
});
