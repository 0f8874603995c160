import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { followChunks } from './read-chunks.ts';

const directory = mkdtempSync(join(tmpdir(), 'loghunter-follow-'));
afterAll(() => rmSync(directory, { recursive: true }));
let fileCount = 0;

/** Follows a new file while `work` changes it; `until` waits for text to come out. */
async function follow(work: (path: string, until: (text: string) => Promise<void>) => Promise<void>): Promise<string> {
  fileCount += 1;
  const path = join(directory, `${fileCount}.log`);
  writeFileSync(path, 'first\n');
  const controller = new AbortController();
  let read = '';
  const reading = (async () => {
    for await (const chunk of followChunks(path, await open(path, 'r'), controller.signal)) {
      read += chunk.toString();
    }
  })();
  await work(path, (text) => expect.poll(() => read, { timeout: 10_000 }).toContain(text));
  controller.abort();
  await reading;
  return read;
}

describe('following a file', () => {
  it('reads what is added', async () => {
    const read = await follow(async (path, until) => {
      await until('first\n');
      appendFileSync(path, 'second\n');
      await until('second\n');
    });
    expect(read).toBe('first\nsecond\n');
  });

  it('goes on in the new file after a rotation, and misses nothing of the old one', async () => {
    const read = await follow(async (path, until) => {
      await until('first\n');
      renameSync(path, `${path}.1`);
      appendFileSync(`${path}.1`, 'late');
      await until('late');
      writeFileSync(path, 'new\n');
      await until('new\n');
    });
    expect(read).toBe('first\nlate\nnew\n');
  });

  it('begins again when the file is emptied', async () => {
    const read = await follow(async (path, until) => {
      await until('first\n');
      truncateSync(path);
      appendFileSync(path, 'new\n');
      await until('new\n');
      appendFileSync(path, 'more\n');
      await until('more\n');
    });
    expect(read).toBe('first\nnew\nmore\n');
  });

  it('waits for a file that was removed and comes back', async () => {
    const read = await follow(async (path, until) => {
      await until('first\n');
      rmSync(path);
      await new Promise((resolve) => setTimeout(resolve, 500));
      writeFileSync(path, 'back\n');
      await until('back\n');
    });
    expect(read).toBe('first\nback\n');
  });

  it('ends at once when it is told to', async () => {
    const startedMs = performance.now();
    await follow(async (_path, until) => until('first\n'));
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });
});
