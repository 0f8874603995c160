import type { Client, GetCoverageResponse, TimeRangeQuery, WatchCoverage } from '@loghunter/contracts';
import { say } from '../terminal/output.ts';

/** Says on standard error how much of the range's lines the server's numbers rest on, or that it could not be known. */
export async function sayCoverage(client: Client, range: TimeRangeQuery, signal?: AbortSignal): Promise<void> {
  try {
    say(coverageText(await client.getCoverage(range, signal)));
  } catch (error) {
    say(`how much of the lines this rests on is not known: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const heldBackTexts: Readonly<Record<NonNullable<WatchCoverage['heldBackBy']>, string>> = {
  budget: 'the budget for background queries is used up',
  source: 'its log source does not answer, or asks for a pause',
  failure: "reading fails, the server's log says why",
  scanner: 'no scanner is running',
};

/** What numbers of a range rest on, in one sentence. */
export function coverageText({ watches, ...counts }: GetCoverageResponse): string {
  const { seenLineCount, clusteredLineCount, readFrom, readUpTo, range } = counts;
  if (readUpTo === null) {
    return 'no logs have been read yet';
  }
  const basis =
    seenLineCount === 0
      ? 'no lines are known in this range'
      : `rests on ${seenLineCount === clusteredLineCount ? 'all' : clusteredLineCount} of ${seenLineCount} lines`;
  const behind = watches.filter(({ isBehind }) => isBehind);
  const reasons = [
    ...behind.map(
      ({ name, readUpTo: upTo, heldBackBy }) =>
        `${name} is read ${upTo === null ? 'not yet' : `up to ${upTo}`}${heldBackBy === null ? '' : `: ${heldBackTexts[heldBackBy]}`}`
    ),
    readFrom !== null && range.from < readFrom && `nothing before ${readFrom} has been read`,
    counts.estimatedLineCount > 0 && `${counts.estimatedLineCount} are estimated`,
    counts.unreadLineCount > 0 && `${counts.unreadLineCount} were counted and not read`,
    counts.unclusteredLineCount > 0 && `${counts.unclusteredLineCount} have no cluster`,
    counts.lateLineCount > 0 && `${counts.lateLineCount} came late`,
  ].filter((reason) => reason !== false);
  return [basis, ...reasons].join('; ');
}
