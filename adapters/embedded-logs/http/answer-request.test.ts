import { gzipSync } from 'node:zlib';

import { beforeEach, describe, expect, test } from 'vitest';

import { createEmbeddedLogStore } from '../index.ts';
import type { EmbeddedLogStore } from '../index.ts';

const nowMs = 1_767_225_600_000;
let store: EmbeddedLogStore;

beforeEach(async () => {
  store = await createEmbeddedLogStore({ maxSizeBytes: 1_000_000, now: () => nowMs });
});

function ask(path: string, init?: RequestInit): Promise<Response> {
  return store.handle(new Request(`http://server/loki/api/v1/${path}`, init));
}

function push(body: string | Buffer<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return ask('push', { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
}

function bodyOf(...lines: string[]): string {
  const values = lines.map((line, index) => [String(BigInt(nowMs - 60_000) * 1_000_000n + BigInt(index)), line]);
  return JSON.stringify({ streams: [{ stream: { app: 'shop' }, values }] });
}

async function linesFound(query = '{app="shop"}'): Promise<string[]> {
  const answer = await ask(`query_range?${new URLSearchParams({ query, direction: 'forward' })}`);
  const { data }: { data: { result: Array<{ values: string[][] }> } } = JSON.parse(await answer.text());
  return data.result.flatMap(({ values }) => values.map(([, line]) => line ?? ''));
}

describe('pushing over HTTP', () => {
  test('plain and compressed JSON is stored', async () => {
    expect((await push(bodyOf('plain'))).status).toBe(204);
    expect((await push(gzipSync(bodyOf('packed')), { 'Content-Encoding': 'gzip' })).status).toBe(204);
    expect((await linesFound()).sort()).toEqual(['packed', 'plain']);
  });

  test.each([
    ['no JSON', '{"streams":'],
    ['no streams', '{}'],
    ['an odd label name', '{"streams":[{"stream":{"a-b":"x"},"values":[]}]}'],
    ['a label that is no text', '{"streams":[{"stream":{"a":1},"values":[]}]}'],
    ['a time that is no text', '{"streams":[{"stream":{"a":"b"},"values":[[1,"x"]]}]}'],
    ['a negative time', '{"streams":[{"stream":{"a":"b"},"values":[["-1","x"]]}]}'],
    ['a line that is no text', '{"streams":[{"stream":{"a":"b"},"values":[["1",{}]]}]}'],
    ['nested metadata', '{"streams":[{"stream":{"a":"b"},"values":[["1","x",{"m":{}}]]}]}'],
    [
      'a line over 256 KiB',
      JSON.stringify({ streams: [{ stream: { a: 'b' }, values: [['1', 'x'.repeat(262_145)]] }] }),
    ],
  ])('%s is refused with a reason', async (_name, body) => {
    const answer = await push(body);
    expect(answer.status).toBe(400);
    expect((await answer.text()).length).toBeGreaterThan(10);
    expect(await linesFound('{a="b"}')).toEqual([]);
  });

  test('a compressed body of enormous size is refused without unpacking it', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const answer = await push(bomb, { 'Content-Encoding': 'gzip' });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('bytes unpacked');
  });

  test('an unknown encoding is refused', async () => {
    expect((await push('x', { 'Content-Encoding': 'br' })).status).toBe(400);
  });
});

describe('asking over HTTP', () => {
  test('the last hour is asked when no range is given', async () => {
    await push(bodyOf('recent'));
    expect(await linesFound()).toEqual(['recent']);
  });

  test('a form is read like the address', async () => {
    await push(bodyOf('a'));
    const answer = await ask('query_range', { method: 'POST', body: new URLSearchParams({ query: '{app="shop"}' }) });
    expect(await answer.text()).toContain('"a"');
  });

  test.each([
    ['query_range?query={a="b"', /parse error at character 7/],
    ['query_range?query=approx_topk(1,rate({a="b"}[1m]))', /not supported here: approx_topk/],
    ['query_range?query=rate_counter({a="b"}|unwrap c[1m])', /not supported here: rate_counter/],
    ['query_range?query={a="b"}|line_format "{{range .x}}{{end}}"', /not supported here: range in a template/],
    [
      'query_range?query={a="b"}|line_format "{{__timestamp__}}"',
      /not supported here: the template function __timestamp__/,
    ],
    ['query_range?query={a="b"}|line_format "{{.x"', /invalid template: an action is not closed/],
    ['query_range?query={a="b"}|pattern "x"', /at least one capture/],
    ['query_range?query={a="b"}|json x="["', /cannot parse expression/],
    ['query_range?query={a="b"}&limit=0', /limit/],
    ['query_range?query={a="b"}&limit=6000', /max_entries_limit_per_query \(6000 > 5000\)/],
    ['query_range?query={a="b"}&direction=up', /direction/],
    ['query_range?query={a="b"}&start=yesterday', /'start' is no time/],
    ['query_range?query={a="b"}&start=20&end=10', /end timestamp/],
    ['query_range?query=rate({a="b"}[1m])&step=0', /step/],
    ['query_range?query=rate({a="b"}[1m])&start=0&end=1000000&step=1', /11,000 points/],
    ['query?query={a="b"}', /instant query/],
    ['series', /matcher/],
    ['tail?query={a="b"}', /tail answers over a WebSocket only/],
    ['constructor', /not supported here/],
  ])('%s is refused with a reason', async (path, reason) => {
    const answer = await ask(encodeURI(path));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(reason);
  });

  test.each([
    '1767225500',
    '1767225500.25',
    '1767225500000000000',
    '2025-12-31T23:58:20Z',
    '2026-01-01T00:58:20.5+01:00',
  ])('the time %s is understood', async (start) => {
    await push(bodyOf('a'));
    const answer = await ask(`query_range?${new URLSearchParams({ query: '{app="shop"}', start, end: '1767225600' })}`);
    expect(await answer.text()).toContain('"a"');
  });

  test('index/stats, labels and values describe what is there', async () => {
    await push(bodyOf('four', 'five5'));
    expect(await (await ask(`index/stats?query=${encodeURIComponent('{app="shop"}')}`)).json()).toEqual({
      streams: 1,
      chunks: 1,
      entries: 2,
      bytes: 9,
    });
    expect(await (await ask('labels')).json()).toMatchObject({ data: ['app', 'service_name'] });
    expect(await (await ask('label/app/values')).json()).toMatchObject({ data: ['shop'] });
  });

  test('other paths are not found', async () => {
    expect((await store.handle(new Request('http://server/loki/other'))).status).toBe(404);
    expect((await store.handle(new Request('http://server/ready'))).status).toBe(200);
  });
});
