import type { CountRow, MinuteRow } from './count-row.ts';
import type { CountDifference } from './difference.ts';

const hourMs = 3_600_000;

/** What is added to the sums of one cluster and level in one hour; may be negative. */
export interface HourChange {
  readonly hourMs: number;
  readonly clusterId: string;
  readonly level: number;
  readonly eventCount: number;
  readonly lineCount: number;
}

/** What is added to the totals of one cluster and level; may be negative. */
export type LevelChange = Omit<HourChange, 'hourMs'>;

/** What happens to a cluster's own row. */
export interface ClusterChange {
  readonly clusterId: string;
  readonly eventCount: number;
  readonly lineCount: number;
  /** Earliest and latest time of the rows that came; null when none came. */
  readonly gainedFirstMs: number | null;
  readonly gainedLastMs: number | null;
  /** Earliest and latest time of the rows that went; null when none went. */
  readonly lostFirstMs: number | null;
  readonly lostLastMs: number | null;
}

/** What is added to the sums of one stream in one hour; may be negative. */
export interface StreamHourChange {
  readonly hourMs: number;
  readonly streamId: string;
  readonly lineCount: number;
  readonly unreadLineCount: number;
}

interface SignedRow {
  readonly row: CountRow;
  readonly sign: 1 | -1;
}

/** Changes of the hourly sums; those that cancel out are left out. */
export function sumHourChanges(difference: CountDifference): readonly HourChange[] {
  return sumBy(
    signedRows(difference),
    ({ row }) => `${floorToHour(row.minuteMs)} ${row.clusterId} ${row.level}`,
    ({ row }) => ({ hourMs: floorToHour(row.minuteMs), clusterId: row.clusterId, level: row.level })
  );
}

/** Changes of the totals by level; those that cancel out are left out. */
export function sumLevelChanges(hours: readonly HourChange[]): readonly LevelChange[] {
  return sumBy(
    hours.map((row) => ({ row, sign: 1 as const })),
    ({ row }) => `${row.clusterId} ${row.level}`,
    ({ row }) => ({ clusterId: row.clusterId, level: row.level })
  );
}

/** Changes of the clusters' own rows, in order of id. */
export function sumClusterChanges(difference: CountDifference): readonly ClusterChange[] {
  const changes = new Map<string, ClusterChange>();
  for (const { row, sign } of signedRows(difference)) {
    const change = changes.get(row.clusterId);
    const isGain = sign === 1;
    changes.set(row.clusterId, {
      clusterId: row.clusterId,
      eventCount: (change?.eventCount ?? 0) + sign * row.eventCount,
      lineCount: (change?.lineCount ?? 0) + sign * row.lineCount,
      gainedFirstMs: isGain ? least(change?.gainedFirstMs, row.firstMs) : (change?.gainedFirstMs ?? null),
      gainedLastMs: isGain ? greatest(change?.gainedLastMs, row.lastMs) : (change?.gainedLastMs ?? null),
      lostFirstMs: isGain ? (change?.lostFirstMs ?? null) : least(change?.lostFirstMs, row.firstMs),
      lostLastMs: isGain ? (change?.lostLastMs ?? null) : greatest(change?.lostLastMs, row.lastMs),
    });
  }
  return [...changes.values()].sort((a, b) => (a.clusterId < b.clusterId ? -1 : 1));
}

/** Changes of the streams' hourly sums; those that cancel out are left out. */
export function sumStreamHourChanges(
  written: readonly MinuteRow[],
  replaced: readonly MinuteRow[]
): readonly StreamHourChange[] {
  const changes = new Map<string, StreamHourChange>();
  function add(row: MinuteRow, sign: 1 | -1): void {
    const key = `${floorToHour(row.minuteMs)} ${row.streamId}`;
    const change = changes.get(key);
    changes.set(key, {
      hourMs: floorToHour(row.minuteMs),
      streamId: row.streamId,
      lineCount: (change?.lineCount ?? 0) + sign * row.lineCount,
      unreadLineCount: (change?.unreadLineCount ?? 0) + sign * row.unreadLineCount,
    });
  }
  written.forEach((row) => add(row, 1));
  replaced.forEach((row) => add(row, -1));
  return [...changes.values()].filter((change) => change.lineCount !== 0 || change.unreadLineCount !== 0);
}

function signedRows(difference: CountDifference): readonly SignedRow[] {
  return [
    ...difference.written.map((row) => ({ row, sign: 1 as const })),
    ...difference.replaced.map((row) => ({ row, sign: -1 as const })),
    ...difference.removed.map((row) => ({ row, sign: -1 as const })),
  ];
}

type Counted = { readonly row: { readonly eventCount: number; readonly lineCount: number }; readonly sign: 1 | -1 };
type Sums = { readonly eventCount: number; readonly lineCount: number };

function sumBy<Row extends Counted, Key extends object>(
  rows: readonly Row[],
  keyTextOf: (row: Row) => string,
  keyOf: (row: Row) => Key
): readonly (Key & Sums)[] {
  const sums = new Map<string, Key & Sums>();
  for (const row of rows) {
    const keyText = keyTextOf(row);
    const sum = sums.get(keyText);
    sums.set(keyText, {
      ...keyOf(row),
      eventCount: (sum?.eventCount ?? 0) + row.sign * row.row.eventCount,
      lineCount: (sum?.lineCount ?? 0) + row.sign * row.row.lineCount,
    });
  }
  return [...sums.values()].filter((sum) => sum.eventCount !== 0 || sum.lineCount !== 0);
}

function floorToHour(timeMs: number): number {
  return Math.floor(timeMs / hourMs) * hourMs;
}

function least(a: number | null | undefined, b: number): number {
  return a === null || a === undefined ? b : Math.min(a, b);
}

function greatest(a: number | null | undefined, b: number): number {
  return a === null || a === undefined ? b : Math.max(a, b);
}
