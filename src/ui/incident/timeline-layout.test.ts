import { axisMoments, placeItems } from './timeline-layout';

const range = { fromMs: 0, toMs: 1000 };

describe('placeItems', () => {
  it('puts items that overlap into rows of their own', () => {
    const placed = placeItems(
      [
        { fromMs: 0, toMs: 500 },
        { fromMs: 400, toMs: 600 },
        { fromMs: 700, toMs: 900 },
      ],
      range
    );
    expect(placed.map(({ row }) => row)).toEqual([0, 1, 0]);
  });

  it('draws what goes on to the end of the range', () => {
    expect(placeItems([{ fromMs: 250, toMs: null }], range)[0]).toMatchObject({ left: 0.25, width: 0.75 });
  });

  it('cuts what began before the range and leaves out what ended before it', () => {
    const placed = placeItems(
      [
        { fromMs: -500, toMs: -1 },
        { fromMs: -500, toMs: 100 },
      ],
      range
    );
    expect(placed).toHaveLength(1);
    expect(placed[0]).toMatchObject({ left: 0, width: 0.1 });
  });

  it('keeps short items wide enough and inside', () => {
    const [placed] = placeItems([{ fromMs: 1000 - 1, toMs: 1000 }], range);
    expect(placed?.width).toBeGreaterThan(0.005);
    expect((placed?.left ?? 0) + (placed?.width ?? 0)).toBeLessThanOrEqual(1);
  });
});

describe('axisMoments', () => {
  it('uses whole steps of a clock', () => {
    const hourMs = 3_600_000;
    const fromMs = Date.parse('2026-11-28T10:07:00Z');
    const moments = axisMoments({ fromMs, toMs: fromMs + 6 * hourMs }, 8);
    expect(moments.map((moment) => new Date(moment).toISOString().slice(11, 16))).toEqual([
      '11:00',
      '12:00',
      '13:00',
      '14:00',
      '15:00',
      '16:00',
    ]);
  });

  it.each([1, 60, 1440, 43_200, 525_600])('gives no more than asked for in %d minutes', (minutes) => {
    expect(axisMoments({ fromMs: 1, toMs: minutes * 60_000 }, 8).length).toBeLessThanOrEqual(9);
  });
});
