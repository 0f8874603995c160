import { isQueryableLabelName, parseQuery, printQuery, rangeAggregation, selector, sum } from '@loghunter/engine/logql';
import type { LabelMatcher } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';
import type { CountEntriesRequest, StreamCount } from '@loghunter/ports';
import { PortError } from '@loghunter/ports';

import { decodeProcessedBytes, decodeSeries } from './decode-answer.ts';
import { listStreams } from './list-streams.ts';
import type { LokiConnection } from './loki-connection.ts';
import { readEntries } from './read-entries.ts';
import type { PageReader } from './read-page.ts';
import { splitStreams } from './split-streams.ts';

// Loki refuses a query of more than 500 series unless told otherwise (max_query_series), and answers of more than 11,000 points a series.
const maxStreamsPerQuery = 400;
const maxStepsPerQuery = 1440;

/**
 * Counts lines per stream in steps [start, start + step). Loki's windows are (t - range, t] and it aligns t to the step, so the query
 * looks forward by 1 ns less than the step: at t = start it sees (start - 1 ns, start + step - 1 ns], which are the same nanoseconds.
 * A look back by 1 ns from the end of the step would be the same range, but Loki 3.7 rounds window end and offset to milliseconds
 * apart and then drops the answer as one of another time; forward the two roundings cancel out (pkg/logql/range_vector.go, `At`).
 */
export async function countEntries(
  connection: LokiConnection,
  pages: PageReader,
  request: CountEntriesRequest
): Promise<readonly StreamCount[]> {
  const matchers = readSelector(request.selector);
  const streams = await listStreams(connection, request);
  if (streams.some((labels) => !Object.keys(labels).every(isQueryableLabelName))) {
    return countByReading(connection, pages, request);
  }
  const parts: Array<readonly StreamCount[]> = [];
  for (const group of splitStreams(streams, maxStreamsPerQuery)) {
    for (const part of stepRanges(request)) {
      const all = [...matchers, ...group.matchers];
      parts.push((await countSteps(connection, request, all, group.labelNames, part)).counts);
    }
  }
  // Not pushed as arguments of one call: a day of a hundred streams would overflow the stack.
  return parts.flat();
}

/** For streams that no query can tell apart, such as those with a label named `by`: exact too, but every line is read. */
async function countByReading(
  connection: LokiConnection,
  pages: PageReader,
  request: CountEntriesRequest
): Promise<readonly StreamCount[]> {
  const counts = new Map<string, { labels: Labels; startMs: number; lineCount: number }>();
  for await (const page of readEntries(connection, pages, { ...request, query: request.selector })) {
    for (const { labels, timestampNs } of page.entries) {
      const startMs = Number(timestampNs / 1_000_000n / BigInt(request.stepMs)) * request.stepMs;
      const key = `${startMs}${JSON.stringify(labels)}`;
      const count = counts.get(key) ?? { labels, startMs, lineCount: 0 };
      count.lineCount += 1;
      counts.set(key, count);
    }
  }
  return [...counts.values()];
}

/** Matchers of a stream selector. Throws `PortError` `rejected` for any other text. */
export function readSelector(text: string): readonly LabelMatcher[] {
  const parsed = parseQuery(text);
  if (parsed.kind === 'query' && parsed.query.kind === 'log' && parsed.query.stages.length === 0) {
    return parsed.query.matchers;
  }
  throw new PortError({ system: 'loki', kind: 'rejected', message: `'${text}' is no stream selector` });
}

/** The range in parts that Loki answers for in one query. */
export function stepRanges(request: CountEntriesRequest): ReadonlyArray<{ fromMs: number; toMs: number }> {
  const [fromMs, toMs] = [Number(request.fromNs / 1_000_000n), Number(request.toNs / 1_000_000n)];
  const spanMs = maxStepsPerQuery * request.stepMs;
  return Array.from({ length: Math.ceil((toMs - fromMs) / spanMs) }, (_unused, index) => ({
    fromMs: fromMs + index * spanMs,
    toMs: Math.min(toMs, fromMs + (index + 1) * spanMs),
  }));
}

/** Points of a series by the labels named, [start, start + step), as {@link countEntries} explains. */
export async function countSteps(
  connection: LokiConnection,
  request: CountEntriesRequest,
  matchers: readonly LabelMatcher[],
  labelNames: readonly string[],
  range: { readonly fromMs: number; readonly toMs: number }
): Promise<{ readonly answer: unknown; readonly counts: readonly StreamCount[] }> {
  const stepNs = BigInt(request.stepMs) * 1_000_000n;
  const counted = rangeAggregation('count_over_time', selector(...matchers), stepNs, 1n - stepNs);
  const answer = await connection({
    path: '/loki/api/v1/query_range',
    parameters: {
      query: printQuery(sum(counted, { mode: 'by', labelNames })),
      start: String(BigInt(range.fromMs) * 1_000_000n),
      end: String(BigInt(range.toMs - request.stepMs) * 1_000_000n),
      step: `${request.stepMs}ms`,
    },
    signal: request.signal,
  });
  request.observeProcessed?.(decodeProcessedBytes(answer));
  const counts = decodeSeries(answer, 'matrix').flatMap(({ labels, points }) =>
    points.map(([startMs, lineCount]) => ({ labels, startMs, lineCount }))
  );
  return { answer, counts };
}
