// `loghunter analyze` that is stopped, and that follows files.
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { startLoghunter } from './loghunter-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'loghunter-stop-'));
afterAll(() => rmSync(directory, { recursive: true }));

const line = (index: number) => `2026-11-20T10:00:00Z INFO worker ${index} took ${index * 3} ms\n`;
const manyLines = Array.from({ length: 2000 }, (_, index) => line(index)).join('');

interface Running {
  readonly child: ReturnType<typeof startLoghunter>;
  finish(): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }>;
}

function start(...parameters: readonly string[]): Running {
  const child = startLoghunter(['analyze', '--json', ...parameters]);
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin?.on('error', () => undefined);
  const closed = once(child, 'close');
  return {
    child,
    async finish() {
      await closed;
      return { exitCode: child.exitCode, stdout, stderr };
    },
  };
}

/** Waits until the process has opened the file, which it does after it listens for signals. */
async function untilStarted(): Promise<void> {
  await sleep(3000);
}

describe('stopping', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('reports what was read when %s comes before the end', async (signal) => {
    const running = start('-');
    running.child.stdin?.write(manyLines);
    await untilStarted();
    running.child.kill(signal);
    const { exitCode, stdout, stderr } = await running.finish();
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout).summary).toMatchObject({ lines: 2000, matchingEvents: 2000 });
    expect(stderr).toContain('stopped before the end');
    expect(stderr).not.toContain('bug');
  });
});

describe('following', () => {
  it('counts what is added before and after a rotation, and ends in order', async () => {
    const path = join(directory, 'app.log');
    writeFileSync(path, manyLines);
    const running = start('--follow', path);
    await untilStarted();
    appendFileSync(path, line(1).repeat(10));
    renameSync(path, `${path}.1`);
    writeFileSync(path, line(2).repeat(7));
    await sleep(2000);
    running.child.kill('SIGINT');
    const { exitCode, stdout, stderr } = await running.finish();
    expect([exitCode, JSON.parse(stdout).summary.lines], stderr).toEqual([0, 2017]);
  });

  it('follows several files at a time', async () => {
    const paths = ['a.log', 'b.log'].map((name) => join(directory, name));
    paths.forEach((path) => writeFileSync(path, line(1)));
    const running = start('--follow', ...paths);
    await untilStarted();
    paths.forEach((path) => appendFileSync(path, line(2)));
    await sleep(2000);
    running.child.kill('SIGINT');
    const { exitCode, stdout } = await running.finish();
    expect([exitCode, JSON.parse(stdout).summary.lines]).toEqual([0, 4]);
  });
});
