import { createServer, type RequestListener } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { connectSigningKeys } from './signing-keys.ts';

/** A server on loopback in Grafana's place. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/sub`;
}

test("keys are read below Grafana's own path, and nothing but objects is a key", async () => {
  const key = { kid: 'id-1', kty: 'EC' };
  const url = await serve((request, response) =>
    response.end(request.url === '/sub/api/signing-keys/keys' ? JSON.stringify({ keys: [key, 7, null] }) : '{}')
  );
  expect(await connectSigningKeys({ url }).fetchKeys()).toEqual([key]);
});

test.each<[string, RequestListener, string]>([
  ['an error', (_, response) => response.writeHead(500).end(), 'rejected'],
  ['a page', (_, response) => response.end('<html>'), 'invalid-answer'],
  ['no keys', (_, response) => response.end('{"keys":{}}'), 'invalid-answer'],
  ['a redirect', (_, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(), 'unavailable'],
  ['silence', () => undefined, 'timeout'],
  ['a body that never ends', (_, response) => void response.write('{"keys":['), 'timeout'],
])('%s is a failure in words', async (_, answer, kind) => {
  const url = await serve(answer);
  await expect(connectSigningKeys({ url, timeoutMs: 300 }).fetchKeys()).rejects.toMatchObject({
    system: 'grafana',
    kind,
    message: expect.stringContaining(`Grafana's keys cannot be read from ${url}`),
  });
});

test('of an endless answer no more than its limit is read', async () => {
  let sentBytes = 0;
  const url = await serve((_, response) => {
    const chunk = 'x'.repeat(16 * 1024);
    const send = () => {
      sentBytes += chunk.length;
      if (!response.destroyed) {
        response.write(chunk, () => setImmediate(send));
      }
    };
    send();
  });
  await expect(connectSigningKeys({ url }).fetchKeys()).rejects.toMatchObject({ kind: 'invalid-answer' });
  expect(sentBytes).toBeLessThan(32 * 1024 * 1024);
});
