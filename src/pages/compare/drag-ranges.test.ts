import { dragRange, graphBounds, stepMs, type Ranges } from './drag-ranges';

const minute = (count: number) => count * stepMs;
const ranges: Ranges = {
  before: { fromMs: minute(10), toMs: minute(20) },
  after: { fromMs: minute(30), toMs: minute(40) },
};
const bounds = { fromMs: 0, toMs: minute(50) };

describe('dragRange', () => {
  it('moves a whole range, to full minutes', () => {
    const moved = dragRange(ranges, { side: 'before', part: 'whole' }, minute(3.4), bounds);
    expect(moved.before).toEqual({ fromMs: minute(13), toMs: minute(23) });
    expect(moved.after).toEqual(ranges.after);
  });

  it('moves one end, and leaves a minute at least', () => {
    expect(dragRange(ranges, { side: 'after', part: 'start' }, minute(-5), bounds).after.fromMs).toBe(minute(25));
    expect(dragRange(ranges, { side: 'after', part: 'start' }, minute(99), bounds).after.fromMs).toBe(minute(39));
    expect(dragRange(ranges, { side: 'before', part: 'end' }, minute(-99), bounds).before.toMs).toBe(minute(11));
  });

  it('stays inside of what the graph shows', () => {
    expect(dragRange(ranges, { side: 'before', part: 'whole' }, minute(-99), bounds).before.fromMs).toBe(0);
    expect(dragRange(ranges, { side: 'after', part: 'end' }, minute(99), bounds).after.toMs).toBe(minute(50));
  });
});

describe('graphBounds', () => {
  it('show both ranges with some air before them', () => {
    expect(graphBounds(ranges)).toEqual({ fromMs: minute(7), toMs: minute(40) });
  });
});
