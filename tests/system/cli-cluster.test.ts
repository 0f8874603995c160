import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { launcherPath, runLoghunter, runShell } from './loghunter-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'loghunter-launcher-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('the launcher', () => {
  it('runs where the machine has an older Node or none', async () => {
    const { exitCode, stdout } = await runLoghunter(['--version'], '', { PATH: '/usr/bin:/bin' });
    expect({ exitCode, stdout: stdout.trim() }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });

  it('runs through a symbolic link from anywhere', async () => {
    symlinkSync(launcherPath, join(directory, 'hunter'));
    const { exitCode, stderr } = await runShell(`cd / && ${join(directory, 'hunter')} --version`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it.each([
    [['--help']],
    [['analyze', '--help']],
    [['cluster', '--help']],
    [['serve', '--help']],
    [['demo', '--help']],
    [['migrate', '--help']],
  ])('prints help for %s on standard output', async (parameters) => {
    const { exitCode, stdout, stderr } = await runLoghunter(parameters);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('Usage: loghunter');
  });

  it('documents the exit codes', async () => {
    expect((await runLoghunter(['--help'])).stdout).toMatch(/0 +fine[^]*2 +wrong use[^]*3 [^]*70 [^]*78 /);
  });
});

describe('loghunter cluster', () => {
  it('answers a hundred thousand lines in order', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) =>
      index % 3 === 0 ? `job ${index} done` : `user u${index} logged in from 10.0.${index % 250}.1`
    );
    const { exitCode, stdout, stderr } = await runLoghunter(['cluster'], `${lines.join('\n')}\n`);
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(records).toHaveLength(100_000);
    expect(new Set(records.filter((_, index) => index % 3 === 0).map(({ id }) => id)).size).toBe(1);
    expect(new Set(records.map(({ id }) => id)).size).toBe(2);
  });

  it('answers every line of hostile bytes', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xfe, 0x00, 0x0a]),
      Buffer.from('\n\r\n\u001b[31mred\n{"a":\n'),
      Buffer.from(`${'x'.repeat(2_000_000)}\n`),
      Buffer.from('last without line end'),
    ]);
    const { exitCode, stdout } = await runLoghunter(['cluster'], bytes);
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(7);
  });

  it('ends quietly when its reader goes away', async () => {
    const { stdout } = await runShell(
      `yes "line of text 42" | head -300000 | "$LOGHUNTER" cluster | head -1; echo "\${PIPESTATUS[2]}"`
    );
    expect(stdout).toMatch(/^\{"id":\d+,"template":.*\}\n0\n$/);
  });

  it('writes nothing for no input', async () => {
    expect(await runLoghunter(['cluster'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });
});
