import { mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

import type { PortError } from '@loghunter/ports';

import { embeddedFailure } from '../embedded-failure.ts';

// Folders that this process holds: its own process id in a lock file says nothing by itself, because a container's process has the
// same id after every restart.
const heldFolders = new Set<string>();

/** Takes a folder for this process; the returned function gives it back. Throws `PortError` `conflict` when another process has it. */
export async function lockFolder(directory: string): Promise<() => Promise<void>> {
  await makeFolder(directory);
  const path = join(directory, 'lock');
  if (heldFolders.has(path)) {
    throw embeddedFailure('conflict', `the log store's folder ${directory} is already open in this process`);
  }
  heldFolders.add(path);
  try {
    await writeLock(path, directory);
  } catch (error) {
    heldFolders.delete(path);
    throw error;
  }
  return async function unlock() {
    heldFolders.delete(path);
    await unlink(path).catch(() => undefined);
  };
}

async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
  } catch (error) {
    throw cannotWrite(directory, error);
  }
}

function cannotWrite(directory: string, error: unknown): PortError {
  const reason = error instanceof Error ? error.message : String(error);
  return embeddedFailure('unavailable', `the log store's folder ${directory} cannot be written: ${reason}`, error);
}

async function writeLock(path: string, directory: string): Promise<void> {
  // Twice: once more after removing a lock whose process is gone.
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    try {
      const handle = await open(path, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
        throw cannotWrite(directory, error);
      }
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (holder !== process.pid && isRunning(holder)) {
      throw embeddedFailure('conflict', `the log store's folder ${directory} is open in process ${holder}`);
    }
    await unlink(path).catch(() => undefined);
  }
  throw embeddedFailure('conflict', `the log store's folder ${directory} is being opened by another process`);
}

function isRunning(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) {
    return false;
  }
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
