// The real process: what it prints, how it ends.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

function run(
  variables: Record<string, string>,
  onError: (text: string, end: () => void) => void = () => undefined
): Promise<Ended> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.errors += text;
    onError(texts.errors, () => child.kill('SIGTERM'));
  });
  return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, ...texts })));
}

test('a wrong configuration ends with 78 and every problem', async () => {
  const ended = await run({ LOGHUNTER_PORT: 'x', LOGHUNTER_TARGET: 'y' });
  expect(ended).toEqual({
    exitCode: 78,
    output: '',
    errors:
      'loghunter: The configuration is not valid:\n' +
      '  LOGHUNTER_PORT: must be a whole number\n' +
      '  LOGHUNTER_TARGET: must be all, api, worker or scanner\n',
  });
});

test('a database that is away ends with 3 and one line', async () => {
  const ended = await run({ LOGHUNTER_DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:9/x' });
  expect(ended.exitCode).toBe(3);
  expect(ended.errors.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^loghunter: Postgres at 127\.0\.0\.1:9 cannot be reached/),
  ]);
});

test('SIGTERM ends a running server with 0, and its port with it', { timeout: 90_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loghunter-main-'));
  let url = '';
  const ended = await run({ LOGHUNTER_PORT: '0', LOGHUNTER_DATA_DIRECTORY: folder }, (text, end) => {
    const started = /"url":"(http:[^"]+)"/.exec(text);
    if (started?.[1] !== undefined && url === '') {
      url = started[1];
      end();
    }
  });
  expect(ended).toMatchObject({ exitCode: 0, output: '' });
  const probe = createServer().listen(Number(new URL(url).port), '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  probe.close();
  await rm(folder, { recursive: true, force: true });
});
