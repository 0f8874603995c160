import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { act, renderHook } from '@testing-library/react';
import { defer, type Observable } from 'rxjs';
import { useJob } from './use-job';

/** Grafana's proxy with the given answers, one a call; the last one goes on. */
function answerWith(...answers: ReadonlyArray<() => Promise<unknown>>) {
  const fetch = jest.fn((): Observable<unknown> => {
    const answer = answers[Math.min(fetch.mock.calls.length, answers.length) - 1];
    return defer(() => answer?.() ?? Promise.reject(new TypeError('no answer')));
  });
  setBackendSrv({ fetch } as unknown as BackendSrv);
  return fetch;
}

const job = (status: string) => async () => ({ data: { id: 'job-1', status } });

function problem(status: number, code: string) {
  const data = { type: `about:blank#${code}`, title: code, status, detail: '', instance: 'request-1', code };
  return async () =>
    Promise.reject(Object.assign(new TypeError(code), { status, data: { ...data, retryable: false } }));
}

const minuteMs = 60_000;

// jsdom has none; no call is aborted before it is answered here.
AbortSignal.prototype.throwIfAborted ??= () => undefined;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('useJob', () => {
  it('looks until the job has ended, also over a server that is away', async () => {
    const fetch = answerWith(job('running'), problem(503, 'store-unavailable'), job('succeeded'));
    const { result } = renderHook(() => useJob('job-1'));
    await act(() => jest.advanceTimersByTimeAsync(1000));
    expect(result.current).toMatchObject({ job: { status: 'running' }, error: { code: 'store-unavailable' } });
    await act(() => jest.advanceTimersByTimeAsync(minuteMs));
    expect(result.current).toMatchObject({ job: { status: 'succeeded' }, error: undefined });
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  it('asks no more for a job that is gone', async () => {
    const fetch = answerWith(problem(404, 'not-found'));
    const { result } = renderHook(() => useJob('job-1'));
    await act(() => jest.advanceTimersByTimeAsync(minuteMs));
    expect(result.current.error?.code).toBe('not-found');
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
