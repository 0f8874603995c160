import { z } from 'zod';
import { Instant, TimeRange, Timestamp } from './time.ts';

/** Which range is asked about. */
export const GetCoverageRequest = z.object({
  from: Instant.optional().describe('Start, included. Default: one hour before `to`'),
  to: Instant.optional().describe('End, excluded. Default: now'),
});
export type GetCoverageRequest = z.infer<typeof GetCoverageRequest>;

const lines = z.number().int().nonnegative();

const counts = {
  seenLineCount: lines.describe('Lines that are known to exist: clustered, unclustered and unread ones'),
  clusteredLineCount: lines.describe('Lines counted in clusters'),
  unclusteredLineCount: lines.describe(
    'Lines counted without a cluster of their own, because there are too many clusters'
  ),
  unreadLineCount: lines.describe('Lines that were counted and not read'),
  lateLineCount: lines.describe(
    'Lines that came after their minute had been read as complete; part of the clustered ones'
  ),
  estimatedLineCount: lines.describe(
    'Part of the clustered ones: scaled from a part that was read, because the watch reads one part in several'
  ),
};

/** How much of one watch's lines is known. */
export const WatchCoverage = z
  .object({
    name: z.string(),
    source: z.string().describe('Name of the log source; empty: the one of the configuration'),
    reads: z
      .enum(['all', 'part', 'volume'])
      .describe('all: every line; part: one part in `oneIn` of each minute; volume: lines are counted only'),
    oneIn: z.number().int().nonnegative().describe('1: every line; 0: none'),
    isRetired: z.boolean().describe('No longer configured'),
    isBehind: z
      .boolean()
      .describe('In use, and read up to a moment more than two minutes before the end of the range, or before now'),
    heldBackBy: z
      .enum(['budget', 'source', 'failure', 'scanner'])
      .nullable()
      .describe(
        'Why a watch that is behind is: the budget of background queries is used up; its log source does not answer or asks for a pause; reading fails for another reason; no scanner runs. Null: it is being read, or not behind'
      ),
    ...counts,
    readFrom: Timestamp.nullable(),
    readUpTo: Timestamp.nullable().describe(
      'Everything before this has been read once; a budget that is used up holds this back, and skips nothing'
    ),
  })
  .meta({ id: 'WatchCoverage' });
export type WatchCoverage = z.infer<typeof WatchCoverage>;

/** What numbers of a range rest on. */
export const GetCoverageResponse = z
  .object({
    range: TimeRange,
    ...counts,
    readFrom: Timestamp.nullable().describe('No watch in use has read anything before this; null: nothing was read'),
    readUpTo: Timestamp.nullable().describe(
      'Every watch in use that has begun has read everything before this; null: none has begun'
    ),
    watches: z.array(WatchCoverage),
  })
  .meta({ id: 'GetCoverageResponse' });
export type GetCoverageResponse = z.infer<typeof GetCoverageResponse>;
