// Reads Loki's answers. Only what is used is looked at; anything that does not fit is a PortError of kind invalid-answer.
import type { Labels, LogEntry } from '@loghunter/engine/records';
import { PortError } from '@loghunter/ports';

/** A series of a metric answer. */
export interface LokiSeries {
  readonly labels: Labels;
  /** Evaluation time in milliseconds since 1970, and the value. */
  readonly points: ReadonlyArray<readonly [timeMs: number, value: number]>;
}

const noLabels: Labels = Object.freeze({});

/** The member `data` of an answer. */
function dataOf(answer: unknown): unknown {
  return member(answer, 'data');
}

/** Entries of a `streams` answer, in no particular order over streams; entries of one stream share their labels object. */
export function decodeEntries(answer: unknown): LogEntry[] {
  const entries: LogEntry[] = [];
  const labelsByKey = new Map<string, Labels>();
  for (const stream of resultOf(answer, 'streams')) {
    const labels = sharedLabels(labelsByKey, readStream(member(stream, 'stream')));
    for (const value of asArray(member(stream, 'values'))) {
      entries.push(decodeEntry(labels, value));
    }
  }
  return entries;
}

function decodeEntry(labels: Labels, value: unknown): LogEntry {
  const [timestamp, line, categories] = asArray(value);
  const metadata =
    typeof categories === 'object' && categories !== null ? Reflect.get(categories, 'structuredMetadata') : undefined;
  return {
    labels,
    timestampNs: decodeTime(timestamp),
    line: decodeLine(line),
    metadata: metadata === undefined ? noLabels : readLabels(metadata),
  };
}

/** Nanoseconds since 1970 of an entry. */
export function decodeTime(timestamp: unknown): bigint {
  if (typeof timestamp !== 'string' || !/^\d+$/.test(timestamp)) {
    throw invalidAnswer('a log entry has no time');
  }
  return BigInt(timestamp);
}

/** Line of an entry. */
export function decodeLine(line: unknown): string {
  if (typeof line !== 'string') {
    throw invalidAnswer('a log entry has no line');
  }
  return line;
}

/** The label set as it was first met, so that equal ones are one object. */
export function sharedLabels(known: Map<string, Labels>, labels: Labels): Labels {
  const key = JSON.stringify(labels);
  const earlier = known.get(key);
  if (earlier === undefined) {
    known.set(key, labels);
  }
  return earlier ?? labels;
}

/** Series of a `matrix` or `vector` answer. */
export function decodeSeries(answer: unknown, resultType: 'matrix' | 'vector'): readonly LokiSeries[] {
  return resultOf(answer, resultType).map((series) => ({
    labels: readLabels(member(series, 'metric')),
    points: (resultType === 'matrix' ? asArray(member(series, 'values')) : [member(series, 'value')]).map(decodePoint),
  }));
}

function decodePoint(point: unknown): readonly [number, number] {
  const [timeSeconds, value] = asArray(point);
  const number = typeof value === 'string' ? Number(value) : Number.NaN;
  if (typeof timeSeconds !== 'number' || Number.isNaN(number)) {
    throw invalidAnswer('a series has a point without a time or a number');
  }
  return [Math.round(timeSeconds * 1000), number];
}

/** The list in `data` of labels and label values; Loki leaves it out when it is empty. */
export function decodeNames(answer: unknown): readonly string[] {
  const names = optionalMember(answer, 'data') ?? [];
  return asArray(names).map((name) => {
    if (typeof name !== 'string') {
      throw invalidAnswer('a list of names holds something else');
    }
    return name;
  });
}

/** The label sets in `data` of the series call, each once. */
export function decodeLabelSets(answer: unknown): readonly Labels[] {
  const known = new Map<string, Labels>();
  asArray(optionalMember(answer, 'data') ?? []).forEach((stream) => sharedLabels(known, readStream(stream)));
  return [...known.values()];
}

/** A count such as `streams` of the index/stats call. */
export function decodeCount(answer: unknown, name: string): number {
  const count = member(answer, name);
  if (typeof count !== 'number') {
    throw invalidAnswer(`'${name}' is no number`);
  }
  return count;
}

/** Bytes of lines that Loki went through for a query; 0 when it does not say. */
export function decodeProcessedBytes(answer: unknown): number {
  const summary = optionalMember(optionalMember(dataOf(answer), 'stats') ?? {}, 'summary') ?? {};
  const sizeBytes = optionalMember(summary, 'totalBytesProcessed');
  return typeof sizeBytes === 'number' ? sizeBytes : 0;
}

/** The list of results of an answer of the type named. */
export function resultOf(answer: unknown, resultType: string): readonly unknown[] {
  const data = dataOf(answer);
  if (member(data, 'resultType') !== resultType) {
    throw invalidAnswer(`the result is no ${resultType}`);
  }
  return asArray(optionalMember(data, 'result') ?? []);
}

/**
 * A stream without the label by which Loki's distributor deals the lines of a busy stream out to several (`shard_streams`): they are
 * one stream to whoever wrote it, whose stack traces and repeated lines would come apart.
 */
export function readStream(value: unknown): Labels {
  const { __stream_shard__: _shard, ...labels } = readLabels(value);
  return labels;
}

/** The label set as it came, which costs no line a copy; in a copy where a value is no text. */
function readLabels(value: unknown): Labels {
  if (typeof value !== 'object' || value === null) {
    throw invalidAnswer('a label set is no object');
  }
  return isLabels(value)
    ? value
    : Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}

function isLabels(value: object): value is Labels {
  return Object.values(value).every((text) => typeof text === 'string');
}

/** A member that must be there. */
export function member(value: unknown, name: string): unknown {
  const found = optionalMember(value, name);
  if (found === undefined) {
    throw invalidAnswer(`'${name}' is missing`);
  }
  return found;
}

function optionalMember(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) {
    throw invalidAnswer(`'${name}' is missing`);
  }
  const found: unknown = Reflect.get(value, name);
  return found === null ? undefined : found;
}

/** A list that must be one. */
export function asArray(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) {
    throw invalidAnswer('a list is missing');
  }
  return value;
}

function invalidAnswer(detail: string): PortError {
  return new PortError({ system: 'loki', kind: 'invalid-answer', message: `Loki's answer cannot be read: ${detail}` });
}
