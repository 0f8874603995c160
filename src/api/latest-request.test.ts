import { createLatestRequest, notRequested, type RequestState } from './latest-request';

function createRecorded() {
  const states: Array<RequestState<string>> = [notRequested];
  const latest = createLatestRequest<string>((change) => states.push({ ...notRequested, ...states.at(-1), ...change }));
  return { latest, last: () => states.at(-1) };
}

function deferred() {
  let resolve: (value: string) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<string>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

describe('createLatestRequest', () => {
  it('reports an answer', async () => {
    const { latest, last } = createRecorded();
    await latest.run(async () => 'first');
    expect(last()).toEqual({ isLoading: false, answer: 'first', error: undefined });
  });

  it('keeps the old answer while a newer call runs', async () => {
    const { latest, last } = createRecorded();
    await latest.run(async () => 'first');
    void latest.run(() => deferred().promise);
    expect(last()).toMatchObject({ isLoading: true, answer: 'first' });
  });

  it('ignores an answer that a newer call has overtaken', async () => {
    const { latest, last } = createRecorded();
    const slow = deferred();
    const first = latest.run(() => slow.promise);
    await latest.run(async () => 'second');
    slow.resolve('first');
    await first;
    expect(last()?.answer).toBe('second');
  });

  it('aborts the call before and reports no error for it', async () => {
    const { latest, last } = createRecorded();
    const slow = deferred();
    let signal: AbortSignal | undefined;
    const first = latest.run((given) => {
      signal = given;
      return slow.promise;
    });
    await latest.run(async () => 'second');
    slow.reject(new DOMException('', 'AbortError'));
    await first;
    expect(signal?.aborted).toBe(true);
    expect(last()?.error).toBeUndefined();
  });

  it('keeps the last answer beside an error', async () => {
    const { latest, last } = createRecorded();
    await latest.run(async () => 'first');
    await latest.run(() => Promise.reject({ status: 502, data: '' }));
    expect(last()).toMatchObject({ isLoading: false, answer: 'first', error: { kind: 'unreachable' } });
  });

  it('reports nothing after it was cancelled', async () => {
    const { latest, last } = createRecorded();
    const slow = deferred();
    const first = latest.run(() => slow.promise);
    latest.cancel();
    slow.resolve('late');
    await first;
    expect(last()).toEqual(notRequested);
  });
});
