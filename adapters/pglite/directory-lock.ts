import { link, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { PortError } from '@loghunter/ports';
import { isProcessAlive, readStartTime } from './processes.ts';

/** Held while the folder is open. */
export interface DirectoryLock {
  release(): Promise<void>;
}

interface LockOwner {
  readonly pid: number;
  /** As the kernel counts it, so that a pid that was given to another process is recognised; null where it cannot be read. */
  readonly startTime: string | null;
  readonly host: string;
}

// A holder on another host cannot be asked; twelve missed beats mean that it is gone.
const heartbeatMs = 5_000;
const foreignStaleMs = 60_000;
const maxAttempts = 3;

/** Locks the folder for this process; takes over the lock of a process that no longer runs. Throws `PortError` `conflict` when it is in use. */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = join(directory, 'lock.json');
  try {
    await mkdir(directory, { recursive: true });
    const content = JSON.stringify({
      pid: process.pid,
      startTime: await readStartTime(process.pid),
      host: hostname(),
    } satisfies LockOwner);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      if (await createExclusively(path, content)) {
        return holdLock(path, content);
      }
      await removeStaleLock(path, directory);
    }
  } catch (error) {
    throw error instanceof PortError ? error : directoryError(directory, error);
  }
  throw inUse(directory, 'several processes are starting on it');
}

function holdLock(path: string, content: string): DirectoryLock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, heartbeatMs);
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      if ((await readFile(path, 'utf8').catch(() => '')) === content) {
        await rm(path, { force: true });
      }
    },
  };
}

async function createExclusively(path: string, content: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(content);
    await file.close();
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) {
      return false;
    }
    throw error;
  }
}

async function removeStaleLock(path: string, directory: string): Promise<void> {
  const content = await readFile(path, 'utf8').catch(() => undefined);
  if (content === undefined) {
    return;
  }
  const holder = await describeHolder(path, content);
  if (holder !== undefined) {
    throw inUse(directory, holder);
  }
  // Moved away first: when two processes take over at once, the later one finds the winner's lock in its hands and puts it back.
  const takenPath = `${path}.${process.pid}`;
  await rename(path, takenPath).catch(() => undefined);
  const taken = await readFile(takenPath, 'utf8').catch(() => content);
  if (taken !== content) {
    await link(takenPath, path).catch(() => undefined);
  }
  await rm(takenPath, { force: true });
}

/** Who holds the lock, in words; undefined when nobody does any more. */
async function describeHolder(path: string, content: string): Promise<string | undefined> {
  const owner = parseOwner(content);
  const ageMs = Date.now() - (await stat(path)).mtimeMs;
  if (owner === undefined) {
    // A lock without content is one that is being written, or was cut off by a crash.
    return ageMs < heartbeatMs ? 'another process is starting on it' : undefined;
  }
  if (owner.host !== hostname()) {
    return ageMs < foreignStaleMs ? `process ${owner.pid} on ${owner.host} has it open` : undefined;
  }
  const isSame = isProcessAlive(owner.pid) && (await readStartTime(owner.pid)) === owner.startTime;
  if (!isSame) {
    return undefined;
  }
  return owner.pid === process.pid ? 'this process has it open already' : `process ${owner.pid} has it open`;
}

function parseOwner(content: string): LockOwner | undefined {
  try {
    const value: unknown = JSON.parse(content);
    const isOwner =
      typeof value === 'object' && value !== null && 'pid' in value && 'host' in value && 'startTime' in value;
    if (!isOwner || typeof value.pid !== 'number' || typeof value.host !== 'string') {
      return undefined;
    }
    return {
      pid: value.pid,
      host: value.host,
      startTime: typeof value.startTime === 'string' ? value.startTime : null,
    };
  } catch {
    return undefined;
  }
}

function inUse(directory: string, holder: string): PortError {
  return new PortError({
    system: 'pglite',
    kind: 'conflict',
    message: `The embedded database in ${directory} is in use: ${holder}. Only one process may open it; use Postgres for more than one`,
  });
}

function directoryError(directory: string, error: unknown): PortError {
  const reason = error instanceof Error ? error.message : String(error);
  return new PortError({
    system: 'pglite',
    kind: 'unavailable',
    isRetryable: false,
    message: `The folder ${directory} of the embedded database cannot be used: ${reason}`,
    cause: error,
  });
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
