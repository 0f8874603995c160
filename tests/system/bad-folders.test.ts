// What the server says of a data directory that it cannot use: one line, exit code 3, and nothing is harmed.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runLoghunter, startLoghunter, type Finished } from './loghunter-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'loghunter-folders-'));
const tinyFolder = join(directory, 'tiny');
mkdirSync(tinyFolder);
const isTiny = canMount('mount', '-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', tinyFolder);
afterAll(() => {
  if (isTiny) {
    execFileSync('umount', [tinyFolder]);
  }
  rmSync(directory, { recursive: true });
});

function canMount(command: string, ...parameters: readonly string[]): boolean {
  try {
    execFileSync(command, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const environmentOf = (path: string) => ({
  LOGHUNTER_DATA_DIRECTORY: path,
  LOGHUNTER_PORT: '0',
  LOGHUNTER_LOG_LEVEL: 'fatal',
});
const serve = (path: string) => runLoghunter(['serve'], '', environmentOf(path));

/** Starts a server on the folder and returns how to end it. */
async function startServer(path: string): Promise<() => Promise<number | null>> {
  const child = startLoghunter(['serve'], environmentOf(path));
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = once(child, 'close').then(() => Promise.reject(new Error(`the server ended: ${stderr}`)));
  await Promise.race([child.stdout === null ? ended : once(child.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  return async () => {
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
    return child.exitCode;
  };
}

function expectOneLine({ exitCode, stdout, stderr }: Finished, reason: string): void {
  expect([exitCode, stdout], stderr).toEqual([3, '']);
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(reason)]);
}

describe('a data directory', () => {
  it('of an older embedded database is refused by its version, and left as it is', async () => {
    const path = join(directory, 'old');
    const data = join(path, 'database', 'data');
    mkdirSync(join(data, 'global'), { recursive: true });
    writeFileSync(join(data, 'PG_VERSION'), '17\n');
    writeFileSync(join(data, 'global', 'pg_control'), 'old');
    expectOneLine(await serve(path), 'was made by version 17 of the embedded database');
    expect(readdirSync(data)).toEqual(['PG_VERSION', 'global']);
    expect(readFileSync(join(data, 'global', 'pg_control'), 'utf8')).toBe('old');
  });

  it('that is a file is refused', async () => {
    const path = join(directory, 'file');
    writeFileSync(path, 'mine');
    const { exitCode, stderr } = await serve(path);
    expect(exitCode).toBe(3);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(path)]);
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('that another process has open is refused with its number, and that process goes on', async () => {
    const path = join(directory, 'shared');
    const stop = await startServer(path);
    const second = await serve(path);
    expect(second.exitCode).toBe(3);
    expect(second.stderr.trim().split('\n')).toEqual([expect.stringMatching(/process \d+/)]);
    expect(await stop()).toBe(0);
    const again = await startServer(path);
    expect(await again()).toBe(0);
  });

  it.skipIf(!isTiny)('on a full disk is refused, and works when there is room', async () => {
    expectOneLine(await serve(tinyFolder), 'no space left on the device');
    execFileSync('mount', ['-o', 'remount,size=400m', tinyFolder]);
    const stop = await startServer(tinyFolder);
    expect(await stop()).toBe(0);
  });
});
