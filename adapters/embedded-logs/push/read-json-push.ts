import type { Labels } from '@loghunter/engine/records';
import type { PushStream } from '@loghunter/ports';

import { embeddedFailure } from '../embedded-failure.ts';

/** The streams of a push in JSON. Throws `PortError` `rejected`. */
export function readJsonPush(text: string): readonly PushStream[] {
  const streams = memberOf(parseJson(text), 'streams');
  if (!Array.isArray(streams)) {
    throw embeddedFailure('rejected', 'the push has no list of streams');
  }
  return streams.map(readStream);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw embeddedFailure('rejected', 'the push is no JSON', error);
  }
}

function readStream(value: unknown): PushStream {
  const values = memberOf(value, 'values') ?? [];
  if (!Array.isArray(values)) {
    throw embeddedFailure('rejected', 'the values of a stream are no list');
  }
  return { labels: readLabels(memberOf(value, 'stream'), 'the labels of a stream'), entries: values.map(readEntry) };
}

function readEntry(value: unknown): PushStream['entries'][number] {
  const [timestamp, line, metadata]: readonly unknown[] = Array.isArray(value) ? value : [];
  if (typeof timestamp !== 'string' || !/^\d{1,19}$/.test(timestamp) || typeof line !== 'string') {
    throw embeddedFailure('rejected', 'an entry is [time in nanoseconds as text, line, metadata]');
  }
  const labels = metadata === undefined || metadata === null ? {} : readLabels(metadata, 'structured metadata');
  return { timestampNs: BigInt(timestamp), line, metadata: labels };
}

function readLabels(value: unknown, what: string): Labels {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw embeddedFailure('rejected', `${what} must be an object`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, text]: readonly [string, unknown]) => {
      if (typeof text !== 'string') {
        throw embeddedFailure('rejected', `${what}: the value of '${name}' must be text`);
      }
      return [name, text];
    })
  );
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
