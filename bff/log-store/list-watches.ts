import type { ListWatchesResponse, Watch } from '@loghunter/contracts';
import type { Ledger } from '@loghunter/ports';
import { toTimestamp } from '../http/time-range.ts';
import type { WatchProgress } from '../scanner/watch-scanner.ts';

/** What listing watches needs. */
export interface WatchFeature {
  readonly tenantId: string;
  readonly ledger: Ledger;
  /** Undefined when this process does not scan. */
  readonly scanProgress: (() => readonly WatchProgress[]) | undefined;
}

/** What is read and how far. Watches that are no longer configured are left out. */
export async function listWatches({ tenantId, ledger, scanProgress }: WatchFeature): Promise<ListWatchesResponse> {
  const watches = await ledger.listWatches(tenantId);
  const progress = new Map(scanProgress?.().map((watch) => [watch.name, watch]));
  return {
    watches: watches
      .filter(({ isRetired }) => !isRetired)
      .map((watch): Watch => {
        const now = progress.get(watch.name);
        return {
          name: watch.name,
          selectors: [...watch.selectors],
          origin: watch.discoveredLabelNames.length > 0 ? 'discovery' : 'configuration',
          readFrom: watch.readFromMs === null ? null : toTimestamp(watch.readFromMs),
          readUpTo: watch.readUpToMs === null ? null : toTimestamp(watch.readUpToMs),
          phase: now?.phase ?? null,
          failure: now?.failure ?? '',
        };
      }),
  };
}
