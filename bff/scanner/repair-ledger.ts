// Mends what a verification found. Sums first: reading a minute again changes the sums by the difference to what is stored, so that they
// must fit the stored minutes before. Then the minutes themselves are read again.
import type { MinuteRange, Watch } from '@loghunter/ports';
import { minuteKey, type CountDifference } from './compare-counts.ts';
import { minuteMs } from './minutes.ts';
import { contextOf } from './logs-of-watch.ts';
import { rereadDifferences } from './reconcile.ts';
import type { ScanContext } from './scan-context.ts';
import { countMinutes, daysOf, type LedgerFinding, type LedgerVerification } from './verify-ledger.ts';
import { createWatchState } from './watch-state.ts';

const hourMs = 60 * minuteMs;

/** Rebuilds wrong sums and reads differing minutes again. What is then still different, another verification shows. Throws `PortError`. */
export async function repairLedger(context: ScanContext, verification: LedgerVerification): Promise<void> {
  const { findings, range } = verification;
  if (findings.some(({ kind }) => kind !== 'lines')) {
    for (const day of daysOf(range)) {
      await context.checkpoint();
      await context.ledger.rebuildSums(context.tenantId, day);
    }
    await context.ledger.rebuildTotals(context.tenantId);
  }
  const watches = (await context.ledger.listWatches(context.tenantId)).filter((watch) => !watch.isRetired);
  const wanted = [...toDifferences(findings), ...(await findDoubtful(context, watches, verification))];
  for (const watch of watches) {
    const own = wanted.filter(({ watchIds }) => watchIds.includes(watch.id)).map(({ difference }) => difference);
    const unique = [...new Map(own.map((entry) => [minuteKey(entry.labels, entry.minuteMs), entry])).values()];
    const { readFromMs, readUpToMs } = watch;
    if (unique.length > 0 && readFromMs !== null && readUpToMs !== null) {
      await rereadDifferences(contextOf(context, watch), createWatchState(watch), unique, {
        fromMs: readFromMs,
        toMs: readUpToMs,
      });
    }
  }
}

interface WantedMinute {
  readonly difference: CountDifference;
  readonly watchIds: readonly string[];
}

function toDifferences(findings: readonly LedgerFinding[]): readonly WantedMinute[] {
  return findings.flatMap(({ kind, labels, startMs, stored, expected, watchIds }) =>
    kind === 'lines' && labels !== null && startMs !== null && stored !== null && expected !== null
      ? [
          {
            difference: {
              labels,
              minuteMs: startMs,
              storedLineCount: stored,
              lokiLineCount: expected,
            },
            watchIds,
          },
        ]
      : []
  );
}

// A wrong sum may mean that a minute below it is wrong although its lines are right: all lines of its hour are read again, as far as
// the log store still has them.
async function findDoubtful(
  context: ScanContext,
  watches: readonly Watch[],
  { findings }: LedgerVerification
): Promise<readonly WantedMinute[]> {
  const hours = new Set(
    findings.flatMap(({ kind, startMs }) =>
      kind === 'lines' || startMs === null ? [] : [Math.floor(startMs / hourMs) * hourMs]
    )
  );
  const wanted: WantedMinute[] = [];
  for (const fromMs of hours) {
    await context.checkpoint();
    const hour: MinuteRange = { fromMs, toMs: fromMs + hourMs };
    for (const { labels, minuteMs: startMs, lineCount, watchIds } of (
      await countMinutes(context, watches, hour)
    ).values()) {
      const difference = { labels, minuteMs: startMs, storedLineCount: 0, lokiLineCount: lineCount };
      wanted.push({ difference, watchIds: [...watchIds] });
    }
  }
  return wanted;
}
