// Loki's tail on the running server: a WebSocket client sees there what it sees on a real Loki.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseConfig } from '@loghunter/bff/config';
import { startServer } from '@loghunter/bff/server';
import type { RunningServer } from '@loghunter/bff/server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { startLoki } from '../servers/loki.ts';
import type { RunningLoki } from '../servers/loki.ts';

let directory: string;
let server: RunningServer;
let loki: RunningLoki;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'loghunter-tail-'));
  loki = await startLoki({ extraArguments: ['-validation.discover-log-levels=false'] });
  server = await startServer(
    parseConfig({ LOGHUNTER_PORT: '0', LOGHUNTER_LOG_LEVEL: 'silent', LOGHUNTER_DATA_DIRECTORY: directory })
  );
});
afterAll(async () => {
  await server.stop();
  await loki.stop();
  await rm(directory, { recursive: true });
});

async function push(url: string, lines: readonly string[]): Promise<void> {
  const now = BigInt(Date.now()) * 1_000_000n;
  const values = lines.map((line, index) => [String(now + BigInt(index)), line, { trace: 'abc' }]);
  const answer = await fetch(`${url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ streams: [{ stream: { app: 'shop' }, values }] }),
  });
  expect(answer.status).toBe(204);
}

interface Tail {
  readonly socket: WebSocket;
  /** Labels and line of each entry so far. */
  readonly entries: Array<readonly [labels: string, line: string]>;
}

function openTail(url: string, query: string): Tail {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/loki/api/v1/tail?${new URLSearchParams({ query })}`);
  const entries: Tail['entries'] = [];
  socket.addEventListener('message', ({ data }) => {
    for (const { stream, values } of JSON.parse(String(data)).streams) {
      const labels = JSON.stringify(Object.entries(stream).sort());
      entries.push(...values.map(([, line]: readonly string[]) => [labels, line]));
    }
  });
  return { socket, entries };
}

async function waitForLines(tail: Tail, count: number): Promise<void> {
  await vi.waitFor(() => expect(tail.entries.length).toBeGreaterThanOrEqual(count), { timeout: 30_000, interval: 20 });
}

test('lines from before and lines that come are sent, as by Loki', async () => {
  const query = '{app="shop"} |= "order" | logfmt | drop noise';
  const seen: Array<Tail['entries']> = [];
  for (const url of [loki.url, server.url]) {
    await push(url, ['order=1 noise=x', 'other', 'order=2']);
    const tail = openTail(url, query);
    await waitForLines(tail, 2);
    await push(url, ['order=3', 'not this one', 'order=4 noise=y']);
    await waitForLines(tail, 4);
    tail.socket.close();
    seen.push(tail.entries.toSorted(([, a], [, b]) => (a < b ? -1 : 1)));
  }
  expect(seen[0]).toHaveLength(4);
  expect(seen[1]).toEqual(seen[0]);
});

test.each(['rate({app="shop"}[1m])', '{app="shop"', '{app=~".*"}'])('a tail of %s is refused', async (query) => {
  const { socket } = openTail(server.url, query);
  const opened = await new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(true));
    socket.addEventListener('error', () => resolve(false));
  });
  expect(opened).toBe(false);
});

test('a tail that is open does not keep the server from stopping', async () => {
  const { socket } = openTail(server.url, '{app="shop"}');
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  await server.stop();
  expect(await closed).toBe(1001);
});
