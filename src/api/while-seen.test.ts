import { untilSeen } from './while-seen';

let isHidden = false;

function show(isShown: boolean) {
  isHidden = !isShown;
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  isHidden = false;
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
  jest.useFakeTimers();
});

afterEach(() => jest.useRealTimers());

describe('a stretch of time in which a page is seen', () => {
  it('ends some time after the page was hidden, and not when it is seen again before', async () => {
    const { signal } = await untilSeen(new AbortController().signal, 1000);
    show(false);
    jest.advanceTimersByTime(999);
    show(true);
    jest.advanceTimersByTime(5000);
    expect(signal.aborted).toBe(false);
    show(false);
    jest.advanceTimersByTime(1000);
    expect(signal.aborted).toBe(true);
  });

  it('begins only when a hidden page is seen, and at once when nobody waits any more', async () => {
    show(false);
    const began = jest.fn();
    const beginning = untilSeen(new AbortController().signal).then(began);
    await Promise.resolve();
    expect(began).not.toHaveBeenCalled();
    show(true);
    await beginning;
    expect(began).toHaveBeenCalledTimes(1);
    show(false);
    const leaving = new AbortController();
    const given = untilSeen(leaving.signal);
    leaving.abort();
    expect((await given).signal.aborted).toBe(true);
  });

  it('ends with whoever wanted it', async () => {
    const leaving = new AbortController();
    const { signal } = await untilSeen(leaving.signal);
    leaving.abort();
    expect(signal.aborted).toBe(true);
  });

  it('that was ended leaves no timer behind', async () => {
    const { signal, end } = await untilSeen(new AbortController().signal, 1000);
    show(false);
    end();
    jest.advanceTimersByTime(5000);
    show(true);
    show(false);
    jest.advanceTimersByTime(5000);
    expect(signal.aborted).toBe(false);
  });
});
