import { isCliError } from '../cli-error.ts';
import { readTerminal, type Terminal } from '../environment.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { openInput, type Input } from '../files/open-input.ts';
import { readEvents } from '../files/read-events.ts';
import { createOutput, say } from '../terminal/output.ts';
import { printable } from '../terminal/printable.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { parseAnalyzeOptions, type AnalyzeFlags, type AnalyzeOptions } from './analyze-options.ts';
import { formatCount, renderTable } from './render-table.ts';
import { buildReport, type AnalyzeReport, type AnalyzeTotals } from './report.ts';
import { createTally, levelOf, type Tally } from './tally.ts';

/** `loghunter analyze`: files that cannot be read are named, the others are still analysed. */
export async function runAnalyze(paths: readonly string[], flags: AnalyzeFlags): Promise<ExitCode> {
  const terminal = readTerminal();
  const nowMs = Date.now();
  const options = parseAnalyzeOptions(flags, nowMs);
  const run = createRun(options, createProgress(terminal.showProgress), nowMs);
  let exitCode: ExitCode = exitCodes.fine;
  for (const path of paths) {
    try {
      await run.readFile(path);
    } catch (error) {
      if (!isCliError(error)) {
        throw error;
      }
      say(error.message);
      exitCode = error.exitCode;
    }
  }
  const totals = run.totals();
  const report = buildReport(run.tally.clusters(), totals, options);
  if (totals.lineCount > 0 || exitCode === exitCodes.fine) {
    await print(report, options, terminal);
    summarize(report, totals, options);
  }
  return exitCode;
}

interface Run {
  readonly tally: Tally;
  readFile(path: string): Promise<void>;
  totals(): AnalyzeTotals;
}

function createRun(options: AnalyzeOptions, progress: Progress, nowMs: number): Run {
  const tally = createTally();
  const startedMs = performance.now();
  const counts = { fileCount: 0, lineCount: 0, eventCount: 0, keptEventCount: 0, cutLineCount: 0 };
  let newestMs: number | null = null;

  function isKept(timeMs: number | null): boolean {
    return options.sinceMs === null || (timeMs !== null && timeMs >= options.sinceMs);
  }

  async function readFile(path: string): Promise<void> {
    const input = await openInput(path);
    const linesBefore = counts.lineCount;
    try {
      const read = await readEvents(
        input,
        {
          utcOffsetMinutes: options.utcOffsetMinutes,
          nowMs,
          onChunk: () => progress.show(() => progressText(input, counts.lineCount, performance.now() - startedMs)),
        },
        (event, timeMs) => {
          counts.eventCount++;
          counts.lineCount += event.entries.length;
          newestMs = timeMs === null ? newestMs : Math.max(newestMs ?? timeMs, timeMs);
          if (!isKept(timeMs)) {
            return;
          }
          const level = levelOf(event);
          if (options.levels === null || options.levels.has(level)) {
            counts.keptEventCount++;
            tally.add(event, level, timeMs);
          }
        }
      );
      counts.fileCount++;
      counts.cutLineCount += read.cutLineCount;
      counts.lineCount = linesBefore + read.lineCount;
      if (read.lineCount === 0) {
        say(`${printable(input.name)} is empty`);
      }
    } finally {
      progress.clear();
    }
  }

  return {
    tally,
    readFile,
    totals: () => ({ ...counts, newestMs, durationMs: performance.now() - startedMs }),
  };
}

function progressText(input: Input, lineCount: number, durationMs: number): string {
  const share =
    input.sizeBytes === null || input.sizeBytes === 0
      ? ''
      : ` ${Math.floor((input.readBytes() / input.sizeBytes) * 100)} %,`;
  const rate = formatCount(Math.round((lineCount / durationMs) * 1000));
  return `${printable(input.name)}:${share} ${formatCount(lineCount)} lines, ${rate} lines/s`;
}

async function print(report: AnalyzeReport, options: AnalyzeOptions, terminal: Terminal): Promise<void> {
  const output = createOutput();
  await output.write(await render(report, options, terminal));
  await output.flush();
}

async function render(report: AnalyzeReport, options: AnalyzeOptions, terminal: Terminal): Promise<string> {
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'yaml': {
      const { stringify } = await import('yaml');
      return stringify(report, { lineWidth: 0 });
    }
    case 'wide':
      return renderTable(report, { ...terminal, widthColumns: null });
    case 'table':
      // A pipe has no width; 160 columns keep one cluster on one readable line.
      return renderTable(report, { ...terminal, widthColumns: terminal.widthColumns ?? 160 });
  }
}

function summarize(report: AnalyzeReport, totals: AnalyzeTotals, options: AnalyzeOptions): void {
  const { summary } = report;
  const seconds = (summary.durationMs / 1000).toFixed(1);
  say(
    `${formatCount(summary.lines)} lines, ${formatCount(summary.events)} events, ${formatCount(summary.clusters)} clusters ` +
      `in ${seconds} s (${formatCount(summary.linesPerSecond)} lines/s)`
  );
  if (report.clusters.length < summary.clusters) {
    say(`${formatCount(summary.clusters - report.clusters.length)} more clusters; --limit shows them`);
  }
  if (totals.cutLineCount > 0) {
    say(`${formatCount(totals.cutLineCount)} lines were too long and were cut`);
  }
  if (totals.eventCount > 0 && totals.keptEventCount === 0) {
    const newest =
      totals.newestMs === null
        ? 'no line has a time'
        : `the newest line is of ${new Date(totals.newestMs).toISOString()}`;
    say(
      options.sinceMs === null ? 'no event has one of these levels' : `no event matches --since and --level; ${newest}`
    );
  }
}
