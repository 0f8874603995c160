import { SceneFlexLayout, SceneTimeRange } from '@grafana/scenes';
import { moveRangeOn, requestRangeOf } from './request-range';

const nowMs = Date.parse('2026-11-29T01:00:00Z');
const minuteMs = 60_000;

beforeEach(() => void jest.useFakeTimers({ now: nowMs }));
afterEach(() => void jest.useRealTimers());

function objectOf(from: string, to: string) {
  return new SceneFlexLayout({ children: [], $timeRange: new SceneTimeRange({ from, to }) });
}

describe('the range of a page that stays open', () => {
  it('ends where it did until it is moved on, if it ends now', () => {
    const object = objectOf('now-1h', 'now');
    jest.setSystemTime(nowMs + 5 * minuteMs);
    expect(requestRangeOf(object).to).toBe(String(nowMs));
    expect(moveRangeOn(object)).toBe(true);
    expect(requestRangeOf(object)).toEqual({
      from: String(nowMs - 55 * minuteMs),
      to: String(nowMs + 5 * minuteMs),
    });
  });

  it('stays where it is when it is written out', () => {
    const object = objectOf('2026-11-28T00:00:00.000Z', '2026-11-28T06:00:00.000Z');
    const before = requestRangeOf(object);
    jest.setSystemTime(nowMs + 5 * minuteMs);
    expect(moveRangeOn(object)).toBe(false);
    expect(requestRangeOf(object)).toEqual(before);
  });
});
