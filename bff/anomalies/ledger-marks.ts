import type { LearnedFrom, Ledger } from '@loghunter/ports';
import type { CountHistory, LedgerMarks } from './minute-facts.ts';

/** Others go on without a watch that is so far behind them: its log store is away, or slow. */
export const behindMs = 5 * 60_000;

/** Where the ledger is, and since when each watch is known. */
export interface KnownCounts {
  readonly marks: LedgerMarks;
  /** How far each watch is, by its id. */
  readonly readUpTo: ReadonlyMap<string, number>;
  /** The same of those that are far behind the others. */
  readonly behind: ReadonlyMap<string, number>;
  /** Their names. */
  readonly behindNames: readonly string[];
  /** By the id of a watch. */
  readonly from: Readonly<Record<string, LearnedFrom>>;
  /** Every watch has its counts from before the ledger, as far as there are any. */
  readonly hasHistory: boolean;
}

/** What the ledger and the history have; null while none of the watches has read anything, or one of them, unless that is not to be waited for. */
export async function readKnownCounts(
  { ledger, countHistory }: { readonly ledger: Ledger; readonly countHistory: CountHistory | null },
  tenantId: string,
  { isPatient = true }: { readonly isPatient?: boolean } = {}
): Promise<KnownCounts | null> {
  const watches = (await ledger.listWatches(tenantId)).filter(({ isRetired }) => !isRetired);
  const starts = (await countHistory?.listStarts()) ?? [];
  const known = watches.flatMap(({ id, name, readFromMs, readUpToMs }) =>
    readFromMs === null || readUpToMs === null
      ? []
      : [{ id, name, readFromMs, readUpToMs, starts: startsOf(starts, id) }]
  );
  if (known.length === 0 || (isPatient && known.length < watches.length)) {
    return null;
  }
  const leadMs = Math.max(...known.map(({ readUpToMs }) => readUpToMs));
  const [behind, ahead] = [true, false].map((isBehind) =>
    known.filter(({ readUpToMs }) => leadMs - readUpToMs > behindMs === isBehind)
  );
  return {
    readUpTo: new Map(known.map(({ id, readUpToMs }) => [id, readUpToMs])),
    behind: new Map(behind?.map(({ id, readUpToMs }) => [id, readUpToMs])),
    behindNames: behind?.map(({ name }) => name) ?? [],
    marks: {
      fromMs: Math.min(...known.map(({ readFromMs }) => readFromMs)),
      allFromMs: Math.max(...known.map(({ readFromMs }) => readFromMs)),
      toMs: Math.min(...(ahead ?? known).map(({ readUpToMs }) => readUpToMs)),
    },
    from: Object.fromEntries(
      known.map(({ id, readFromMs, starts: own }) => [
        id,
        { ledgerMs: readFromMs, countsMs: Math.min(readFromMs, ...own) },
      ])
    ),
    hasHistory: known.every(({ starts: own }) => own.length > 0),
  };
}

function startsOf(starts: Awaited<ReturnType<CountHistory['listStarts']>>, watchId: string): readonly number[] {
  return starts.filter((start) => start.watchId === null || start.watchId === watchId).map(({ fromMs }) => fromMs);
}

/** Whether more is known than was learned: a watch that is new, or one whose ledger or counts reach further back by now. */
export function isMoreThan(
  known: Readonly<Record<string, LearnedFrom>>,
  learned: Readonly<Record<string, LearnedFrom>>
): boolean {
  return Object.entries(known).some(([id, { ledgerMs, countsMs }]) => {
    const before = learned[id];
    return before === undefined || ledgerMs < before.ledgerMs || countsMs < before.countsMs;
  });
}
