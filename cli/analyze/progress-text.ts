import { printable } from '../terminal/printable.ts';
import { formatCount } from './render-table.ts';

/** How far reading has come. */
export interface ReadingProgress {
  readonly name: string;
  readonly lineCount: number;
  readonly durationMs: number;
  /** Bytes of all files so far, before decompression. */
  readonly readBytes: number;
  /** Bytes of all files; null when one of them has no size, such as standard input. */
  readonly totalBytes: number | null;
}

// Before that a rate is chance.
const minRatedMs = 1000;

/** One line: file, percent, lines, lines per second, time left. */
export function progressText({ name, lineCount, durationMs, readBytes, totalBytes }: ReadingProgress): string {
  const rate = `${formatCount(lineCount)} lines, ${formatCount(Math.round((lineCount / Math.max(durationMs, 1)) * 1000))} lines/s`;
  if (totalBytes === null || totalBytes === 0) {
    return `${printable(name)}: ${rate}`;
  }
  // A file may grow while it is read.
  const share = Math.min(1, readBytes / totalBytes);
  const left =
    durationMs < minRatedMs || share === 0 ? '' : `, ${formatDuration((durationMs / share) * (1 - share))} left`;
  return `${printable(name)}: ${Math.floor(share * 100)} %, ${rate}${left}`;
}

function formatDuration(durationMs: number): string {
  const seconds = Math.ceil(durationMs / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) {
    return `${hours} h ${minutes} min`;
  }
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
