// Reads the body of Loki's push call: JSON, plain or compressed, or Loki's own protobuf. Sizes are bounded before anything is unpacked.
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';

import type { PushStream } from '@loghunter/ports';

import { embeddedFailure } from '../embedded-failure.ts';
import { readJsonPush } from './read-json-push.ts';
import { readProtobufPush } from './read-protobuf-push.ts';

// Loki's own default line limit (limits_config.max_line_size).
const maxLineBytes = 256 * 1024;
const maxBodyBytes = 100 * 1024 * 1024;

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
    throw embeddedFailure('rejected', `the push cannot be unpacked, or has more than ${maxBodyBytes} bytes`, error);
  }
}

function checkStream({ labels, entries }: PushStream): void {
  const names = Object.keys(labels);
  const odd = names.find((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (names.length === 0 || odd !== undefined) {
    throw embeddedFailure('rejected', odd === undefined ? 'a stream needs a label' : `'${odd}' is no label name`);
  }
  for (const { timestampNs, line } of entries) {
    if (timestampNs < 0n || timestampNs >= 1n << 63n) {
      throw embeddedFailure('rejected', `the time ${timestampNs} is out of range`);
    }
    if (line.length * 3 > maxLineBytes && Buffer.byteLength(line) > maxLineBytes) {
      throw embeddedFailure('rejected', `max entry size ${maxLineBytes} bytes exceeded`);
    }
  }
}
