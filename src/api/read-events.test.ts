import { pause } from './read-events';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('a pause', () => {
  it('takes its time and leaves nothing at the signal', async () => {
    const { signal } = new AbortController();
    const added = jest.spyOn(signal, 'addEventListener');
    const removed = jest.spyOn(signal, 'removeEventListener');
    const ended = jest.fn();
    const pausing = pause(1000, signal).then(ended);
    await jest.advanceTimersByTimeAsync(999);
    expect(ended).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    await pausing;
    expect(removed.mock.calls).toEqual(added.mock.calls);
  });

  it('ends with its signal, and at once when that is aborted already', async () => {
    const leaving = new AbortController();
    const pausing = pause(1000, leaving.signal);
    leaving.abort();
    await pausing;
    await pause(1000, leaving.signal);
    expect(jest.getTimerCount()).toBe(0);
  });
});
