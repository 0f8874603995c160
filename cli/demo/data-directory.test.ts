import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { claimDemoDirectory } from './data-directory.ts';

const root = mkdtempSync(join(tmpdir(), 'loghunter-demo-'));
afterAll(() => rmSync(root, { recursive: true }));

describe("the demo's folder", () => {
  it('is made when it is missing', async () => {
    const path = join(root, 'new', 'demo');
    await claimDemoDirectory(path);
    expect(readdirSync(path)).toEqual(['loghunter-demo.json']);
  });

  it('loses what an older demo left in it', async () => {
    const path = join(root, 'old');
    await (await claimDemoDirectory(path)).release();
    writeFileSync(join(path, 'leftover'), 'x');
    await claimDemoDirectory(path);
    expect(existsSync(join(path, 'leftover'))).toBe(false);
  });

  it('is taken over from a demo that was killed', async () => {
    const path = join(root, 'killed');
    await claimDemoDirectory(path);
    writeFileSync(join(path, 'loghunter-demo.json'), '{"processId":');
    await expect(claimDemoDirectory(path)).resolves.toMatchObject({ path });
  });

  it('is refused while another demo runs in it', async () => {
    const path = join(root, 'busy');
    await claimDemoDirectory(path);
    // Stands for a running demo: what counts is how its command line ends.
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'x/main.ts', 'demo']);
    try {
      await once(other, 'spawn');
      writeFileSync(join(path, 'loghunter-demo.json'), JSON.stringify({ processId: other.pid }));
      await expect(claimDemoDirectory(path)).rejects.toMatchObject({
        exitCode: 3,
        message: expect.stringContaining(`process ${other.pid}`),
      });
    } finally {
      other.kill();
    }
  });

  it('is never a folder with the files of somebody else', async () => {
    const path = mkdtempSync(join(root, 'home-'));
    writeFileSync(join(path, 'thesis.txt'), 'x');
    await expect(claimDemoDirectory(path)).rejects.toMatchObject({ exitCode: 2 });
    expect(existsSync(join(path, 'thesis.txt'))).toBe(true);
  });

  it('is refused when it cannot be made', async () => {
    const file = join(root, 'file');
    writeFileSync(file, 'x');
    await expect(claimDemoDirectory(join(file, 'demo'))).rejects.toMatchObject({ exitCode: 3 });
  });
});
