import { config, setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { defer } from 'rxjs';
import { proxyFetch } from './proxy-fetch';
import { followLines } from './tail';

// jsdom has none; no call is aborted before it is answered here.
AbortSignal.prototype.throwIfAborted ??= () => undefined;

/** Calls past Grafana's own client get these statuses, the last one for good; `calls` is what was asked in which way. */
function answerWith(statuses: readonly number[], isLetIn: boolean) {
  const calls: string[] = [];
  const left = [...statuses];
  const fetch = async (url: string) => {
    calls.push(`fetch ${url.replace(/^.*\/api\/v1\/|\?.*$/g, '')}`);
    const status = (left.length > 1 ? left.shift() : left[0]) ?? 0;
    return { status, ok: status === 200, body: null, json: async () => ({ message: 'Unauthorized' }) };
  };
  const client = ({ url }: { url: string }) =>
    defer(async () => {
      calls.push(`client ${url.replace(/^.*\/api\/v1\//, '')}`);
      if (!isLetIn) {
        throw Object.assign(new TypeError('refused'), { status: 401, data: { message: 'Unauthorized' } });
      }
      return { data: { role: 'viewer' } };
    });
  Object.assign(config, { bootData: { user: { orgId: 1 } } });
  Object.assign(globalThis, { fetch });
  setBackendSrv({ fetch: client } as unknown as BackendSrv);
  return calls;
}

describe('a call past Grafana’s own client', () => {
  it('that is refused because the token is due for rotation has that client rotate it, and is made once more', async () => {
    const calls = answerWith([401, 200], true);
    expect((await proxyFetch('viewer', '/api/v1/tail')).status).toBe(200);
    expect(calls).toEqual(['fetch tail', 'client identity', 'fetch tail']);
  });

  it('is not made a third time', async () => {
    const calls = answerWith([401], true);
    expect((await proxyFetch('viewer', '/api/v1/tail')).status).toBe(401);
    expect(calls).toHaveLength(3);
  });

  it('stays refused where that client is refused as well', async () => {
    const calls = answerWith([401], false);
    expect((await proxyFetch('viewer', '/api/v1/tail')).status).toBe(401);
    expect(calls).toEqual(['fetch tail', 'client identity']);
  });

  it('that is refused for another reason stays so', async () => {
    const calls = answerWith([403], true);
    expect((await proxyFetch('viewer', '/api/v1/tail')).status).toBe(403);
    expect(calls).toEqual(['fetch tail']);
  });
});

describe('lines that are followed', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('say that nobody is signed in, and go on trying', async () => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
    const calls = answerWith([401], false);
    const leaving = new AbortController();
    const onProblem = jest.fn();
    const following = followLines({}, leaving.signal, { onLines: jest.fn(), onProblem });
    await jest.advanceTimersByTimeAsync(1500);
    expect(onProblem).toHaveBeenLastCalledWith(expect.objectContaining({ kind: 'no-access' }));
    expect(calls.filter((call) => call === 'fetch tail')).toHaveLength(2);
    leaving.abort();
    await following;
  });
});
