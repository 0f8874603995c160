import type { Watch } from '@loghunter/ports';

/** What is known of a watch while it is read; the marks follow the ledger. */
export interface WatchState {
  readonly id: string;
  readonly name: string;
  selectors: readonly string[];
  discoveredLabelNames: readonly string[];
  /** As `Watch.oneIn`. */
  oneIn: number;
  readFromMs: number | null;
  readUpToMs: number | null;
  /** Streams that another watch owns: their counts are that watch's. */
  readonly foreignStreamKeys: Set<string>;
  /** Stream minutes whose counts still differed after they were read again, with the count that Loki gave. */
  readonly stubbornCounts: Map<string, number>;
  /** Label names that no stream needed at the last look, with the moment of the next one. */
  readonly restingNames: Map<string, number>;
  nextReconcileMs: number;
}

/** State of a watch as the ledger holds it. */
export function createWatchState(watch: Watch): WatchState {
  return {
    ...watch,
    foreignStreamKeys: new Set(),
    stubbornCounts: new Map(),
    restingNames: new Map(),
    nextReconcileMs: 0,
  };
}
