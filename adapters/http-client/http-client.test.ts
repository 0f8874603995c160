import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpClient } from './http-client.ts';

const never = new AbortController().signal;
const closers: Array<() => void> = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

async function serve(handle: RequestListener): Promise<{ readonly host: string; readonly count: () => number }> {
  let requestCount = 0;
  const server = createServer((request, response) => {
    requestCount += 1;
    handle(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { host: `127.0.0.1:${port}`, count: () => requestCount };
}

const get = (url: string) => ({ method: 'GET', url, headers: {} }) as const;

// Spellings of this machine, of private networks and of the metadata service of clouds.
const privateSpellings = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1.',
  '0',
  '0.0.0.0',
  '１２７.0.0.1',
  '①②⑦.⓪.⓪.①',
  '127%2e0.0.1',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[2001::1]',
  '[fe80::1]',
  '[fc00::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '192.0.2.1',
];

describe('the outbound client', () => {
  test.each(privateSpellings)('refuses https://%s without connecting', async (host) => {
    const client = createHttpClient({ resolve: (name) => Promise.reject(new TypeError(`looked up ${name}`)) });
    for (const call of [client.check(`https://${host}/`), client.send(get(`https://${host}/`), never)]) {
      await expect(call).rejects.toMatchObject({ system: 'http', kind: 'rejected' });
    }
  });

  test.each([
    'http://8.8.8.8/',
    'file:///etc/passwd',
    'gopher://8.8.8.8/',
    'ftp://8.8.8.8/',
    'data:text/plain,x',
    'javascript:1',
    'no address',
    '',
    'https://user@8.8.8.8/',
    'https://good.example:x@127.0.0.1/',
    'https://8.8.8.8:22/',
    'https://8.8.8.8:25/',
    'https://8.8.8.8:80/',
  ])('refuses %s', async (url) => {
    await expect(createHttpClient().check(url)).rejects.toMatchObject({ system: 'http', kind: 'rejected' });
  });

  test.each(['8.8.8.8', '[2606:4700::1111]'])('allows the public address %s', async (host) => {
    await expect(createHttpClient().check(`https://${host}/`)).resolves.toBeUndefined();
  });

  test('refuses a name when any of its addresses is private', async () => {
    const client = createHttpClient({ resolve: () => Promise.resolve(['8.8.8.8', '::1']) });
    await expect(client.check('https://both.example/')).rejects.toMatchObject({ kind: 'rejected' });
  });

  test('refuses a name of this machine however it is written', async () => {
    for (const name of ['localhost', 'LOCALHOST', 'localhost.']) {
      await expect(createHttpClient().check(`https://${name}/`)).rejects.toMatchObject({ kind: 'rejected' });
    }
  });

  test('connects to the address that was checked, though the name answers differently the next time', async () => {
    const own = await serve((_, response) => response.end('reached'));
    const port = own.host.split(':')[1] ?? '';
    const answers = [['203.0.113.9'], ['127.0.0.1']];
    let lookups = 0;
    const client = createHttpClient({
      allowedHosts: [],
      resolve: () => {
        lookups += 1;
        return Promise.resolve(answers.shift() ?? ['127.0.0.1']);
      },
    });
    // The first answer is a documentation address: refused. The second is this machine: refused as well.
    await expect(client.send(get(`https://rebind.example:${port}/`), never)).rejects.toMatchObject({
      kind: 'rejected',
    });
    await expect(client.send(get(`https://rebind.example:${port}/`), never)).rejects.toMatchObject({
      kind: 'rejected',
    });
    expect([lookups, own.count()]).toEqual([2, 0]);
    // One that is checked good is the one that is connected to, without another look.
    const pinned: string[] = [];
    const once = createHttpClient({
      allowedHosts: [`rebind.example:${port}`],
      resolve: () => {
        pinned.push('looked');
        return Promise.resolve(pinned.length === 1 ? ['127.0.0.1'] : ['127.0.0.2']);
      },
    });
    expect((await once.send(get(`http://rebind.example:${port}/`), never)).body).toBe('reached');
    expect(pinned).toEqual(['looked']);
  });

  test('follows no redirect', async () => {
    const target = await serve((_, response) => response.end('secret'));
    const source = await serve((_, response) => response.writeHead(302, { location: `http://${target.host}/` }).end());
    const client = createHttpClient({ allowedHosts: [source.host] });
    expect((await client.send(get(`http://${source.host}/`), never)).status).toBe(302);
    expect(target.count()).toBe(0);
  });

  test('sends method, headers and body, and reads the answer', async () => {
    const { host } = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => {
        response
          .writeHead(201, { 'x-answer': 'yes' })
          .end(`${request.method} ${request.headers['x-own'] as string} ${text}`);
      });
    });
    const client = createHttpClient({ allowedHosts: [host] });
    const answer = await client.send(
      { method: 'POST', url: `http://${host}/`, headers: { 'x-own': 'a' }, body: 'hello' },
      never
    );
    expect(answer).toMatchObject({ status: 201, body: 'POST a hello', headers: { 'x-answer': 'yes' } });
  });

  test('ends an answer of more than 1 MiB', async () => {
    const { host } = await serve((_, response) => response.end('x'.repeat(1_100_000)));
    const client = createHttpClient({ allowedHosts: [host] });
    await expect(client.send(get(`http://${host}/`), never)).rejects.toMatchObject({ kind: 'invalid-answer' });
  });

  test('ends an answer that drips byte by byte when the time of the whole call is over', async () => {
    const { host } = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.once('close', () => clearInterval(timer));
    });
    const client = createHttpClient({ allowedHosts: [host], timeoutMs: 300 });
    await expect(client.send(get(`http://${host}/`), never)).rejects.toMatchObject({
      kind: 'timeout',
      message: `${host} did not answer within 0.3 s`,
    });
  });

  test('ends when its caller does', async () => {
    const { host } = await serve(() => undefined);
    const stop = new AbortController();
    const call = createHttpClient({ allowedHosts: [host] }).send(get(`http://${host}/`), stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a host that does not listen is told as unavailable', async () => {
    const client = createHttpClient({ allowedHosts: ['127.0.0.1:9'] });
    await expect(client.send(get('http://127.0.0.1:9/'), never)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
