// One record of a segment file: marker, length and CRC-32 of the payload (big-endian), payload. The payload is JSON, one stream's
// labels and entries. The marker lets a reader find the next record after a damaged one.
import { crc32 } from 'node:zlib';

import type { PushStream } from '@loghunter/ports';

const marker = Buffer.from('LHR1', 'latin1');
const headerBytes = 12;

/** Encodes one stream's entries. */
export function encodeRecord({ labels, entries }: PushStream): Buffer {
  const rows = entries.map(({ timestampNs, line, metadata }) => {
    const row: unknown[] = [String(timestampNs), line.toWellFormed()];
    if (Object.keys(metadata).length > 0) {
      row.push(metadata);
    }
    return row;
  });
  const payload = Buffer.from(JSON.stringify([labels, rows]), 'utf8');
  const record = Buffer.allocUnsafe(headerBytes + payload.length);
  marker.copy(record);
  record.writeUInt32BE(payload.length, 4);
  record.writeUInt32BE(crc32(payload), 8);
  payload.copy(record, headerBytes);
  return record;
}

/** What a segment file holds. */
export interface SegmentContent {
  readonly streams: readonly PushStream[];
  /** Bytes after the last whole record: an append that was cut off, or damage. */
  readonly tailBytes: number;
  /** Bytes before the last whole record that belong to none. */
  readonly damagedBytes: number;
}

/** Reads all records that are whole; skips what is damaged. */
export function decodeSegment(file: Buffer): SegmentContent {
  const streams: PushStream[] = [];
  let damagedBytes = 0;
  let endOfLast = 0;
  let position = 0;
  while (position < file.length) {
    const payload = readPayload(file, position);
    if (payload === null) {
      const next = file.indexOf(marker, position + 1);
      position = next === -1 ? file.length : next;
      continue;
    }
    damagedBytes += position - endOfLast;
    streams.push(decodePayload(payload));
    position += headerBytes + payload.length;
    endOfLast = position;
  }
  return { streams, tailBytes: file.length - endOfLast, damagedBytes };
}

function readPayload(file: Buffer, position: number): Buffer | null {
  const start = position + headerBytes;
  if (start > file.length || !file.subarray(position, position + 4).equals(marker)) {
    return null;
  }
  const end = start + file.readUInt32BE(position + 4);
  const payload = file.subarray(start, end);
  return end <= file.length && crc32(payload) === file.readUInt32BE(position + 8) ? payload : null;
}

function decodePayload(payload: Buffer): PushStream {
  // The checksum has proven that these are the bytes that encodeRecord wrote.
  const [labels, rows]: [PushStream['labels'], ReadonlyArray<[string, string, PushStream['labels']?]>] = JSON.parse(
    payload.toString('utf8')
  );
  return {
    labels,
    entries: rows.map(([timestamp, line, metadata]) => ({
      timestampNs: BigInt(timestamp),
      line,
      metadata: metadata ?? {},
    })),
  };
}
