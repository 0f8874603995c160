// What several answers of a search come to: each covers an older stretch of the range than the one before.
import type { SearchGroup, SearchLogsResponse } from '@loghunter/contracts';

/** The answers so far as one. */
export function joinAnswers(before: SearchLogsResponse, older: SearchLogsResponse): SearchLogsResponse {
  const groups = new Map(before.groups.map((group) => [group.clusterId, group]));
  for (const group of older.groups) {
    const known = groups.get(group.clusterId);
    groups.set(group.clusterId, known === undefined ? group : joinGroups(known, group));
  }
  return {
    ...older,
    range: before.range,
    groups: [...groups.values()].sort((a, b) => b.eventCount - a.eventCount),
    eventCount: before.eventCount + older.eventCount,
    lineCount: before.lineCount + older.lineCount,
    scannedBytes: before.scannedBytes + older.scannedBytes,
    elapsedMs: before.elapsedMs + older.elapsedMs,
  };
}

function joinGroups(newer: SearchGroup, older: SearchGroup): SearchGroup {
  return {
    ...newer,
    isKnown: newer.isKnown || older.isKnown,
    eventCount: newer.eventCount + older.eventCount,
    lineCount: newer.lineCount + older.lineCount,
    firstFound: older.firstFound,
    lines: [...newer.lines, ...older.lines],
  };
}

/** How much of what was asked for an answer rests on, as a ratio of lines; undefined where nobody has counted them. */
export function searchedShare({ coverage }: SearchLogsResponse): number | undefined {
  const { isComplete, searchedLineCount, lineCount } = coverage;
  if (isComplete) {
    return 1;
  }
  return searchedLineCount === null || lineCount === null || lineCount === 0
    ? undefined
    : Math.min(1, searchedLineCount / lineCount);
}
