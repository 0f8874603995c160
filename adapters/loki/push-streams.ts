import type { PushStream } from '@loghunter/ports';

import type { LokiConnection } from './loki-connection.ts';

// Well under the 4 MiB that proxies in front of Loki often allow, and under Loki's own 100 MiB.
const maxRequestCharacters = 3_000_000;

/** Writes streams in as few requests as their size allows. Loki stores a request's good lines even when it refuses others. */
export async function pushStreams(
  connection: LokiConnection,
  streams: readonly PushStream[],
  signal: AbortSignal
): Promise<void> {
  for (const body of pushBodies(streams)) {
    await connection({ path: '/loki/api/v1/push', body, signal });
  }
}

function* pushBodies(streams: readonly PushStream[]): Generator<string> {
  let written: string[] = [];
  let size = 0;
  for (const { labels, entries } of streams) {
    let values: string[] = [];
    for (const entry of entries) {
      const value = encodeEntry(entry);
      values.push(value);
      size += value.length;
      if (size > maxRequestCharacters) {
        yield requestBody([...written, encodeStream(labels, values)]);
        written = [];
        values = [];
        size = 0;
      }
    }
    if (values.length > 0) {
      written.push(encodeStream(labels, values));
    }
  }
  if (written.length > 0) {
    yield requestBody(written);
  }
}

function requestBody(streams: readonly string[]): string {
  return `{"streams":[${streams.join(',')}]}`;
}

function encodeStream(labels: PushStream['labels'], values: readonly string[]): string {
  return `{"stream":${JSON.stringify(labels)},"values":[${values.join(',')}]}`;
}

function encodeEntry({ timestampNs, line, metadata }: PushStream['entries'][number]): string {
  const hasMetadata = Object.keys(metadata).length > 0;
  // JSON cannot hold half of a surrogate pair in UTF-8; the replacement character is what Loki would store.
  return JSON.stringify([String(timestampNs), line.toWellFormed(), ...(hasMetadata ? [metadata] : [])]);
}
