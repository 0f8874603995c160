import { act, renderHook, waitFor } from '@testing-library/react';
import { useAction } from './use-action';
import { useRefresh, useRequest } from './use-request';

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((onResolve) => (resolve = onResolve));
  return { promise, resolve };
}

describe('useRequest', () => {
  it('asks for another thing when the key changes, and keeps the old answer in view', async () => {
    const second = deferred<string>();
    const load = jest.fn((key: string) => (key === 'a' ? Promise.resolve('first') : second.promise));
    const { result, rerender } = renderHook(({ key }) => useRequest(key, () => load(key)), {
      initialProps: { key: 'a' },
    });
    await waitFor(() => expect(result.current.answer).toBe('first'));
    rerender({ key: 'b' });
    expect(result.current).toMatchObject({ answer: 'first', isLoading: true });
    await act(async () => second.resolve('second'));
    expect(result.current).toMatchObject({ answer: 'second', isLoading: false });
    expect(load.mock.calls).toEqual([['a'], ['b']]);
  });

  it('drops an answer that would be about something else', async () => {
    const { result, rerender } = renderHook(
      ({ key }) =>
        useRequest(key, () => (key === 'a' ? Promise.resolve(key) : deferred<string>().promise), {
          dropsOldAnswer: true,
        }),
      { initialProps: { key: 'a' } }
    );
    await waitFor(() => expect(result.current.answer).toBe('a'));
    rerender({ key: 'b' });
    expect(result.current.answer).toBeUndefined();
  });

  it('keeps the answer beside a later error, and asks again on request', async () => {
    const load = jest.fn(async () => 'fine');
    const { result } = renderHook(() => useRequest('a', load));
    await waitFor(() => expect(result.current.answer).toBe('fine'));
    load.mockRejectedValueOnce({ status: 502, data: '' });
    await act(async () => result.current.reload());
    await waitFor(() => expect(result.current.error?.kind).toBe('unreachable'));
    expect(result.current.answer).toBe('fine');
  });
});

describe('useRefresh', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('calls every so often, and not when there is no interval', () => {
    const refresh = jest.fn();
    const { rerender } = renderHook(({ intervalMs }) => useRefresh(refresh, intervalMs), {
      initialProps: { intervalMs: 1000 as number | undefined },
    });
    jest.advanceTimersByTime(2500);
    expect(refresh).toHaveBeenCalledTimes(2);
    rerender({ intervalMs: undefined });
    jest.advanceTimersByTime(5000);
    expect(refresh).toHaveBeenCalledTimes(2);
  });
});

describe('useAction', () => {
  it('does one thing at a time and says whether it worked', async () => {
    const first = deferred<undefined>();
    const perform = jest.fn(() => first.promise);
    const { result } = renderHook(() => useAction(perform));
    let outcome: Promise<boolean> | undefined;
    act(() => {
      outcome = result.current.run();
    });
    expect(result.current.isBusy).toBe(true);
    await act(async () => {
      expect(await result.current.run()).toBe(false);
    });
    await act(async () => first.resolve(undefined));
    expect(await outcome).toBe(true);
    expect(perform).toHaveBeenCalledTimes(1);
    expect(result.current.isBusy).toBe(false);
  });

  it('keeps what went wrong', async () => {
    const { result } = renderHook(() => useAction(() => Promise.reject({ status: 502, data: '' })));
    await act(async () => {
      expect(await result.current.run()).toBe(false);
    });
    expect(result.current.error?.kind).toBe('unreachable');
  });
});
