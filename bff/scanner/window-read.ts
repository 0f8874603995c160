import type { MinuteRange } from '@loghunter/ports';

/** What is read. */
export interface WindowRead {
  readonly selectors: readonly string[];
  /** As `Watch.oneIn`. */
  readonly oneIn: number;
  readonly window: MinuteRange;
  /** As `ReadEntriesRequest.isSettled`: minutes that have been complete for a while are, the recent ones are not. */
  readonly isSettled?: boolean;
  /** Lines that the window is known to have, by selector; null: not known. */
  readonly lineCounts?: ReadonlyMap<string, number> | null;
  /** Only these streams, when the selector may match others as well. */
  readonly onlyStreams?: ReadonlySet<string>;
}
