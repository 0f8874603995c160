import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expandPaths } from './expand-paths.ts';

const directory = mkdtempSync(join(tmpdir(), 'loghunter-paths-'));
afterAll(() => rmSync(directory, { recursive: true }));
mkdirSync(join(directory, 'sub.log'));
for (const name of [
  'app.log',
  'app.log.1',
  'app.log.2.gz',
  'app.log.10.zst',
  'web.log-20261119.gz',
  'web.log-20261120',
  'web.log',
  'sub.log/deep.log',
  'odd[1].log',
]) {
  writeFileSync(join(directory, name), 'x');
}
const inDirectory = (...names: readonly string[]) => names.map((name) => join(directory, name));

describe('paths of files', () => {
  it('puts rotated files in the order in which they were written', async () => {
    const { paths, errors } = await expandPaths(inDirectory('app.log*', 'web*'));
    expect(paths).toEqual(
      inDirectory(
        'app.log.10.zst',
        'app.log.2.gz',
        'app.log.1',
        'app.log',
        'web.log-20261119.gz',
        'web.log-20261120',
        'web.log'
      )
    );
    expect(errors).toEqual([]);
  });

  it('orders files that the shell has expanded alike, and keeps the order of different logs', async () => {
    const { paths } = await expandPaths(inDirectory('web.log', 'app.log', 'app.log.1', 'web.log-20261120'));
    expect(paths).toEqual(inDirectory('web.log-20261120', 'web.log', 'app.log.1', 'app.log'));
  });

  it('descends with ** and leaves folders out', async () => {
    const { paths } = await expandPaths(inDirectory('**/*.log'));
    expect(paths).toEqual(inDirectory('app.log', 'odd[1].log', 'sub.log/deep.log', 'web.log'));
  });

  it('reads a file once that is named twice', async () => {
    expect((await expandPaths(inDirectory('app.log', 'app.lo?'))).paths).toEqual(inDirectory('app.log'));
  });

  it("takes a file's own name as it is", async () => {
    expect((await expandPaths(inDirectory('odd[1].log'))).paths).toEqual(inDirectory('odd[1].log'));
  });

  it('names a pattern without files and keeps the others', async () => {
    const { paths, errors } = await expandPaths(['-', ...inDirectory('none*.log', 'absent.log')]);
    expect(paths).toEqual(['-', ...inDirectory('absent.log')]);
    expect(errors.map(String)).toEqual([expect.stringContaining('none*.log: no file has such a name')]);
  });
});
