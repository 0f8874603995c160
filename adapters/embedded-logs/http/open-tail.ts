import { compileMatcher } from '@loghunter/engine/logql';
import { labelOf, type Labels } from '@loghunter/engine/records';
import type { PushStream } from '@loghunter/ports';

import { embeddedFailure } from '../embedded-failure.ts';
import { labelKey } from '../metrics/series.ts';
import { compileSelection, findSelected } from '../pipeline/select-entries.ts';
import type { SelectedEntry } from '../pipeline/select-entries.ts';
import { apartFromLabels } from '../streams/stream-index.ts';
import type { StreamIndex } from '../streams/stream-index.ts';
import { readLimit, readTime } from './read-parameters.ts';
import { readLogQueryText } from './read-query.ts';

/** Begins to send messages of a tail, each the JSON text that Loki sends; the returned function ends it. */
export type StartTail = (send: (message: string) => void) => () => void;

/** What a tail needs of the store. */
export interface TailContext {
  readonly index: StreamIndex;
  /** Told of all that is pushed, once it is stored; the returned function ends that. */
  readonly subscribe: (listener: (streams: readonly PushStream[]) => void) => () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

// Loki's own bound on delay_for (pkg/loghttp/tail.go of 3.7). Here every line can be read when its push ends, so nothing waits.
const maxDelaySeconds = 5;

/**
 * Reads a tail's parameters: `query`, `limit` and `start` (an hour ago) for the lines that are there already, the newest of them first chosen.
 * Throws `PortError` `rejected` or `not-supported`.
 */
export function openTail({ index, subscribe, now }: TailContext, parameters: URLSearchParams): StartTail {
  const query = readLogQueryText(parameters.get('query') ?? '');
  const limit = readLimit(parameters);
  const delaySeconds = Number(parameters.get('delay_for') ?? '0');
  if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > maxDelaySeconds) {
    throw embeddedFailure('rejected', `delay_for can't be greater than ${maxDelaySeconds}`);
  }
  const toNs = BigInt(Math.floor(now()) + 1) * 1_000_000n;
  const fromNs = readTime(parameters, 'start') ?? toNs - 3_600_000_000_000n;
  const tests = query.matchers.map((matcher) => ({ name: matcher.name, matches: compileMatcher(matcher) }));
  const select = compileSelection(query);

  function selectPushed({ labels, entries }: PushStream): readonly SelectedEntry[] {
    if (!tests.every(({ name, matches }) => matches(labelOf(labels, name) ?? ''))) {
      return [];
    }
    return entries.flatMap(
      ({ timestampNs, line, metadata }) =>
        select(labels, { timestampNs, line, metadata: apartFromLabels(labels, metadata), segmentId: 0 }) ?? []
    );
  }

  return function startTail(send) {
    const stored = findSelected(index, query, { fromNs, toNs }, { direction: 'backward', limit });
    sendEntries(stored.toReversed(), send);
    return subscribe((streams) => sendEntries(streams.flatMap(selectPushed), send));
  };
}

function sendEntries(entries: readonly SelectedEntry[], send: (message: string) => void): void {
  if (entries.length === 0) {
    return;
  }
  const groups = new Map<string, { readonly stream: Labels; readonly values: Array<readonly [string, string]> }>();
  for (const { timestampNs, line, labels, metadata, parsed } of entries) {
    const stream = { ...labels, ...metadata, ...parsed };
    const key = labelKey(stream);
    const group = groups.get(key) ?? { stream, values: [] };
    groups.set(key, group);
    group.values.push([String(timestampNs), line]);
  }
  send(JSON.stringify({ streams: [...groups.values()] }));
}
