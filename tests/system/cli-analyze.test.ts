import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runLoghunter, runShell } from './loghunter-process.ts';

const corpus = resolve(import.meta.dirname, '../corpora/file-formats');
const expected: Record<string, { lines: number; events: number; firstSeen: string | null; lastSeen: string | null }> =
  JSON.parse(readFileSync(join(corpus, 'expected.json'), 'utf8'));

const directory = mkdtempSync(join(tmpdir(), 'loghunter-cli-'));
afterAll(() => rmSync(directory, { recursive: true }));

function write(name: string, bytes: string | Buffer): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

const text = Array.from(
  { length: 3000 },
  (_, index) =>
    `2026-11-20T10:${String(index % 60).padStart(2, '0')}:00Z ${index % 10 === 0 ? 'ERROR' : 'INFO'} worker ${index} took ${index * 3} ms\n`
).join('');

describe('loghunter analyze', () => {
  it.each(Object.entries(expected))('reads the times and events of %s', async (name, truth) => {
    const { exitCode, stdout } = await runLoghunter(['analyze', '--json', join(corpus, name)]);
    const report = JSON.parse(stdout);
    const times = (key: string) =>
      report.clusters
        .map((cluster: Record<string, string | null>) => cluster[key])
        .filter((time: string | null) => time !== null)
        .sort();
    expect(exitCode).toBe(0);
    expect({
      lines: report.summary.lines,
      events: report.summary.events,
      firstSeen: times('firstSeen')[0] ?? null,
      lastSeen: times('lastSeen').at(-1) ?? null,
    }).toEqual(truth);
  });

  it('joins a stack trace into one cluster of level error', async () => {
    const { stdout } = await runLoghunter(['analyze', '--json', '--level', 'error', join(corpus, 'log4j.txt')]);
    expect(JSON.parse(stdout).clusters).toMatchObject([{ kind: 'stack-trace', level: 'error', events: 2, lines: 10 }]);
  });

  it('gives the same answer for plain, gzip, zstd and standard input', async () => {
    const paths = [write('a.log', text), write('a.log.gz', gzipSync(text)), write('a.log.zst', zstdCompressSync(text))];
    const answers = await Promise.all([
      ...paths.map((path) => runLoghunter(['analyze', '--json', path])),
      runLoghunter(['analyze', '--json', '-'], text),
      runLoghunter(['analyze', '--json', '-'], gzipSync(text)),
    ]);
    const clusters = answers.map(({ stdout }) => JSON.parse(stdout).clusters);
    expect(clusters[0].length).toBeGreaterThan(0);
    for (const other of clusters) {
      expect(other).toEqual(clusters[0]);
    }
  });

  it('adds up several files', async () => {
    const { stdout } = await runLoghunter(['analyze', '--json', write('one.log', text), write('two.log', text)]);
    expect(JSON.parse(stdout).summary).toMatchObject({ files: 2, lines: 6000, events: 6000 });
  });

  it('prints the table on standard output and the summary on standard error', async () => {
    const { exitCode, stdout, stderr } = await runLoghunter(['analyze', write('table.log', text)]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ *COUNT +SHARE +LEVEL/);
    expect(stdout).not.toContain('\u001b');
    expect(stderr).toMatch(/^loghunter: 3,000 lines, 3,000 events, \d+ clusters in [\d.]+ s/);
  });

  it('prints the same as JSON and as YAML', async () => {
    const path = write('yaml.log', text);
    const [json, yaml] = await Promise.all([
      runLoghunter(['analyze', '--json', path]),
      runLoghunter(['analyze', '--yaml', path]),
    ]);
    expect(parse(yaml.stdout).clusters).toEqual(JSON.parse(json.stdout).clusters);
  });

  it('expands patterns that no shell has, in the order of rotation', async () => {
    write('rot.log', '2026-11-20T12:00:00Z INFO worker 3 took 3 ms\n');
    write('rot.log.1', '2026-11-20T11:00:00Z INFO worker 2 took 2 ms\n');
    write('rot.log.2.gz', gzipSync('2026-11-20T10:00:00Z INFO worker 1 took 1 ms\n'));
    const { stdout } = await runLoghunter(['analyze', '--json', join(directory, 'rot.log*')]);
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { files: 3, lines: 3 },
      clusters: [{ events: 3, sample: expect.stringContaining('worker 1') }],
    });
  });

  it('reads times of a named zone', async () => {
    const path = write('zone.log', '2026-07-20 10:00:00 INFO ready\n2026-11-20 10:00:00 INFO ready\n');
    const { stdout } = await runLoghunter(['analyze', '--json', '--timezone', 'Europe/Berlin', path]);
    expect(JSON.parse(stdout).clusters).toMatchObject([
      { firstSeen: '2026-07-20T08:00:00.000Z', lastSeen: '2026-11-20T09:00:00.000Z' },
    ]);
  });

  it('narrows by level, time and limit', async () => {
    const path = write('narrow.log', text);
    const run = async (...options: string[]) =>
      JSON.parse((await runLoghunter(['analyze', '--json', ...options, path])).stdout);
    expect((await run('--level', 'error')).summary.matchingEvents).toBe(300);
    expect((await run('--since', '2026-11-20T10:30:00Z')).summary.matchingEvents).toBe(1500);
    expect((await run('--limit', '1')).clusters).toHaveLength(1);
  });

  it('says when nothing matches', async () => {
    const { exitCode, stderr } = await runLoghunter(['analyze', '--since', '2027-01-01', write('old.log', text)]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('the newest line is of 2026-11-20T10:59:00.000Z');
  });

  it('escapes what would control the terminal', async () => {
    const { stdout } = await runLoghunter(['analyze', '-'], '\u001b]0;owned\u0007\u001b[2J gone \u009b31m\n');
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('ends quietly when its reader goes away', async () => {
    const { stdout, stderr } = await runShell(
      `"$LOGHUNTER" analyze ${write('pipe.log', text)} | head -1; echo "\${PIPESTATUS[0]}"`
    );
    expect(stdout).toMatch(/COUNT[^\n]*\n0\n$/);
    expect(stderr).not.toContain('EPIPE');
  });
});

describe('loghunter analyze on bad input', () => {
  it.each([
    ['a missing file', () => join(directory, 'absent.log'), 'no such file'],
    ['a directory', () => directory, 'is a directory'],
    ['a binary file', () => write('binary.log', Buffer.alloc(5000)), 'binary'],
    ['a truncated gzip file', () => write('cut.gz', gzipSync(Buffer.from(text)).subarray(0, 2000)), 'truncated'],
    [
      'a truncated zstd file',
      () => write('cut.zst', zstdCompressSync(Buffer.from(text)).subarray(0, 2000)),
      'truncated',
    ],
  ])('names %s in one line', async (_name, makePath, reason) => {
    const path = makePath();
    const { exitCode, stderr } = await runLoghunter(['analyze', path]);
    const lines = stderr.split('\n').filter((line) => line.startsWith('loghunter: cannot read'));
    expect(exitCode).toBe(3);
    expect(lines).toEqual([expect.stringContaining(path)]);
    expect(lines[0]).toContain(reason);
  });

  it('names a file without permission in one line', async () => {
    const path = write('secret.log', text);
    chmodSync(directory, 0o755);
    chmodSync(path, 0o000);
    // Root may read everything, so the command runs as nobody.
    const asNobody = process.getuid?.() === 0 ? 'setpriv --reuid=65534 --regid=65534 --clear-groups' : '';
    const { exitCode, stderr } = await runShell(`${asNobody} "$LOGHUNTER" analyze ${path}`);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: `loghunter: cannot read ${path}: permission denied\n`,
    });
  });

  it('cuts a line of 100 MB, says so, and counts the lines around it', async () => {
    const path = write(
      'long.log',
      Buffer.concat([Buffer.from(text), Buffer.alloc(100_000_000, 'x'), Buffer.from(`\n${text}`)])
    );
    const { exitCode, stdout, stderr } = await runLoghunter(['analyze', '--json', path]);
    rmSync(path);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).summary).toMatchObject({ lines: 6001, events: 6001 });
    expect(stderr).toContain('1 lines were too long and were cut');
  });

  it('reads another encoding as text and says nothing', async () => {
    const { exitCode, stdout, stderr } = await runLoghunter([
      'analyze',
      '--json',
      write(
        'western.log',
        Buffer.from('2026-11-20 10:00:00 ERROR Zugriff f\u00fcr M\u00fcller verweigert\n', 'latin1')
      ),
    ]);
    expect([exitCode, stderr.includes('cannot')]).toEqual([0, false]);
    expect(JSON.parse(stdout).clusters[0].sample).toContain('Zugriff für Müller verweigert');
  });

  it('names a compression that it does not read', async () => {
    const path = write('app.log.xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4, 0xe6, 0xd6]));
    const { exitCode, stderr } = await runLoghunter(['analyze', path]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 3,
      stderr: `loghunter: cannot read ${path}: is compressed with xz; gzip and zstd are read\n`,
    });
  });

  it('names a pattern that no file matches', async () => {
    const { exitCode, stdout, stderr } = await runLoghunter(['analyze', join(directory, 'none*.log')]);
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toBe(`loghunter: cannot read ${join(directory, 'none*.log')}: no file has such a name\n`);
  });

  it.each(['analyze -', 'cluster'])(
    'says in one line that the disk is full when `%s` writes there',
    async (command) => {
      const { exitCode, stderr } = await runShell(`"$LOGHUNTER" ${command} < ${write('full.log', text)} > /dev/full`);
      expect(exitCode).toBe(3);
      expect(stderr.split('\n').filter((line) => line.includes('cannot write'))).toEqual([
        'loghunter: cannot write the output: no space left on the device',
      ]);
    }
  );

  it('still analyses the files that can be read', async () => {
    const { exitCode, stdout } = await runLoghunter([
      'analyze',
      '--json',
      join(directory, 'absent.log'),
      write('good.log', text),
    ]);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).summary).toMatchObject({ files: 1, lines: 3000 });
  });

  it('says that an empty file is empty', async () => {
    const { exitCode, stderr } = await runLoghunter(['analyze', write('empty.log', '')]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('empty.log is empty');
  });

  it.each([
    ['no file', ['analyze']],
    ['an unknown option', ['analyze', '--loud', 'x']],
    ['a bad duration', ['analyze', '--since', 'soon', 'x']],
    ['a bad level', ['analyze', '--level', 'loud', 'x']],
    ['a bad zone', ['analyze', '--timezone', 'Europe/Nowhere', 'x']],
    ['a bad limit', ['analyze', '--limit', '0', 'x']],
    ['two formats', ['analyze', '--json', '--yaml', 'x']],
    ['an unknown command', ['analyse']],
    ['an unknown subcommand', ['migrate', 'sideways']],
  ])('answers %s with exit code 2 and nothing on standard output', async (_name, parameters) => {
    const { exitCode, stdout, stderr } = await runLoghunter(parameters);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^loghunter: /);
  });
});
