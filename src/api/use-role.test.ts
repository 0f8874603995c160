import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { act, renderHook } from '@testing-library/react';
import { defer } from 'rxjs';
import { useMay } from './use-role';

// jsdom has none; no call is aborted before it is answered here.
AbortSignal.prototype.throwIfAborted ??= () => undefined;

it('asks for the role again after a failed call, and everything that waits for it hears the answer', async () => {
  jest.useFakeTimers();
  const fetch = jest.fn(() =>
    defer(async () => {
      if (fetch.mock.calls.length === 1) {
        throw Object.assign(new TypeError('refused'), { status: 503, data: '' });
      }
      return { data: { role: 'editor' } };
    })
  );
  setBackendSrv({ fetch } as unknown as BackendSrv);
  const keys = renderHook(() => useMay('editor'));
  const administration = renderHook(() => useMay('admin'));
  await act(() => jest.advanceTimersByTimeAsync(0));
  expect(keys.result.current).toBeUndefined();
  await act(() => jest.advanceTimersByTimeAsync(60_000));
  expect(keys.result.current).toBe(true);
  expect(administration.result.current).toBe(false);
  expect(fetch).toHaveBeenCalledTimes(2);
  jest.useRealTimers();
});
