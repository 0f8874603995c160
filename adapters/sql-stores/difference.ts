import type { CountRow, MinuteRow } from './count-row.ts';

/** What must happen to the stored rows so that they become the wanted ones. */
export interface CountDifference {
  /** Stored rows whose key is not wanted any more. */
  readonly removed: readonly CountRow[];
  /** Wanted rows that are new or differ. */
  readonly written: readonly CountRow[];
  /** Stored rows that a written one replaces. */
  readonly replaced: readonly CountRow[];
}

/** Compares count rows by (stream, minute, cluster, level); each key occurs once on either side. */
export function compareCounts(stored: readonly CountRow[], wanted: readonly CountRow[]): CountDifference {
  const left = new Map(stored.map((row) => [keyOf(row), row]));
  const written: CountRow[] = [];
  const replaced: CountRow[] = [];
  for (const row of wanted) {
    const key = keyOf(row);
    const old = left.get(key);
    left.delete(key);
    if (old === undefined || !isSame(old, row)) {
      written.push(row);
      if (old !== undefined) {
        replaced.push(old);
      }
    }
  }
  return { removed: [...left.values()], written, replaced };
}

/** Wanted minutes that are new or differ, with their late lines, and the stored rows that they replace. `isReread` as in `LedgerWrite`. */
export function compareMinutes(
  stored: readonly MinuteRow[],
  wanted: readonly MinuteRow[],
  isReread = false
): { readonly written: readonly MinuteRow[]; readonly replaced: readonly MinuteRow[] } {
  const byKey = new Map(stored.map((row) => [minuteKeyOf(row), row]));
  const written = wanted.filter((row) => {
    const old = byKey.get(minuteKeyOf(row));
    return (
      old?.lineCount !== row.lineCount || old.unreadLineCount !== row.unreadLineCount || old.isClosed !== row.isClosed
    );
  });
  const replaced = written.map((row) => byKey.get(minuteKeyOf(row))).filter((row) => row !== undefined);
  return { written: written.map((row) => withLateLines(row, byKey.get(minuteKeyOf(row)), isReread)), replaced };
}

// What a minute gains after it was complete came late; what it loses is taken from that first.
function withLateLines(row: MinuteRow, old: MinuteRow | undefined, isReread: boolean): MinuteRow {
  if (old === undefined) {
    return isReread ? { ...row, lateLineCount: row.lineCount } : row;
  }
  const gained = old.isClosed ? row.lineCount + row.unreadLineCount - old.lineCount - old.unreadLineCount : 0;
  return { ...row, lateLineCount: Math.min(row.lineCount, Math.max(0, old.lateLineCount + gained)) };
}

function keyOf(row: CountRow): string {
  return `${row.streamId} ${row.minuteMs} ${row.clusterId} ${row.level}`;
}

function minuteKeyOf(row: MinuteRow): string {
  return `${row.streamId} ${row.minuteMs}`;
}

function isSame(a: CountRow, b: CountRow): boolean {
  return (
    a.eventCount === b.eventCount && a.lineCount === b.lineCount && a.firstMs === b.firstMs && a.lastMs === b.lastMs
  );
}
