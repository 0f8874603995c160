import type { LedgerWrite, MinuteRange, StoredMinute } from '@loghunter/ports';
import { streamKeyOf } from '../events/stream-key.ts';
import type { ScanContext } from './scan-context.ts';
import type { Tally } from './tally.ts';
import type { WatchState } from './watch-state.ts';

/** One write to the ledger. */
export interface TallyWrite {
  readonly window: MinuteRange;
  /** Minutes that end by this are closed. */
  readonly closedBeforeMs: number;
  readonly onlyStreams?: ReadonlySet<string>;
  readonly progress?: NonNullable<LedgerWrite['progress']>;
  /** As `LedgerWrite.isReread`. */
  readonly isReread?: true;
}

/** Writes a tally in one transaction. Minutes that the ledger holds and the read found empty become empty. */
export async function writeTally(
  context: ScanContext,
  watch: WatchState,
  tally: Tally,
  write: TallyWrite
): Promise<void> {
  const { fromMs, toMs } = write.window;
  const stored = await context.ledger.readMinutes(context.tenantId, watch.id, fromMs, toMs);
  for (const minute of stored.filter((entry) => concerns(entry, write.onlyStreams))) {
    tally.addEmpty(minute.labels, minute.minuteMs);
  }
  const redactor = await context.redaction.open();
  await context.identifier.rules.learn(tally.signatures(redactor));
  const content = tally.toWrite(write.closedBeforeMs, redactor);
  const { foreignStreams } = await context.ledger.write(context.tenantId, {
    watchId: watch.id,
    ...content,
    ...(context.holder === null ? {} : { leaseHolder: context.holder }),
    ...(write.progress === undefined ? {} : { progress: write.progress }),
    ...(write.isReread === undefined ? {} : { isReread: write.isReread }),
  });
  await context.redaction.keepCounts(redactor);
  context.observer.observeWrite(content.minutes.length);
  rememberForeign(context, watch, foreignStreams.map(streamKeyOf));
}

function concerns(minute: StoredMinute, onlyStreams: ReadonlySet<string> | undefined): boolean {
  return onlyStreams === undefined || onlyStreams.has(streamKeyOf(minute.labels));
}

function rememberForeign(context: ScanContext, watch: WatchState, keys: readonly string[]): void {
  const fresh = keys.filter((key) => !watch.foreignStreamKeys.has(key));
  for (const key of fresh) {
    watch.foreignStreamKeys.add(key);
  }
  if (fresh.length > 0) {
    context.logger.warn(
      { watch: watch.name, streamCount: fresh.length, example: fresh[0] },
      'streams belong to another watch and are left out'
    );
  }
}
