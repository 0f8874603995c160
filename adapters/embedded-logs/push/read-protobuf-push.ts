// Loki's own push format: a PushRequest message (pkg/push/push.proto of Loki 3.7) as one raw Snappy block.
import { unquoteText } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';
import type { PushStream } from '@loghunter/ports';

import { embeddedFailure } from '../embedded-failure.ts';
import { readProtobufFields } from './protobuf-fields.ts';
import { unpackSnappyBlock } from './snappy-block.ts';

/** The streams of a push. Throws `PortError` `rejected`. */
export function readProtobufPush(body: Buffer, maxBytes: number): readonly PushStream[] {
  const streams: PushStream[] = [];
  for (const [field, value] of readProtobufFields(unpack(body, maxBytes))) {
    if (field === 1 && Buffer.isBuffer(value)) {
      streams.push(readStream(value));
    }
  }
  return streams;
}

function unpack(body: Buffer, maxBytes: number): Buffer {
  const message = unpackSnappyBlock(body, maxBytes);
  if (message === null) {
    throw embeddedFailure('rejected', `the push is no Snappy block, or has more than ${maxBytes} bytes`);
  }
  return message;
}

function readStream(message: Buffer): PushStream {
  let labels: Labels | null = null;
  const entries: Array<PushStream['entries'][number]> = [];
  for (const [field, value] of readProtobufFields(message)) {
    if (field === 1 && Buffer.isBuffer(value)) {
      labels = parseLabels(value.toString('utf8'));
    } else if (field === 2 && Buffer.isBuffer(value)) {
      entries.push(readEntry(value));
    }
  }
  if (labels === null) {
    throw embeddedFailure('rejected', 'a stream needs labels');
  }
  return { labels, entries };
}

function readEntry(message: Buffer): PushStream['entries'][number] {
  let timestampNs = 0n;
  let line = '';
  const metadata: Array<readonly [string, string]> = [];
  for (const [field, value] of readProtobufFields(message)) {
    if (field === 1 && Buffer.isBuffer(value)) {
      timestampNs = readTimestamp(value);
    } else if (field === 2 && Buffer.isBuffer(value)) {
      line = value.toString('utf8');
    } else if (field === 3 && Buffer.isBuffer(value)) {
      metadata.push(readPair(value));
    }
  }
  return { timestampNs, line, metadata: Object.fromEntries(metadata) };
}

function readTimestamp(message: Buffer): bigint {
  let [seconds, nanos] = [0n, 0n];
  for (const [field, value] of readProtobufFields(message)) {
    if (typeof value === 'bigint') {
      [seconds, nanos] = field === 1 ? [BigInt.asIntN(64, value), nanos] : [seconds, BigInt.asIntN(64, value)];
    }
  }
  return seconds * 1_000_000_000n + nanos;
}

function readPair(message: Buffer): readonly [string, string] {
  let [name, text] = ['', ''];
  for (const [field, value] of readProtobufFields(message)) {
    if (Buffer.isBuffer(value)) {
      [name, text] = field === 1 ? [value.toString('utf8'), text] : [name, value.toString('utf8')];
    }
  }
  return [name, text];
}

const pair = /\s*([A-Za-z_][A-Za-z0-9_]*)\s*=\s*("(?:[^"\\]|\\.)*"|`[^`]*`)\s*(,|\})/y;

/** Labels as Loki's clients write them: `{app="shop", env="prod"}`. */
function parseLabels(text: string): Labels {
  const labels = new Map<string, string>();
  const end = text.trimEnd().length;
  let position = text.indexOf('{') + 1;
  while (position < end) {
    pair.lastIndex = position;
    const [whole = '', name = '', written = '', next = ''] = pair.exec(text) ?? [];
    const value = unquoteText(written);
    if (whole === '' || value === null || labels.has(name)) {
      throw embeddedFailure('rejected', `the labels of a stream cannot be read: ${text.slice(0, 200)}`);
    }
    labels.set(name, value);
    position += whole.length;
    if (next === '}') {
      break;
    }
  }
  return Object.fromEntries(labels);
}
