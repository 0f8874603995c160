// Reads the body of Loki's push call: JSON, plain or compressed. Sizes are bounded before anything is unpacked.
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';

import type { Labels } from '@loghunter/engine/records';
import type { PushStream } from '@loghunter/ports';

import { embeddedFailure, notSupportedHere } from './embedded-failure.ts';

// Loki's own default line limit (limits_config.max_line_size).
const maxLineBytes = 256 * 1024;
const maxBodyBytes = 100 * 1024 * 1024;

const unpackers = { gzip: promisify(gunzip), deflate: promisify(inflate) };

/** The streams of a push. Throws `PortError` `rejected` or `not-supported`; nothing of the push is stored then. */
export async function readPush(request: Request): Promise<readonly PushStream[]> {
  const type = request.headers.get('Content-Type')?.split(';', 1).join('').trim() ?? '';
  if (type !== 'application/json') {
    throw notSupportedHere(`push of ${type === '' ? 'application/x-protobuf' : type}; send application/json`);
  }
  const body: unknown = parseJson(await readBody(request));
  const streams = memberOf(body, 'streams');
  if (!Array.isArray(streams)) {
    throw embeddedFailure('rejected', 'the push has no list of streams');
  }
  return streams.map(readStream);
}

async function readBody(request: Request): Promise<string> {
  const packed = Buffer.from(await request.arrayBuffer());
  const encoding = request.headers.get('Content-Encoding') ?? '';
  if (encoding === '' || encoding === 'identity') {
    return packed.toString('utf8');
  }
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw embeddedFailure('rejected', `Content-Encoding '${encoding}' is not supported`);
  }
  try {
    const unpacked = await unpackers[encoding](packed, { maxOutputLength: maxBodyBytes });
    return unpacked.toString('utf8');
  } catch (error) {
    throw embeddedFailure('rejected', `the push cannot be unpacked, or has more than ${maxBodyBytes} bytes`, error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw embeddedFailure('rejected', 'the push is no JSON', error);
  }
}

function readStream(value: unknown): PushStream {
  const labels = readLabels(memberOf(value, 'stream'), 'the labels of a stream');
  const names = Object.keys(labels);
  const odd = names.find((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  if (names.length === 0 || odd !== undefined) {
    throw embeddedFailure('rejected', odd === undefined ? 'a stream needs a label' : `'${odd}' is no label name`);
  }
  const values = memberOf(value, 'values') ?? [];
  if (!Array.isArray(values)) {
    throw embeddedFailure('rejected', 'the values of a stream are no list');
  }
  return { labels, entries: values.map(readEntry) };
}

function readEntry(value: unknown): PushStream['entries'][number] {
  const [timestamp, line, metadata]: readonly unknown[] = Array.isArray(value) ? value : [];
  if (typeof timestamp !== 'string' || !/^\d{1,19}$/.test(timestamp) || typeof line !== 'string') {
    throw embeddedFailure('rejected', 'an entry is [time in nanoseconds as text, line, metadata]');
  }
  if (line.length > maxLineBytes || Buffer.byteLength(line) > maxLineBytes) {
    throw embeddedFailure('rejected', `max entry size ${maxLineBytes} bytes exceeded`);
  }
  const labels = metadata === undefined || metadata === null ? {} : readLabels(metadata, 'structured metadata');
  return { timestampNs: BigInt(timestamp), line, metadata: labels };
}

function readLabels(value: unknown, what: string): Labels {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw embeddedFailure('rejected', `${what} must be an object`);
  }
  const labels: Record<string, string> = {};
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== 'string') {
      throw embeddedFailure('rejected', `${what}: the value of '${name}' must be text`);
    }
    labels[name] = text;
  }
  return labels;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
