// What a real scanner stores of lines, line by line: `node tests/bench/scanned-clusters.bench.ts < lines`. Prints a record for each line with
// the id of the cluster that it is shown in, in the form that scorers of clustering read, and on standard error how many lines left the
// cluster that they were first put into. LINES_PER_ROUND: lines that the scanner finds at each look (100).
import { createInterface } from 'node:readline';
import { scanLines } from '../system/scanned-lines.ts';

const linesPerRound = Number(process.env['LINES_PER_ROUND'] ?? 100);
const lines: string[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  lines.push(line);
}
const scan = await scanLines(lines, linesPerRound);
const count = (matches: (line: (typeof scan.lines)[number]) => boolean): number => scan.lines.filter(matches).length;
process.stderr.write(
  `${JSON.stringify({
    lineCount: scan.lines.length,
    clusterCount: new Set(scan.lines.map(({ id }) => id)).size,
    ruleCount: scan.ruleCount,
    // The id in the database is no longer the first one; the first one leads to the same cluster unless the line changed it.
    aliasedLineCount: count(({ firstId, id }) => firstId !== id),
    changedLineCount: count(({ firstCanonicalId, id }) => firstCanonicalId !== id),
    scanMs: Math.round(scan.scanMs),
  })}\n`
);
process.stdout.write(scan.lines.map(({ id, template }) => `${JSON.stringify({ id, template })}\n`).join(''));
