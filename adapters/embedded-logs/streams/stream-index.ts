import { compileMatcher } from '@loghunter/engine/logql';
import type { LabelMatcher } from '@loghunter/engine/logql';
import { labelOf, type Labels } from '@loghunter/engine/records';
import type { PushStream } from '@loghunter/ports';

import { createLogStream } from './log-stream.ts';
import type { LogStream } from './log-stream.ts';

/** All streams, in memory. */
export interface StreamIndex {
  add(stream: PushStream, segmentId: number): void;
  /** Streams whose labels fulfil all matchers. */
  select(matchers: readonly LabelMatcher[]): readonly LogStream[];
  dropSegment(segmentId: number): void;
}

const noMetadata: Labels = Object.freeze({});

/** An index without streams. */
export function createStreamIndex(): StreamIndex {
  const streams = new Map<string, LogStream>();

  function streamOf(labels: Labels): LogStream {
    const sorted = Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
    const key = JSON.stringify(sorted);
    let stream = streams.get(key);
    if (stream === undefined) {
      stream = createLogStream(Object.freeze(sorted));
      streams.set(key, stream);
    }
    return stream;
  }

  return {
    add({ labels, entries }, segmentId) {
      const stream = streamOf(labels);
      for (const { timestampNs, line, metadata } of entries) {
        stream.append({ timestampNs, line, metadata: apartFromLabels(stream.labels, metadata), segmentId });
      }
    },
    select(matchers) {
      const tests = matchers.map((matcher) => ({ name: matcher.name, matches: compileMatcher(matcher) }));
      return [...streams.values()].filter(({ labels }) =>
        tests.every(({ name, matches }) => matches(labelOf(labels, name) ?? ''))
      );
    },
    dropSegment(segmentId) {
      for (const [key, stream] of streams) {
        stream.dropSegment(segmentId);
        if (stream.isEmpty()) {
          streams.delete(key);
        }
      }
    },
  };
}

/** Loki shows structured metadata that has the name of a stream label under `<name>_extracted`. */
export function apartFromLabels(labels: Labels, metadata: Labels): Labels {
  const names = Object.keys(metadata);
  if (names.length === 0) {
    return noMetadata;
  }
  if (!names.some((name) => Object.hasOwn(labels, name))) {
    return metadata;
  }
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [Object.hasOwn(labels, name) ? `${name}_extracted` : name, value])
  );
}
