import { basename } from 'node:path';
import type { LogStore, PushStream } from '@loghunter/ports';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { createLineSplitter } from '../files/line-splitter.ts';
import { openInput, type Input } from '../files/open-input.ts';
import { printable } from '../terminal/printable.ts';
import { createTimeReader } from '../times/time-reader.ts';
import type { TimeZone } from '../times/time-zone.ts';

/** What was read from the user's files. */
export interface FileRange {
  readonly lineCount: number;
  /** Milliseconds since 1970; the end is just after the last line. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** How files are read and who is told. */
export interface FileFillSettings {
  readonly nowMs: number;
  /** Of times that name none. */
  readonly timeZone: TimeZone;
  readonly signal: AbortSignal;
  readonly onProgress: (text: () => string) => void;
}

type Entry = PushStream['entries'][number];

const batchLineCount = 20_000;
const nanosecondsPerMs = 1_000_000n;

/**
 * Writes every line of the files into the store, one stream a file. Lines without a time get the one before
 * them; in a file without any times they follow each other at one millisecond.
 */
export async function fillWithFiles(
  store: Pick<LogStore, 'push'>,
  paths: readonly string[],
  settings: FileFillSettings
): Promise<FileRange> {
  let range: FileRange = { lineCount: 0, fromMs: Number.MAX_SAFE_INTEGER, toMs: 0 };
  for (const path of paths) {
    const written = await fillWithFile(store, path, settings, (count) => range.lineCount + count);
    range = {
      lineCount: range.lineCount + written.lineCount,
      fromMs: Math.min(range.fromMs, written.fromMs),
      toMs: Math.max(range.toMs, written.toMs),
    };
  }
  if (range.lineCount === 0) {
    throw new CliError(exitCodes.unavailable, `no lines in ${paths.map((path) => printable(path)).join(', ')}`);
  }
  return range;
}

async function fillWithFile(
  store: Pick<LogStore, 'push'>,
  path: string,
  settings: FileFillSettings,
  totalAt: (lineCount: number) => number
): Promise<FileRange> {
  const input = await openInput(path);
  const labels = { service_name: serviceNameOf(path), filename: path === '-' ? 'stdin' : path };
  const stamp = createStamper(input, settings);
  let fromMs = Number.MAX_SAFE_INTEGER;
  let toMs = 0;
  let lineCount = 0;
  let batch: Entry[] = [];

  async function flush(): Promise<void> {
    const entries = stamp.resolve(batch);
    batch = [];
    for (const { timestampNs } of entries) {
      const atMs = Number(timestampNs / nanosecondsPerMs);
      fromMs = Math.min(fromMs, atMs);
      toMs = Math.max(toMs, atMs + 1);
    }
    lineCount += entries.length;
    if (entries.length > 0) {
      await store.push([{ labels, entries }], settings.signal);
      settings.onProgress(() => `reading ${printable(path)}: ${totalAt(lineCount)} lines`);
    }
  }

  const splitter = createLineSplitter((line) => {
    // Loki's clients drop empty lines.
    if (line !== '') {
      batch.push({ timestampNs: stamp.next(line), line, metadata: {} });
    }
  });
  for await (const chunk of input.chunks) {
    splitter.push(chunk);
    if (batch.length >= batchLineCount) {
      await flush();
    }
    if (settings.signal.aborted) {
      break;
    }
  }
  splitter.end();
  await flush();
  return { lineCount, fromMs, toMs };
}

interface Stamper {
  /** Time of a line; 0 plus its number while no time was seen yet. */
  next(line: string): bigint;
  /** Entries with the times that were not known when they were read. */
  resolve(entries: readonly Entry[]): readonly Entry[];
}

// Lines of one millisecond stay apart and in order by microseconds, as far as there are any.
const stepNs = 1000n;
const maxStepCount = 999n;
// A file without times is laid over the hour before it was last written.
const untimedSpanMs = 3_600_000n;
// No log is older than half a day after 1970: smaller values are numbers of lines, not times.
const untimedLimitNs = 43_200_000_000_000n;

function createStamper(input: Input, { nowMs, timeZone }: FileFillSettings): Stamper {
  const endMs = input.modifiedMs ?? nowMs;
  const times = createTimeReader({ referenceMs: endMs, timeZone });
  let lastMs: number | undefined;
  let stepCount = 0n;
  let untimedCount = 0n;

  return {
    next(line) {
      const timeMs = times.read(line);
      if (timeMs === undefined && lastMs === undefined) {
        return untimedCount++;
      }
      const currentMs = timeMs ?? lastMs ?? endMs;
      stepCount = currentMs === lastMs ? stepCount + 1n : 0n;
      lastMs = currentMs;
      return BigInt(currentMs) * nanosecondsPerMs + (stepCount > maxStepCount ? maxStepCount : stepCount) * stepNs;
    },
    resolve(entries) {
      const isUntimed = (entry: Entry) => entry.timestampNs < untimedLimitNs;
      if (!entries.some(isUntimed)) {
        return entries;
      }
      const first = entries.find((entry) => !isUntimed(entry));
      const count = BigInt(entries.filter(isUntimed).length);
      // Lines before the first time belong just before it. Without any time the file ends when it was last written.
      const startNs =
        first === undefined
          ? (BigInt(Math.floor(endMs)) - untimedSpanMs) * nanosecondsPerMs
          : first.timestampNs - count * nanosecondsPerMs - (entries[0]?.timestampNs ?? 0n) * nanosecondsPerMs;
      return entries.map((entry) =>
        isUntimed(entry) ? { ...entry, timestampNs: startNs + untimedOffset(entry.timestampNs) } : entry
      );
    },
  };
}

/** One millisecond a line, and nanoseconds when the hour is full. */
function untimedOffset(index: bigint): bigint {
  return index < untimedSpanMs
    ? index * nanosecondsPerMs
    : (untimedSpanMs - 1n) * nanosecondsPerMs + index - untimedSpanMs;
}

/** `app` for `/var/log/app.log.gz` and `app.log.1`. */
export function serviceNameOf(path: string): string {
  if (path === '-') {
    return 'stdin';
  }
  const name = basename(path)
    .replace(/\.(gz|zst|zstd)$/, '')
    .replace(/\.\d{1,10}$/, '')
    .replace(/\.(log|txt|out|err|json|jsonl|ndjson)$/, '')
    .replace(/-\d{6,10}$/, '');
  return name === '' ? basename(path) : name;
}
