// Reads the body of Loki's push call: JSON, plain or compressed, or Loki's own protobuf. Sizes are bounded before anything is unpacked.
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';

import type { Labels } from '@loghunter/engine/records';
import type { PushStream } from '@loghunter/ports';

import { embeddedFailure, RequestTooLarge } from '../embedded-failure.ts';
import { readJsonPush } from './read-json-push.ts';
import { readProtobufPush } from './read-protobuf-push.ts';

// Loki's own default line limit (limits_config.max_line_size).
const maxLineBytes = 256 * 1024;
/** Of a body before and after it is unpacked; Loki's default for what a distributor takes is of this order. */
const maxBodyBytes = 32 * 1024 * 1024;
// Loki's own defaults for labels (limits_config.max_label_names_per_series, max_label_name_length, max_label_value_length) and for
// structured metadata (max_structured_metadata_entries_count, max_structured_metadata_size).
const maxLabelCount = 15;
const maxLabelNameLength = 1024;
const maxLabelValueLength = 2048;
const maxMetadataCount = 128;
const maxMetadataBytes = 64 * 1024;

const unpackers = { gzip: promisify(gunzip), deflate: promisify(inflate) };

/** The streams of a push. Throws `PortError` `rejected`; nothing of the push is stored then. */
export async function readPush(request: Request): Promise<readonly PushStream[]> {
  const type = request.headers.get('Content-Type')?.split(';', 1).join('').trim() ?? '';
  const body = await readBody(request);
  if (type !== 'application/json' && type !== 'application/x-protobuf' && type !== '') {
    throw embeddedFailure(
      'rejected',
      `Content-Type '${type}' is not supported: send application/json or application/x-protobuf`
    );
  }
  const streams =
    type === 'application/json' ? readJsonPush(body.toString('utf8')) : readProtobufPush(body, maxBodyBytes);
  streams.forEach(checkStream);
  return streams;
}

async function readBody(request: Request): Promise<Buffer> {
  const packed = Buffer.from(await request.arrayBuffer());
  if (packed.length > maxBodyBytes) {
    throw new RequestTooLarge(`the push has more than ${maxBodyBytes} bytes`);
  }
  const encoding = request.headers.get('Content-Encoding') ?? '';
  // Loki's own format is always Snappy; some clients name it here too.
  if (encoding === '' || encoding === 'identity' || encoding === 'snappy') {
    return packed;
  }
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw embeddedFailure('rejected', `Content-Encoding '${encoding}' is not supported`);
  }
  try {
    return await unpackers[encoding](packed, { maxOutputLength: maxBodyBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new RequestTooLarge(`the push has more than ${maxBodyBytes} bytes unpacked`, error);
    }
    throw embeddedFailure('rejected', 'the push cannot be unpacked', error);
  }
}

function checkStream({ labels, entries }: PushStream): void {
  checkLabels(labels);
  for (const { timestampNs, line, metadata } of entries) {
    if (timestampNs < 0n || timestampNs >= 1n << 63n) {
      throw embeddedFailure('rejected', `the time ${timestampNs} is out of range`);
    }
    if (line.length * 3 > maxLineBytes && Buffer.byteLength(line) > maxLineBytes) {
      throw embeddedFailure('rejected', `max entry size ${maxLineBytes} bytes exceeded`);
    }
    checkMetadata(metadata);
  }
}

function checkLabels(labels: Labels): void {
  const names = Object.keys(labels);
  const odd = names.find((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (odd !== undefined) {
    throw embeddedFailure('rejected', `'${odd}' is no label name`);
  }
  // The name that the store adds by itself, to a stream without any label too, does not count.
  if (names.filter((name) => name !== 'service_name').length > maxLabelCount) {
    throw embeddedFailure('rejected', `a stream has ${names.length} labels, ${maxLabelCount} are allowed`);
  }
  for (const [name, value] of Object.entries(labels)) {
    if (name.length > maxLabelNameLength || Buffer.byteLength(value) > maxLabelValueLength) {
      throw embeddedFailure('rejected', `the label '${name.slice(0, 100)}' or its value is too long`);
    }
  }
}

function checkMetadata(metadata: Labels): void {
  const pairs = Object.entries(metadata);
  if (pairs.length === 0) {
    return;
  }
  const bytes = pairs.reduce((total, [name, value]) => total + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (pairs.length > maxMetadataCount || bytes > maxMetadataBytes) {
    throw embeddedFailure(
      'rejected',
      `a line has ${pairs.length} pairs of structured metadata in ${bytes} bytes, ${maxMetadataCount} in ${maxMetadataBytes} are allowed`
    );
  }
}
