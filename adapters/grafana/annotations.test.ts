import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { connectAnnotations } from './annotations.ts';

const closers: Array<() => void> = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

interface Call {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

/** A server that answers as Grafana does. */
async function serve(answer: (call: Call, response: ServerResponse) => void) {
  const calls: Call[] = [];
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
    }
    const text = Buffer.concat(chunks).toString('utf8');
    const call = {
      ...{ method: request.method ?? '', url: request.url ?? '', authorization: request.headers.authorization },
      body: text === '' ? null : (JSON.parse(text) as unknown),
    };
    calls.push(call);
    answer(call, response);
  }
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/grafana`;
  return { calls, board: connectAnnotations({ url, token: 'glsa_test', timeoutMs: 2000 }), url };
}

const annotation = { fromMs: 1000, toMs: null, tags: ['loghunter', 'incident'], text: 'checkout fails' };

describe("Grafana's annotations", () => {
  test('are written with the token, and changed by their number', async () => {
    const { calls, board } = await serve((_, response) => response.end('{"message":"Annotation added","id":7}'));
    expect(await board.create(annotation)).toEqual({ id: 7 });
    await board.change(7, { ...annotation, toMs: 5000 });
    expect(calls).toEqual([
      {
        ...{ method: 'POST', url: '/grafana/api/annotations', authorization: 'Bearer glsa_test' },
        body: { time: 1000, tags: ['loghunter', 'incident'], text: 'checkout fails' },
      },
      {
        ...{ method: 'PATCH', url: '/grafana/api/annotations/7', authorization: 'Bearer glsa_test' },
        body: { time: 1000, timeEnd: 5000, tags: ['loghunter', 'incident'], text: 'checkout fails' },
      },
    ]);
  });

  test('are found by all their tags in a range, and what is no annotation is left out', async () => {
    const found = [
      { id: 1, time: 10, timeEnd: 20, tags: ['deploy'], text: 'a' },
      { id: 2, time: 10, timeEnd: 10, tags: ['deploy', 3] },
      { time: 1 },
    ];
    const { calls, board } = await serve((_, response) => response.end(JSON.stringify(found)));
    expect(await board.find(['deploy', 'team:a&b'], { fromMs: 1, toMs: 2 })).toEqual([
      { id: 1, fromMs: 10, toMs: 20, tags: ['deploy'], text: 'a' },
      { id: 2, fromMs: 10, toMs: null, tags: ['deploy'], text: '' },
    ]);
    const search = new URL(calls[0]?.url ?? '', 'http://grafana').searchParams;
    expect([search.getAll('tags'), search.get('from'), search.get('to')]).toEqual([['deploy', 'team:a&b'], '1', '2']);
  });

  test.each([
    [401, 'rejected'],
    [404, 'not-found'],
    [429, 'unavailable'],
    [502, 'unavailable'],
  ])('that Grafana answers with %i are told as %s', async (status, kind) => {
    const { board } = await serve((_, response) => response.writeHead(status).end());
    await expect(board.create(annotation)).rejects.toMatchObject({ system: 'grafana', kind, status });
  });

  test('send their token nowhere else', async () => {
    const other = await serve((_, response) => response.end('{"id":1}'));
    const { board } = await serve((_, response) => response.writeHead(302, { location: other.url }).end());
    await expect(board.create(annotation)).rejects.toMatchObject({ system: 'grafana' });
    expect(other.calls).toEqual([]);
  });

  test('that are no JSON, or no end, are told as such', async () => {
    const html = await serve((_, response) => response.end('<html>'));
    await expect(html.board.create(annotation)).rejects.toMatchObject({ kind: 'invalid-answer' });
    const silent = await serve(() => undefined);
    await expect(silent.board.create(annotation)).rejects.toMatchObject({ kind: 'timeout' });
  });
});
