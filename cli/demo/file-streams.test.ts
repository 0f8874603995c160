import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LogStore, PushStream } from '@loghunter/ports';
import { utcZone } from '../times/time-zone.ts';
import { fillWithFiles, serviceNameOf } from './file-streams.ts';

const directory = mkdtempSync(join(tmpdir(), 'loghunter-streams-'));
afterAll(() => rmSync(directory, { recursive: true }));
const nowMs = Date.UTC(2026, 10, 21, 3);

function write(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  utimesSync(path, nowMs / 1000, nowMs / 1000);
  return path;
}

async function fill(...paths: readonly string[]) {
  const streams: PushStream[] = [];
  // Only `push` is used; the rest of the port is not needed here.
  const store: Pick<LogStore, 'push'> = {
    push: async (pushed) => {
      streams.push(...pushed);
    },
  };
  const range = await fillWithFiles(store, paths, {
    nowMs,
    timeZone: utcZone,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const entries = streams.flatMap((stream) => stream.entries);
  return { range, streams, entries, timesMs: entries.map(({ timestampNs }) => Number(timestampNs / 1000n) / 1000) };
}

describe('the user’s files as streams', () => {
  it('keeps the times of the lines and their order inside a millisecond', async () => {
    const path = write(
      'app.log',
      '2026-11-20T10:00:00.000Z a\n2026-11-20T10:00:00.000Z b\n2026-11-20T10:00:01.500Z c\n'
    );
    const { range, entries } = await fill(path);
    expect(range).toEqual({
      lineCount: 3,
      fromMs: Date.UTC(2026, 10, 20, 10),
      toMs: Date.UTC(2026, 10, 20, 10, 0, 1, 501),
    });
    expect(entries.map(({ timestampNs }) => timestampNs - (entries[0]?.timestampNs ?? 0n))).toEqual([
      0n,
      1000n,
      1_500_000_000n,
    ]);
  });

  it('gives lines of a trace the time of its first line', async () => {
    const { timesMs } = await fill(
      write('trace.log', '2026-11-20 10:00:00 ERROR x\n\tat a.B.c(B.java:1)\n\tat a.D.e(D.java:2)\n')
    );
    expect(timesMs.map((time) => Math.floor(time))).toEqual(Array(3).fill(Date.UTC(2026, 10, 20, 10)));
    expect(timesMs).toEqual([...timesMs].sort((a, b) => a - b));
  });

  it('puts lines before the first time just before it', async () => {
    const { timesMs } = await fill(write('banner.log', 'welcome\nversion 1\n2026-11-20 10:00:00 INFO up\n'));
    expect(timesMs).toEqual([2, 1, 0].map((before) => Date.UTC(2026, 10, 20, 10) - before));
  });

  it('orders a file without times over the hour before it was written', async () => {
    const { timesMs } = await fill(
      write('untimed.log', Array.from({ length: 50_000 }, (_, index) => `step ${index % 7}\n`).join(''))
    );
    expect(timesMs).toHaveLength(50_000);
    expect(timesMs[0]).toBe(nowMs - 3_600_000);
    expect(timesMs.every((time, index) => index === 0 || time > (timesMs[index - 1] ?? 0))).toBe(true);
  });

  it('makes a stream of every file and adds up their ranges', async () => {
    const { range, streams } = await fill(
      write('a.log', '2026-11-20T10:00:00Z a\n'),
      write('b.log.1', '2026-11-18T10:00:00Z b\n')
    );
    expect(streams.map(({ labels }) => labels['service_name'])).toEqual(['a', 'b']);
    expect(range).toMatchObject({ lineCount: 2, fromMs: Date.UTC(2026, 10, 18, 10) });
  });

  it('refuses files without any line', async () => {
    await expect(fill(write('empty.log', '\n\n'))).rejects.toThrow('no lines in');
  });

  it.each([
    ['/var/log/app.log.gz', 'app'],
    ['app.log.1', 'app'],
    ['app-20261120.log', 'app'],
    ['syslog', 'syslog'],
    ['events.ndjson.zst', 'events'],
    ['.log', '.log'],
    ['-', 'stdin'],
  ])('names the service of %s %s', (path, name) => {
    expect(serviceNameOf(path)).toBe(name);
  });
});
