import type { TailEvent } from '@loghunter/contracts';
import { expect, test } from 'vitest';
import { createTestServer, testNowMs, type TestServer } from '../testing/test-server.ts';

const shop = { service_name: 'shop', pod: 'a' };

/** The first event of a tail. */
async function follow(server: TestServer, search: string): Promise<TailEvent> {
  const leaving = new AbortController();
  const response = await server.get(`/api/v1/tail${search}`, { signal: leaving.signal });
  expect(response.status).toBe(200);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read()) {
    text += piece.value;
    const data = /^data: (.*)$/m.exec(text)?.[1];
    if (data !== undefined) {
      leaving.abort();
      await reader?.cancel();
      return JSON.parse(data) as TailEvent;
    }
  }
  throw new TypeError('the tail ended without an event');
}

test('who begins is shown the end of the last minute, with level, service and id', async () => {
  const server = await createTestServer();
  await server.push(shop, [
    [testNowMs - 3000, 'level=error cannot reach payments'],
    [testNowMs - 2000, 'level=info paid'],
    [testNowMs - 120_000, 'level=info long ago'],
  ]);
  const event = await follow(server, '');
  expect(event.lines.map(({ text, level, service }) => [text, level, service])).toEqual([
    ['level=error cannot reach payments', 'error', 'shop'],
    ['level=info paid', 'info', 'shop'],
  ]);
  expect(new Set(event.lines.map(({ id }) => id)).size).toBe(2);
});

test('who comes back is given what was missed, and lines of ten seconds before once more under the same ids', async () => {
  const server = await createTestServer();
  await server.push(shop, [[testNowMs - 30_000, 'first']]);
  const before = await follow(server, '');
  await server.push(shop, [[testNowMs - 500, 'second']]);
  const after = await follow(server, `?after=${before.position}`);
  expect(after.lines.map(({ text }) => text)).toEqual(['first', 'second']);
  expect(after.lines[0]?.id).toBe(before.lines[0]?.id);
});

test('only lines of the wanted level come', async () => {
  const server = await createTestServer();
  await server.push(shop, [
    [testNowMs - 3000, 'level=error cannot reach payments'],
    [testNowMs - 2000, 'level=info paid'],
  ]);
  const event = await follow(server, '?level=error');
  expect(event.lines.map(({ level }) => level)).toEqual(['error']);
});

test('who slept for hours is given the last ten minutes and told of the gap', async () => {
  const server = await createTestServer();
  await server.push(shop, [
    [testNowMs - 3_600_000, 'while asleep'],
    [testNowMs - 60_000, 'a minute ago'],
  ]);
  const event = await follow(server, `?after=${(testNowMs - 8 * 3_600_000) * 1_000_000}`);
  expect([event.isGap, event.lines.map(({ text }) => text)]).toEqual([true, ['a minute ago']]);
});
