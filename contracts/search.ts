import { z } from 'zod';
import { ClusterLine, Level } from './clusters.ts';
import { Instant, TimeRange, Timestamp } from './time.ts';

const Name = z.string().max(2048);

/** A search in the log store: by fields, or by LogQL of one's own. */
export const SearchLogsRequest = z.object({
  from: Instant.optional().describe('Start, included. Default: one hour before `to`'),
  to: Instant.optional().describe('End, excluded. Default: now'),
  service: z.array(Name).max(50).optional(),
  namespace: z.array(Name).max(50).optional(),
  level: z.array(Level).max(7).optional().describe('As LogHunter reads it from the line'),
  text: z.string().max(1000).optional().describe('Part of the line, case ignored'),
  query: z
    .string()
    .min(1)
    .max(20_000)
    .optional()
    .describe(
      'A log query in LogQL; `service`, `namespace` and `level` then narrow what it finds, `text` is not allowed'
    ),
  limit: z.number().int().min(1).max(5000).optional().describe('Lines read at most, the newest first. Default: 1000'),
  linesPerCluster: z.number().int().min(0).max(100).optional().describe('Default: 5'),
  before: z
    .string()
    .regex(/^\d{1,19}$/)
    .optional()
    .describe('`nextBefore` of an answer: older lines'),
});
export type SearchLogsRequest = z.infer<typeof SearchLogsRequest>;

/** What was found of one cluster. */
export const SearchGroup = z
  .object({
    clusterId: z.uuid(),
    isKnown: z
      .boolean()
      .describe('False when the scanner has not counted the cluster yet, or does not read these streams'),
    service: z.string(),
    namespace: z.string(),
    level: Level.describe('Most severe level found'),
    templateText: z.string(),
    title: z.string().optional().describe('Given by a person; absent when nobody did'),
    eventCount: z.number().int().nonnegative().describe('Events found; a joined stack trace is one'),
    lineCount: z.number().int().nonnegative().describe('Lines found'),
    firstFound: Timestamp,
    lastFound: Timestamp,
    lines: z.array(ClusterLine).describe('Newest first'),
  })
  .meta({ id: 'SearchGroup' });
export type SearchGroup = z.infer<typeof SearchGroup>;

/** How much of what was asked for the answer rests on. */
export const SearchCoverage = z
  .object({
    isComplete: z.boolean().describe('The whole range was searched'),
    searchedFrom: Timestamp.describe('Everything from here to the end of the range was searched'),
    searchedLineCount: z
      .number()
      .int()
      .nonnegative()
      .nullable()
      .describe('Lines of these services in the searched part, as counted; null: not counted by LogHunter'),
    lineCount: z.number().int().nonnegative().nullable().describe('The same for the whole range'),
  })
  .meta({ id: 'SearchCoverage' });
export type SearchCoverage = z.infer<typeof SearchCoverage>;

/** What was found, by cluster. */
export const SearchLogsResponse = z
  .object({
    range: TimeRange,
    query: z.string().describe('The LogQL that ran'),
    groups: z.array(SearchGroup).describe('Most events first'),
    eventCount: z.number().int().nonnegative().describe('Events found'),
    lineCount: z.number().int().nonnegative().describe('Lines read'),
    coverage: SearchCoverage,
    nextBefore: z.string().nullable().describe('Where older lines begin, for `before`; null: there are none'),
    scannedBytes: z.number().int().nonnegative().describe('What the log store went through; 0 when the cache answered'),
    elapsedMs: z.number().int().nonnegative(),
  })
  .meta({ id: 'SearchLogsResponse' });
export type SearchLogsResponse = z.infer<typeof SearchLogsResponse>;
