import { config } from '@grafana/runtime';
import { pause, readEvents } from './read-events';

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

describe('a stream of events', () => {
  /** A connection that is open and says what it is told to; it ends with the signal alone, as one does whose other end is gone. */
  function connect() {
    let send: (value: string) => void = () => undefined;
    const read = (signal: AbortSignal) => () =>
      new Promise((resolve, reject) => {
        send = (value) => resolve({ done: false, value });
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      });
    const fetch = async (_url: string, { signal }: { signal: AbortSignal }) => ({
      ok: true,
      body: { pipeThrough: () => ({ getReader: () => ({ read: read(signal) }) }) },
    });
    Object.assign(config, { bootData: { user: { orgId: 1 } } });
    Object.assign(globalThis, { fetch, TextDecoderStream: class {} });
    return { send: (value: string) => send(value) };
  }

  it('ends with an error when the server has been silent for three pings, and not before', async () => {
    const { send } = connect();
    const report = jest.fn();
    const ended = jest.fn();
    readEvents('/api/v1/live', new AbortController().signal, report).catch(ended);
    for (let ping = 0; ping < 10; ping += 1) {
      await jest.advanceTimersByTimeAsync(15_000);
      send(': ping\n\n');
    }
    await jest.advanceTimersByTimeAsync(44_000);
    expect(ended).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(2000);
    expect(ended).toHaveBeenCalledTimes(1);
    expect(report).not.toHaveBeenCalled();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends with its signal and leaves nothing behind', async () => {
    connect();
    const leaving = new AbortController();
    const ended = jest.fn();
    readEvents('/api/v1/live', leaving.signal, jest.fn()).catch(ended);
    await jest.advanceTimersByTimeAsync(0);
    leaving.abort();
    await jest.advanceTimersByTimeAsync(0);
    expect(ended).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
