import { isCancelled, ServerError, toServerError } from './server-error';

const problem = {
  type: 'docs#loki-unavailable',
  title: 'Loki cannot be reached',
  status: 503,
  detail: 'connect ECONNREFUSED',
  instance: 'request-1',
  code: 'loki-unavailable',
  retryable: true,
};

describe('toServerError', () => {
  it('keeps what problem details say', () => {
    expect(toServerError({ status: 503, data: problem })).toMatchObject({
      kind: 'problem',
      title: 'Loki cannot be reached',
      detail: 'connect ECONNREFUSED',
      code: 'loki-unavailable',
      requestId: 'request-1',
    });
  });

  it.each([
    ['nobody answers at the address', 502, { message: 'Bad gateway' }, 'unreachable'],
    ['the address is too slow', 504, '', 'unreachable'],
    ['the app is disabled', 404, { message: 'Plugin is not enabled' }, 'not-configured'],
    ['the app has no settings', 404, { message: 'Plugin setting not found' }, 'not-configured'],
    ['another server lacks the path', 404, '404 page not found', 'not-loghunter'],
    ['Loki answers instead', 400, 'parse error', 'not-loghunter'],
    ['Grafana refuses', 403, { message: 'plugin proxy route access denied' }, 'no-access'],
    ['the session ended', 401, { message: 'Unauthorized' }, 'no-access'],
    ['an unknown code comes from elsewhere', 500, { code: 'E42', title: 'x', detail: 'y' }, 'not-loghunter'],
  ])('tells that %s', (_, status, data, kind) => {
    expect(toServerError({ status, data }).kind).toBe(kind);
  });

  it('takes a call without any answer for a lost connection', () => {
    expect(toServerError(new TypeError('Failed to fetch')).kind).toBe('offline');
  });

  it('leaves its own errors as they are', () => {
    const error = new ServerError({ kind: 'unreachable', title: 'a', detail: 'b' });
    expect(toServerError(error)).toBe(error);
  });
});

describe('isCancelled', () => {
  it.each([[{ cancelled: true }], [{ name: 'AbortError' }], [new DOMException('', 'AbortError')]])(
    'recognises %p',
    (error) => {
      expect(isCancelled(error)).toBe(true);
    }
  );

  it('does not take a failure for a cancelled call', () => {
    expect(isCancelled({ status: 502 })).toBe(false);
  });
});
