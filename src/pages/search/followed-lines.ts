// What a live view holds: lines that are shown, lines that wait while somebody reads, and places where lines are missing.
import type { TailLine } from '@loghunter/contracts';

/** A row of the view: a line, or `times` equal ones, or a place where lines were left out. */
export type LiveRow =
  | { readonly kind: 'line'; readonly id: string; readonly line: TailLine; readonly times?: number }
  /** `count` null: the server does not say how many. */
  | { readonly kind: 'gap'; readonly id: string; readonly count: number | null };

export interface FollowedLines {
  /** The newest first. */
  readonly rows: readonly LiveRow[];
  /** Came while the view was paused; the newest first. */
  readonly waiting: readonly LiveRow[];
  readonly isPaused: boolean;
  /** Lines that came since the view was opened. */
  readonly lineCount: number;
  readonly gapCount: number;
}

/** Rows at most, shown and waiting each: more are no reading, and slow the page down. */
export const maxRows = 500;

export const nothingFollowed: FollowedLines = {
  ...{ rows: [], waiting: [], isPaused: false, lineCount: 0, gapCount: 0 },
};

/** Takes lines that came, the oldest first; `isGap`: some before them were left out. */
export function arrive(before: FollowedLines, lines: readonly TailLine[], isGap: boolean): FollowedLines {
  const gapCount = before.gapCount + (isGap ? 1 : 0);
  const fresh: readonly LiveRow[] = [
    ...lines.map((line): LiveRow => ({ kind: 'line', id: line.id, line })).reverse(),
    ...(isGap ? [{ kind: 'gap', id: `gap ${gapCount}`, count: null } as const] : []),
  ];
  const counted = { ...before, gapCount, lineCount: before.lineCount + lines.length };
  return before.isPaused
    ? { ...counted, waiting: cut([...fresh, ...before.waiting]) }
    : { ...counted, rows: onTop(fresh, before.rows) };
}

export function pauseView(before: FollowedLines): FollowedLines {
  return { ...before, isPaused: true };
}

/** Shows what waited on top of what was shown. */
export function resumeView(before: FollowedLines): FollowedLines {
  return { ...before, isPaused: false, waiting: [], rows: onTop(before.waiting, before.rows) };
}

export function clearView(before: FollowedLines): FollowedLines {
  return { ...before, rows: [], waiting: [] };
}

/** Lines that wait, also those that are too many to be shown. */
export function waitingCount({ waiting }: FollowedLines): number {
  return waiting.reduce((total, row) => total + (row.kind === 'line' ? 1 : (row.count ?? 0)), 0);
}

/** Rows whose line holds a text, case ignored; gaps stay where they are. */
export function filterRows(rows: readonly LiveRow[], text: string): readonly LiveRow[] {
  const wanted = text.trim().toLowerCase();
  return wanted === ''
    ? rows
    : rows.filter((row) => row.kind === 'gap' || row.line.text.toLowerCase().includes(wanted));
}

/** Lines with equal texts one after the other as the newest of them. */
export function mergeEqual(rows: readonly LiveRow[]): readonly LiveRow[] {
  const merged: LiveRow[] = [];
  for (const row of rows) {
    const last = merged.at(-1);
    if (row.kind === 'line' && last?.kind === 'line' && last.line.text === row.line.text) {
      merged[merged.length - 1] = { ...last, times: (last.times ?? 1) + 1 };
    } else {
      merged.push(row);
    }
  }
  return merged;
}

// What falls off the end of the view was shown already; what falls off between fresh and shown lines was not.
function onTop(fresh: readonly LiveRow[], shown: readonly LiveRow[]): readonly LiveRow[] {
  return [...cut(fresh), ...shown].slice(0, maxRows);
}

function cut(rows: readonly LiveRow[]): readonly LiveRow[] {
  if (rows.length <= maxRows) {
    return rows;
  }
  const dropped = rows.slice(maxRows - 1);
  const count = dropped.reduce((total, row) => total + (row.kind === 'line' ? 1 : (row.count ?? 0)), 0);
  return [...rows.slice(0, maxRows - 1), { kind: 'gap', id: `skipped ${dropped[0]?.id ?? ''}`, count }];
}
