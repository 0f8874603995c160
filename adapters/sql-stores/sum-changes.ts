import type { CountRow, MinuteRow } from './count-row.ts';
import type { CountDifference } from './difference.ts';

const hourMs = 3_600_000;
const fiveMinutesMs = 300_000;

/** Lengths of the stretches whose sums are kept; each divides the next, and they start at multiples of themselves since 1970. */
export const spanLengthsHours = [1, 6, 24] as const;

/** What is added to the sums of one cluster and level in one span; may be negative. */
export interface SpanChange {
  readonly spanHours: number;
  readonly startMs: number;
  readonly clusterId: string;
  readonly level: number;
  readonly eventCount: number;
  readonly lineCount: number;
}

/** What is added to the sums of one cluster and level in a stretch of a length that is known; may be negative. */
export type StretchChange = Omit<SpanChange, 'spanHours'>;

/** What is added to the totals of one cluster and level; may be negative. */
export type LevelChange = Omit<StretchChange, 'startMs'>;

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
  readonly lateLineCount: number;
}

interface SignedRow {
  readonly row: CountRow;
  readonly sign: 1 | -1;
}

/** Changes of the sums of all lengths; those that cancel out are left out. */
export function sumSpanChanges(difference: CountDifference): readonly SpanChange[] {
  const hourly = sumMinutes(difference, hourMs);
  const summed = hourly.map((row) => ({ row, sign: 1 as const }));
  return spanLengthsHours.flatMap((spanHours) => {
    const sums = spanHours === 1 ? hourly : sumBy(summed, spanHours * hourMs);
    return sums.map((sum) => ({ ...sum, spanHours }));
  });
}

/** Changes by cluster, level and five minutes; those that cancel out are left out. */
export function sumFiveMinuteChanges(difference: CountDifference): readonly StretchChange[] {
  return sumMinutes(difference, fiveMinutesMs);
}

/** Changes of the totals by level; those that cancel out are left out. */
export function sumLevelChanges(difference: CountDifference): readonly LevelChange[] {
  // One stretch that holds all time.
  return sumBy(
    signedRows(difference).map(({ row, sign }) => ({ row: { ...row, startMs: 0 }, sign })),
    hourMs
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
      lateLineCount: (change?.lateLineCount ?? 0) + sign * row.lateLineCount,
    });
  }
  written.forEach((row) => add(row, 1));
  replaced.forEach((row) => add(row, -1));
  return [...changes.values()].filter(
    (change) => change.lineCount !== 0 || change.unreadLineCount !== 0 || change.lateLineCount !== 0
  );
}

function signedRows(difference: CountDifference): readonly SignedRow[] {
  return [
    ...difference.written.map((row) => ({ row, sign: 1 as const })),
    ...difference.replaced.map((row) => ({ row, sign: -1 as const })),
    ...difference.removed.map((row) => ({ row, sign: -1 as const })),
  ];
}

interface SignedCount {
  readonly row: StretchChange;
  readonly sign: 1 | -1;
}

function sumMinutes(difference: CountDifference, lengthMs: number): readonly StretchChange[] {
  return sumBy(
    signedRows(difference).map(({ row, sign }) => ({ row: { ...row, startMs: row.minuteMs }, sign })),
    lengthMs
  );
}

function sumBy(counts: readonly SignedCount[], lengthMs: number): readonly StretchChange[] {
  const sums = new Map<string, StretchChange>();
  for (const { row, sign } of counts) {
    const startMs = Math.floor(row.startMs / lengthMs) * lengthMs;
    const key = `${startMs} ${row.clusterId} ${row.level}`;
    const sum = sums.get(key);
    sums.set(key, {
      startMs,
      clusterId: row.clusterId,
      level: row.level,
      eventCount: (sum?.eventCount ?? 0) + sign * row.eventCount,
      lineCount: (sum?.lineCount ?? 0) + sign * row.lineCount,
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
