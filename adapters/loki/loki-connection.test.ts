import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { afterEach, describe, expect, test } from 'vitest';

import { connectToLoki } from './loki-connection.ts';
import type { LokiConnectionSettings } from './loki-connection.ts';

const closers: Array<() => void> = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  // A TCP server's address is never text or null while it listens.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

function answering(status: number, body: string, headers: Readonly<Record<string, string>> = {}): RequestListener {
  return (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
}

function call(
  settings: Partial<LokiConnectionSettings> & { url: string },
  signal = new AbortController().signal
): Promise<unknown> {
  return connectToLoki({ timeoutMs: 2000, ...settings })({ path: '/loki/api/v1/labels', signal });
}

describe('failures of Loki become port errors', () => {
  test.each([
    [
      400,
      'parse error at line 1, col 2',
      {},
      { kind: 'rejected', isRetryable: false, message: /answered 400: parse error at line 1/ },
    ],
    [400, '{"status":"error","error":"bad range"}', {}, { kind: 'rejected', message: /: bad range$/ }],
    [401, 'no org id', {}, { kind: 'rejected', isRetryable: false, message: /401: no org id/ }],
    [
      429,
      'Ingestion rate limit exceeded',
      { 'Retry-After': '7' },
      { kind: 'rejected', isRetryable: true, retryAfterMs: 7000 },
    ],
    [500, 'context canceled', {}, { kind: 'unavailable', isRetryable: true, status: 500 }],
    [
      503,
      '<html>down</html>',
      { 'Retry-After': 'soon' },
      { kind: 'unavailable', isRetryable: true, retryAfterMs: undefined, message: /an HTML page/ },
    ],
    [504, '', {}, { kind: 'timeout', isRetryable: true }],
    [
      302,
      '',
      { Location: 'http://127.0.0.1:1/' },
      { kind: 'rejected', isRetryable: false, message: /redirect \(302\), which is not followed/ },
    ],
    [
      200,
      '<!doctype html><title>Grafana</title>',
      {},
      { kind: 'invalid-answer', isRetryable: false, message: /an HTML page; is this the address of a Loki/ },
    ],
    [200, '{"status":"succ', {}, { kind: 'invalid-answer', message: /text that is no JSON/ }],
  ])('status %i with %j', async (status, body, headers, { message, ...facts }: { message?: RegExp; kind: string }) => {
    const failure: unknown = await call({ url: await serve(answering(status, body, headers)) }).catch(
      (error: unknown) => error
    );
    expect(failure).toMatchObject({ system: 'loki', ...facts, message: expect.stringMatching(message ?? /./) });
  });

  test('nobody listening is named with the address and the reason', async () => {
    const url = await serve(answering(200, '{}'));
    closers.splice(0).forEach((close) => close());
    await expect(call({ url })).rejects.toMatchObject({
      kind: 'unavailable',
      isRetryable: true,
      message: `Loki at ${url} cannot be reached: ECONNREFUSED`,
    });
  });

  test('an unknown host is named', async () => {
    await expect(call({ url: 'http://loki.invalid' })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(/cannot be reached: E\w+/),
    });
  });

  test('an answer that never comes ends at the time limit', async () => {
    const url = await serve(() => undefined);
    await expect(call({ url, timeoutMs: 50 })).rejects.toMatchObject({
      kind: 'timeout',
      isRetryable: true,
      message: expect.stringContaining('50 ms'),
    });
  });

  test('an answer that stops in the middle ends at the time limit', async () => {
    const url = await serve((_request, response) => response.writeHead(200).write('{"data":'));
    await expect(call({ url, timeoutMs: 50 })).rejects.toMatchObject({ kind: 'timeout' });
  });

  test('a connection that breaks in the middle is unavailable', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('{"data":');
      setTimeout(() => response.destroy(), 20);
    });
    await expect(call({ url })).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test("the caller's own abort comes back as it is", async () => {
    const url = await serve(() => undefined);
    const controller = new AbortController();
    const pending = call({ url }, controller.signal);
    controller.abort(new DOMException('asked to stop', 'AbortError'));
    await expect(pending).rejects.toThrow('asked to stop');
  });

  test.each(['', 'loki:3100', 'ftp://loki', 'not a url'])(
    'the address %j is refused before anything is sent',
    (url) => {
      expect(() => connectToLoki({ url, timeoutMs: 1 })).toThrow('no http or https URL');
    }
  );
});

describe('secrets', () => {
  test.each([{ auth: { kind: 'bearer', token: 'hun\nter2' } as const }, { orgId: 'hun\nter2' }])(
    'that no header may hold are refused without being shown',
    (settings) => {
      let text = '';
      try {
        connectToLoki({ url: 'http://loki', timeoutMs: 1, ...settings });
      } catch (error) {
        text = inspect(error);
      }
      expect(text).toContain('no HTTP header may hold');
      expect(text).not.toContain('ter2');
    }
  );
});

describe('what is sent', () => {
  async function headersSent(settings: Partial<LokiConnectionSettings>, path = ''): Promise<Record<string, unknown>> {
    let seen: Record<string, unknown> = {};
    const url = await serve((request, response) => {
      seen = { ...request.headers, url: request.url };
      response.end('{}');
    });
    await call({ url: `${url}${path}`, ...settings });
    return seen;
  }

  test('the tenant and the credentials are sent as headers', async () => {
    expect(await headersSent({ orgId: 'team-a', auth: { kind: 'bearer', token: 'secret' } })).toMatchObject({
      'x-scope-orgid': 'team-a',
      authorization: 'Bearer secret',
    });
    expect(await headersSent({ auth: { kind: 'basic', user: 'u', password: 'p:ä' } })).toMatchObject({
      authorization: `Basic ${Buffer.from('u:p:ä').toString('base64')}`,
    });
    expect(await headersSent({ orgId: null })).not.toHaveProperty('x-scope-orgid');
  });

  test('a base path with or without a final slash is kept', async () => {
    expect(await headersSent({}, '/api/datasources/proxy/uid/x/')).toMatchObject({
      url: '/api/datasources/proxy/uid/x/loki/api/v1/labels',
    });
  });

  test('credentials in the address are sent and never shown', async () => {
    const url = (await serve(answering(403, 'forbidden'))).replace('http://', 'http://user:hunter2@');
    const failure: unknown = await call({ url }).catch((error: unknown) => error);
    expect(String(failure)).toContain('forbidden');
    expect(inspect(failure, { depth: 10 })).not.toContain('hunter2');
  });

  test('long parameters go into a form', async () => {
    let seen = '';
    const url = await serve((request, response) => {
      seen = `${request.method} ${request.url} ${request.headers['content-type']}`;
      response.end('{}');
    });
    const connection = connectToLoki({ url, timeoutMs: 2000 });
    await connection({ path: '/q', parameters: { query: 'x'.repeat(10_000) }, signal: new AbortController().signal });
    expect(seen).toBe('POST /q application/x-www-form-urlencoded;charset=UTF-8');
  });
});
