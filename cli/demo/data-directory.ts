import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../terminal/printable.ts';

const markerName = 'loghunter-demo.json';

/** The folder of a running demo. */
export interface DemoDirectory {
  readonly path: string;
  /** Says that no demo uses the folder any more; what it holds stays until the next start. */
  release(): Promise<void>;
}

/**
 * Makes a folder for a demo, empty but for the entry `keptName` when there is one. Only a folder that an earlier demo made is
 * emptied; one in use is refused.
 */
export async function claimDemoDirectory(path: string, keptName?: string): Promise<DemoDirectory> {
  const marker = join(path, markerName);
  try {
    await mkdir(path, { recursive: true });
    const names = await readdir(path);
    if (names.length > 0) {
      await checkReplaceable(path, marker, names);
      const replaced = names.filter((name) => name !== keptName);
      await Promise.all(replaced.map((name) => rm(join(path, name), { recursive: true, force: true })));
    }
    await writeFile(marker, JSON.stringify({ processId: process.pid }));
  } catch (error) {
    throw error instanceof CliError ? error : unusable(path, error);
  }
  return { path, release: () => writeFile(marker, JSON.stringify({ processId: null })) };
}

async function checkReplaceable(path: string, marker: string, names: readonly string[]): Promise<void> {
  if (!names.includes(markerName)) {
    throw new CliError(
      exitCodes.usage,
      `${printable(path)} holds files that no demo made; give an empty or new directory with --data`
    );
  }
  const processId = readProcessId(await readFile(marker, 'utf8'));
  if (processId !== null && (await isLoghunter(processId))) {
    throw new CliError(
      exitCodes.unavailable,
      `another demo (process ${processId}) uses ${printable(path)}; stop it or give another directory with --data`
    );
  }
}

function readProcessId(text: string): number | null {
  try {
    const parsed: unknown = JSON.parse(text);
    const isMarker = typeof parsed === 'object' && parsed !== null && 'processId' in parsed;
    return isMarker && typeof parsed.processId === 'number' ? parsed.processId : null;
  } catch {
    // A torn marker comes from a demo that was killed while it started.
    return null;
  }
}

// A process id is used again by other programs, so the name of the program is looked at where the system tells it.
async function isLoghunter(processId: number): Promise<boolean> {
  try {
    process.kill(processId, 0);
  } catch {
    return false;
  }
  const commandLine = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => null);
  return commandLine === null || commandLine.includes('main.ts\0demo');
}

function unusable(path: string, cause: unknown): CliError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CliError(exitCodes.unavailable, `cannot use ${printable(path)} for the demo: ${printable(reason)}`, cause);
}
