import { bandColumns, nearestPoint, placeInRange, type BandPoint } from './band-series';

function point(atMs: number, observed: number | null): BandPoint {
  return { atMs, observed, expected: 10, lower: 5, upper: 15 };
}

describe('bandColumns', () => {
  it('keeps each step with its band', () => {
    expect(bandColumns([point(0, 1), point(60, 2)])).toEqual([
      [0, 60],
      [15, 15],
      [5, 5],
      [10, 10],
      [1, 2],
    ]);
  });

  it('keeps what is not known apart from zero', () => {
    expect(bandColumns([point(0, null), point(60, 0)])[4]).toEqual([null, 0]);
  });

  it('breaks the line where steps are missing', () => {
    const [times, , , , observed] = bandColumns([point(0, 1), point(60, 2), point(300, 3), point(360, 4)]);
    expect(times).toEqual([0, 60, 120, 300, 360]);
    expect(observed).toEqual([1, 2, null, 3, 4]);
  });

  it('takes an empty series', () => {
    expect(bandColumns([])[0]).toEqual([]);
  });
});

describe('nearestPoint', () => {
  it('is the one closest in time', () => {
    expect(nearestPoint([point(0, 1), point(60, 2), point(120, 3)], 89)?.observed).toBe(2);
  });

  it('is none in an empty series', () => {
    expect(nearestPoint([], 5)).toBeUndefined();
  });
});

describe('placeInRange', () => {
  const range = { fromMs: 100, toMs: 200 };
  it.each([
    [100, 0],
    [150, 0.5],
    [250, 1],
    [50, 0],
  ])('places %d at %d', (atMs, place) => {
    expect(placeInRange(atMs, range)).toBe(place);
  });

  it('survives a range without length', () => {
    expect(placeInRange(1, { fromMs: 1, toMs: 1 })).toBe(0);
  });
});
