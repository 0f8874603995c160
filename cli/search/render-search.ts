import type { SearchLogsResponse } from '@loghunter/contracts';
import { printable } from '../terminal/printable.ts';

/** What was found, for people: a cluster with its lines after the other, and what it rests on. */
export function renderSearch(answer: SearchLogsResponse): string {
  const groups = answer.groups.map((group) => {
    const lines = group.lines.map(({ text }) => `    ${printable(text.split('\n')[0] ?? '')}\n`);
    const heading = [group.level, group.service, group.title ?? group.templateText].map(printable).join('  ');
    return `${String(group.eventCount).padStart(6)} x ${heading}\n${lines.join('')}`;
  });
  return `${groups.join('')}${groups.length === 0 ? 'Nothing was found.\n' : ''}${renderCoverage(answer)}`;
}

function renderCoverage({
  eventCount,
  lineCount,
  coverage,
  scannedBytes,
  elapsedMs,
  query,
}: SearchLogsResponse): string {
  const { isComplete, searchedFrom, searchedLineCount, lineCount: allLines } = coverage;
  const part =
    isComplete || searchedLineCount === null || allLines === null || allLines === 0
      ? ''
      : `, ${searchedLineCount} of ${allLines} lines`;
  const reach = isComplete ? 'the whole range was searched' : `the range was searched back to ${searchedFrom}${part}`;
  return [
    '',
    `${eventCount} events in ${lineCount} lines; ${reach}.`,
    `${scannedBytes} bytes were gone through in ${elapsedMs} ms: ${printable(query)}`,
    '',
  ].join('\n');
}
