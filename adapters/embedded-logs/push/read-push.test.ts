import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { createEmbeddedLogStore } from '../index.ts';

async function push(body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const store = await createEmbeddedLogStore({ maxSizeBytes: 10_000_000 });
  return store.handle(
    new Request('http://embedded/loki/api/v1/push', {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'Content-Type': 'application/json', ...headers },
    })
  );
}

describe('a push that is not meant well', () => {
  test('a gzip bomb is too large, and is not unpacked as a whole', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    expect((await push(bomb, { 'Content-Encoding': 'gzip' })).status).toBe(413);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('what is packed twice is no JSON', async () => {
    const twice = gzipSync(gzipSync(Buffer.from('{"streams":[]}')));
    expect((await push(twice, { 'Content-Encoding': 'gzip' })).status).toBe(400);
  });

  test.each(['br', 'GZIP', 'gzip, gzip', 'zstd'])('the encoding %j is refused', async (encoding) => {
    expect((await push('{"streams":[]}', { 'Content-Encoding': encoding })).status).toBe(400);
  });

  test('a body above the bound is too large', async () => {
    expect((await push(' '.repeat(33 * 1024 * 1024))).status).toBe(413);
  });

  test('a million empty streams without labels are refused', async () => {
    const message = Buffer.alloc(2_000_000);
    for (let index = 0; index < message.length; index += 2) {
      message[index] = 0x0a;
    }
    const pieces: Buffer[] = [Buffer.from([0x80, 0x89, 0x7a])];
    for (let start = 0; start < message.length; start += 65_536) {
      const piece = message.subarray(start, start + 65_536);
      const head = Buffer.from([61 << 2, 0, 0]);
      head.writeUInt16LE(piece.length - 1, 1);
      pieces.push(head, piece);
    }
    const answer = await push(Buffer.concat(pieces), { 'Content-Type': 'application/x-protobuf' });
    expect(`${answer.status} ${await answer.text()}`).toBe('400 a stream needs labels');
  });
});
