import type { ListClustersResponse } from '@loghunter/contracts';

/** Reading a little behind is the normal state: new lines arrive all the time. */
const normalDelayMs = 2 * 60 * 1000;

/**
 * What of the range has not been read, if anything:
 * `behind`: reading has not come to its end; `before`: its start lies before the first line ever read; `unread`: lines that could not be read; `unclustered`: lines without a cluster of their own.
 */
export interface CoverageGaps {
  readonly behindUpTo: string | undefined;
  readonly beforeFrom: string | undefined;
  readonly unreadLineCount: number;
  readonly unclusteredLineCount: number;
}

export function coverageGaps(
  { coverage, range }: Pick<ListClustersResponse, 'coverage' | 'range'>,
  nowMs: number
): CoverageGaps {
  const { readUpTo, readFrom, unreadLineCount, unclusteredLineCount } = coverage;
  // A range may end in the future ("today"): nothing can have been read there.
  const wantedEndMs = Math.min(Date.parse(range.to), nowMs);
  const isBehind = readUpTo !== null && wantedEndMs - Date.parse(readUpTo) > normalDelayMs;
  const isBefore = readFrom !== null && Date.parse(range.from) < Date.parse(readFrom);
  return {
    behindUpTo: isBehind ? readUpTo : undefined,
    beforeFrom: isBefore ? readFrom : undefined,
    unreadLineCount,
    unclusteredLineCount,
  };
}
