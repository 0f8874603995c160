import { hashOf } from '../fingerprints/hash.ts';
import type { Labels, LogEntry } from '../records/index.ts';

/**
 * Names a line by what makes it one line: stream, nanosecond, text and structured metadata. 128 bits of SHA-256 as 32 hex digits, so
 * that whoever has the line can check a quotation, and nobody can make another line of the same hash.
 */
export function lineHashOf(entry: LogEntry): string {
  return hashOf(['line', pairsOf(entry.labels), String(entry.timestampNs), entry.line, pairsOf(entry.metadata)]);
}

function pairsOf(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
