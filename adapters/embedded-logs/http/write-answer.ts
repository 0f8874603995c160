import type { Labels } from '@loghunter/engine/records';

import type { Series } from '../metrics/evaluate-metric.ts';
import { labelKey } from '../metrics/group-entries.ts';
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

function joinedLabels({ labels, entry, parsed }: SelectedEntry): Labels {
  return { ...labels, ...entry.metadata, ...parsed };
}

function encodeEntry({ entry, parsed }: SelectedEntry, keepsApart: boolean): unknown[] {
  const value: unknown[] = [String(entry.timestampNs), entry.line];
  if (keepsApart) {
    const metadata = Object.entries(entry.metadata).filter(([name]) => !(name in parsed));
    value.push({
      ...(metadata.length > 0 ? { structuredMetadata: Object.fromEntries(metadata) } : {}),
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

/** Series at one time. */
export function vectorAnswer(series: readonly Series[]): Response {
  const result = series.flatMap(({ labels, points }) =>
    points.map((point) => ({ metric: labels, value: encodePoint(point) }))
  );
  return successAnswer({ resultType: 'vector', result, stats: noStatistics });
}

function encodePoint([timeNs, value]: readonly [bigint, number]): readonly [number, string] {
  return [Number(timeNs / 1_000_000n) / 1000, String(value)];
}
