// The append-only log on disk: numbered files of bounded size, the oldest removed when all together grow beyond their bound.
import { mkdir, open, readdir, readFile, stat, truncate, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import type { PushStream } from '@loghunter/ports';

import { embeddedFailure } from '../embedded-failure.ts';
import { decodeSegment, encodeRecord } from './segment-record.ts';

/** The log of pushes, on disk or (without a folder) only counted. */
export interface SegmentLog {
  /** Stores the streams; returns the segment that holds them and the segments that had to go for them. */
  append(
    streams: readonly PushStream[]
  ): Promise<{ readonly segmentId: number; readonly droppedIds: readonly number[] }>;
  close(): Promise<void>;
}

/** What was found when the log was opened. */
export interface OpenedLog {
  readonly log: SegmentLog;
  /** Bytes of a last append that was cut off by a crash, now removed. */
  readonly tornBytes: number;
  /** Bytes that no longer match their checksum; left in place, not served. */
  readonly damagedBytes: number;
}

interface Segment {
  readonly id: number;
  sizeBytes: number;
}

// Small enough that dropping the oldest segment does not drop most of the data, large enough that a full store has few files.
const segmentsPerStore = 16;
const maxSegmentBytes = 64 * 1024 * 1024;
const fileName = /^(\d{10})\.segment$/;

/** A log that lives as long as the process. */
export function createMemoryLog(maxSizeBytes: number): SegmentLog {
  return createLog([], maxSizeBytes, {
    write: () => Promise.resolve(),
    remove: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
}

/** Opens the log in a folder and hands over what it holds, segment by segment, oldest first. */
export async function openDiskLog(
  directory: string,
  maxSizeBytes: number,
  load: (streams: readonly PushStream[], segmentId: number) => void
): Promise<OpenedLog> {
  await mkdir(directory, { recursive: true });
  const ids = (await readdir(directory))
    .flatMap((name) => fileName.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  const segments: Segment[] = [];
  let tornBytes = 0;
  let damagedBytes = 0;
  for (const id of ids) {
    const path = pathOf(directory, id);
    const content = decodeSegment(await readFile(path));
    load(content.streams, id);
    damagedBytes += content.damagedBytes;
    const { size } = await stat(path);
    if (id === ids.at(-1)) {
      await truncate(path, size - content.tailBytes);
      tornBytes = content.tailBytes;
      segments.push({ id, sizeBytes: size - content.tailBytes });
    } else {
      damagedBytes += content.tailBytes;
      segments.push({ id, sizeBytes: size });
    }
  }
  return { log: createLog(segments, maxSizeBytes, createSegmentFiles(directory)), tornBytes, damagedBytes };
}

interface SegmentFiles {
  write(segmentId: number, bytes: readonly Buffer[], sizeBefore: number): Promise<void>;
  remove(segmentId: number): Promise<void>;
  close(): Promise<void>;
}

function createLog(segments: Segment[], maxSizeBytes: number, files: SegmentFiles): SegmentLog {
  const segmentBytes = Math.min(maxSegmentBytes, Math.ceil(maxSizeBytes / segmentsPerStore));

  function segmentFor(sizeBytes: number): Segment {
    const last = segments.at(-1);
    if (last !== undefined && last.sizeBytes + sizeBytes <= segmentBytes) {
      return last;
    }
    const next = { id: (last?.id ?? 0) + 1, sizeBytes: 0 };
    segments.push(next);
    return next;
  }

  async function dropOldest(): Promise<readonly number[]> {
    const droppedIds: number[] = [];
    while (segments.length > 1 && segments.reduce((total, { sizeBytes }) => total + sizeBytes, 0) > maxSizeBytes) {
      const oldest = segments.shift();
      if (oldest !== undefined) {
        await files.remove(oldest.id);
        droppedIds.push(oldest.id);
      }
    }
    return droppedIds;
  }

  return {
    async append(streams) {
      const records = streams.map(encodeRecord);
      const sizeBytes = records.reduce((total, record) => total + record.length, 0);
      const segment = segmentFor(sizeBytes);
      await files.write(segment.id, records, segment.sizeBytes);
      segment.sizeBytes += sizeBytes;
      return { segmentId: segment.id, droppedIds: await dropOldest() };
    },
    close: () => files.close(),
  };
}

function createSegmentFiles(directory: string): SegmentFiles {
  let current: { id: number; handle: FileHandle } | null = null;

  async function handleOf(segmentId: number): Promise<FileHandle> {
    if (current?.id !== segmentId) {
      await current?.handle.close();
      current = null;
      current = { id: segmentId, handle: await open(pathOf(directory, segmentId), 'a') };
      await syncFolder(directory);
    }
    return current.handle;
  }

  return {
    async write(segmentId, bytes, sizeBefore) {
      try {
        const handle = await handleOf(segmentId);
        try {
          await handle.appendFile(Buffer.concat(bytes));
          await handle.datasync();
        } catch (error) {
          // Half a record in the middle of a segment would count as damage later.
          await handle.truncate(sizeBefore).catch(() => undefined);
          throw error;
        }
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw embeddedFailure('unavailable', `the log store's folder cannot be written: ${reason}`, error);
      }
    },
    remove: (segmentId) => unlink(pathOf(directory, segmentId)),
    async close() {
      await current?.handle.close();
      current = null;
    },
  };
}

/** A new file outlives a loss of power only when its folder has been written too. */
async function syncFolder(directory: string): Promise<void> {
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function pathOf(directory: string, segmentId: number): string {
  return join(directory, `${String(segmentId).padStart(10, '0')}.segment`);
}
