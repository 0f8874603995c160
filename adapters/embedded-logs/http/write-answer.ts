import type { Labels } from '@loghunter/engine/records';

import type { MetricValue } from '../metrics/binary-operation.ts';
import { labelKey } from '../metrics/series.ts';
import type { Series } from '../metrics/series.ts';
import type { SelectedEntry } from '../pipeline/select-entries.ts';

// Loki's clients read `stats` without asking whether it is there.
const noStatistics = { summary: { totalBytesProcessed: 0, totalLinesProcessed: 0, execTime: 0 } };

/** An answer with Loki's envelope. */
export function successAnswer(data: unknown): Response {
  return Response.json({ status: 'success', data });
}

/** Lines, grouped into streams as Loki groups them: by all labels, or with the labels' origins kept apart. */
export function streamsAnswer(entries: readonly SelectedEntry[], keepsApart: boolean): Response {
  const groups = Map.groupBy(entries, (selected) => labelKey(keepsApart ? selected.labels : joinedLabels(selected)));
  const result = [...groups.values()].map((members) => ({
    stream: members[0] === undefined ? {} : keepsApart ? members[0].labels : joinedLabels(members[0]),
    values: members.map((selected) => encodeEntry(selected, keepsApart)),
  }));
  const flags = keepsApart ? { encodingFlags: ['categorize-labels'] } : {};
  return successAnswer({ resultType: 'streams', ...flags, result, stats: noStatistics });
}

function joinedLabels({ labels, metadata, parsed }: SelectedEntry): Labels {
  return { ...labels, ...metadata, ...parsed };
}

function encodeEntry({ timestampNs, line, metadata, parsed }: SelectedEntry, keepsApart: boolean): unknown[] {
  const value: unknown[] = [String(timestampNs), line];
  if (keepsApart) {
    value.push({
      ...(Object.keys(metadata).length > 0 ? { structuredMetadata: metadata } : {}),
      ...(Object.keys(parsed).length > 0 ? { parsed } : {}),
    });
  }
  return value;
}

/** Series over time. */
export function matrixAnswer(series: readonly Series[]): Response {
  const result = series
    .filter(({ points }) => points.length > 0)
    .map(({ labels, points }) => ({ metric: labels, values: points.map(encodePoint) }));
  return successAnswer({ resultType: 'matrix', result, stats: noStatistics });
}

/** A number, or series at one time. */
export function instantAnswer(value: MetricValue, timeNs: bigint): Response {
  if (typeof value === 'number') {
    return successAnswer({ resultType: 'scalar', result: encodePoint([timeNs, value]), stats: noStatistics });
  }
  const result = value.flatMap(({ labels, points }) =>
    points.map((point) => ({ metric: labels, value: encodePoint(point) }))
  );
  return successAnswer({ resultType: 'vector', result, stats: noStatistics });
}

function encodePoint([timeNs, value]: readonly [bigint, number]): readonly [number, string] {
  return [Number(timeNs / 1_000_000n) / 1000, printNumber(value)];
}

/** A number as Go prints it: all digits, no exponent. */
export function printNumber(value: number): string {
  if (value === Infinity) {
    return '+Inf';
  }
  const text = String(value);
  const [, sign = '', whole = '', fraction = '', exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) {
    return Object.is(value, -0) ? '-0' : text;
  }
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  return point > 0 ? sign + digits.padEnd(point, '0') : `${sign}0.${'0'.repeat(-point)}${digits}`;
}
