import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createEmbeddedLogStore } from './index.ts';
import type { EmbeddedLogStore, EmbeddedLogStoreSettings } from './index.ts';

const { signal } = new AbortController();
const wholeTime = { fromNs: 0n, toNs: 1n << 62n };
let directory: string;
let opened: EmbeddedLogStore[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'loghunter-logs-'));
});
afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()));
  opened = [];
  await rm(directory, { recursive: true });
});

async function open(settings: Partial<EmbeddedLogStoreSettings> = {}): Promise<EmbeddedLogStore> {
  const store = await createEmbeddedLogStore({ directory, maxSizeBytes: 10_000_000, ...settings });
  opened.push(store);
  return store;
}

async function close(store: EmbeddedLogStore): Promise<void> {
  await store.close();
  opened = opened.filter((other) => other !== store);
}

function pushLines(store: EmbeddedLogStore, lines: readonly string[], fromNs = 0): Promise<void> {
  const entries = lines.map((line, index) => ({
    timestampNs: BigInt(fromNs + index),
    line,
    metadata: { n: String(index) },
  }));
  return store.push([{ labels: { app: 'shop' }, entries }], signal);
}

async function readLines(store: EmbeddedLogStore): Promise<string[]> {
  const request = { query: '{app="shop"}', ...wholeTime, direction: 'oldest-first', limit: 5000, signal } as const;
  return (await store.findEntries(request)).map(({ line }) => line);
}

async function segmentPaths(): Promise<string[]> {
  return (await readdir(directory))
    .filter((name) => name.endsWith('.segment'))
    .sort()
    .map((name) => join(directory, name));
}

describe('lines on disk', () => {
  test('are there after closing and opening', async () => {
    const store = await open();
    await pushLines(store, ['a', 'two\nlines', '"quoted" ünïcödé 🦊 \0']);
    await close(store);
    const again = await open();
    expect(await readLines(again)).toEqual(['a', 'two\nlines', '"quoted" ünïcödé 🦊 \0']);
    expect(again.recovery).toEqual({ tornBytes: 0, damagedBytes: 0 });
    const [first] = await again.findEntries({
      query: '{app="shop"}',
      ...wholeTime,
      direction: 'oldest-first',
      limit: 1,
      signal,
    });
    expect(first).toEqual({
      labels: { app: 'shop', service_name: 'shop' },
      timestampNs: 0n,
      line: 'a',
      metadata: { n: '0' },
    });
  });

  test('that were pushed twice, before and after a restart, are kept once', async () => {
    const store = await open();
    await pushLines(store, ['a', 'b']);
    await close(store);
    const again = await open();
    await pushLines(again, ['a', 'b']);
    expect(await readLines(again)).toEqual(['a', 'b']);
  });

  test('survive a cut at any byte of the last append, and the cut append is dropped', async () => {
    const store = await open();
    await pushLines(store, ['whole']);
    await close(store);
    const [path = ''] = await segmentPaths();
    const whole = await readFile(path);
    const next = await open();
    await pushLines(next, ['cut off'], 10);
    await close(next);
    const both = await readFile(path);
    for (let length = whole.length; length < both.length; length += 1) {
      await writeFile(path, both.subarray(0, length));
      const cut = await open();
      expect(await readLines(cut)).toEqual(['whole']);
      expect(cut.recovery).toEqual({ tornBytes: length - whole.length, damagedBytes: 0 });
      await close(cut);
      expect((await stat(path)).size).toBe(whole.length);
    }
  });

  test('survive a flipped byte anywhere, but for the record that holds it', async () => {
    const store = await open();
    await pushLines(store, ['first']);
    await pushLines(store, ['second'], 10);
    await pushLines(store, ['third'], 20);
    await close(store);
    const [path = ''] = await segmentPaths();
    const whole = await readFile(path);
    for (let position = 0; position < whole.length; position += 1) {
      const damaged = Buffer.from(whole);
      damaged[position] = (damaged[position] ?? 0) ^ 0x10;
      await writeFile(path, damaged);
      const reopened = await open();
      expect((await readLines(reopened)).length).toBe(2);
      expect(reopened.recovery.tornBytes + reopened.recovery.damagedBytes).toBeGreaterThan(0);
      await close(reopened);
    }
  });

  test('can be written after a torn append was removed', async () => {
    const store = await open();
    await pushLines(store, ['a']);
    await close(store);
    const [path = ''] = await segmentPaths();
    await appendFile(path, 'LHR1 and then the power went');
    const torn = await open();
    await pushLines(torn, ['b'], 10);
    await close(torn);
    expect(await readLines(await open())).toEqual(['a', 'b']);
  });

  test('are dropped oldest first when the store is full, in memory and on disk alike', async () => {
    const store = await open({ maxSizeBytes: 64_000 });
    for (let batch = 0; batch < 100; batch += 1) {
      await pushLines(
        store,
        Array.from({ length: 10 }, (_unused, index) => `line ${batch} ${index} ${'x'.repeat(100)}`),
        batch * 10
      );
    }
    const kept = await readLines(store);
    expect(kept.at(-1)).toContain('line 99 9');
    expect(kept[0]).not.toContain('line 0 0');
    expect(kept.length).toBeGreaterThan(300);
    const sizes = await Promise.all((await segmentPaths()).map(async (path) => (await stat(path)).size));
    expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThanOrEqual(64_000);
    await close(store);
    expect(await readLines(await open({ maxSizeBytes: 64_000 }))).toEqual(kept);
  });

  test('of a push larger than the store are kept until the next push', async () => {
    const store = await open({ maxSizeBytes: 1000 });
    await pushLines(store, ['x'.repeat(5000)]);
    expect(await readLines(store)).toHaveLength(1);
    await pushLines(store, ['small'], 10);
    expect(await readLines(store)).toEqual(['small']);
  });

  test('are all there after the process was killed in the middle of pushes', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round += 1) {
      const acknowledged = await pushUntilKilled(50 + round * 40, round * 1_000_000);
      const store = await open();
      const found = new Set(await readLines(store));
      expect(acknowledged.filter((line) => !found.has(line))).toEqual([]);
      await close(store);
      await Promise.all((await segmentPaths()).map((path) => rm(path)));
    }
  });
});

/** Lines that a process, killed after some time, had been told were stored. */
async function pushUntilKilled(afterMs: number, fromNs: number): Promise<readonly string[]> {
  const program = `
    import { createEmbeddedLogStore } from ${JSON.stringify(import.meta.resolve('./index.ts'))};
    const store = await createEmbeddedLogStore({ directory: ${JSON.stringify(directory)}, maxSizeBytes: 10_000_000 });
    for (let n = 0; n < 4000; n += 1) {
      const entries = [{ timestampNs: BigInt(${fromNs} + n), line: 'line ' + n, metadata: {} }];
      await store.push([{ labels: { app: 'shop' }, entries }], AbortSignal.timeout(1000));
      process.stdout.write('line ' + n + '\\n');
    }
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const { promise: exited, resolve } = Promise.withResolvers<void>();
  child.once('close', () => resolve());
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '') {
      setTimeout(() => child.kill('SIGKILL'), afterMs);
    }
    output += text;
  });
  await exited;
  const lines = output.slice(0, output.lastIndexOf('\n')).split('\n');
  expect(lines.length).toBeGreaterThan(1);
  return lines;
}

describe('the folder', () => {
  test('cannot be opened twice', async () => {
    await open();
    await expect(open()).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining(directory) });
  });

  test('that another running process has open is refused with its number', async () => {
    await writeFile(join(directory, 'lock'), String(process.ppid));
    await expect(open()).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining(`process ${process.ppid}`),
    });
  });

  test.each(['999999999', '', 'garbage', String(process.pid)])(
    'with the lock %j of a process that is gone is taken over',
    async (content) => {
      await writeFile(join(directory, 'lock'), content);
      await pushLines(await open(), ['a']);
    }
  );

  test('that cannot be made is an error with its name', async () => {
    await writeFile(join(directory, 'file'), '');
    await expect(open({ directory: join(directory, 'file', 'below') })).rejects.toMatchObject({
      system: 'embedded-logs',
      kind: 'unavailable',
    });
  });
});
