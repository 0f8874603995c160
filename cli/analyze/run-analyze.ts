import { stat } from 'node:fs/promises';
import type { LogEvent } from '@loghunter/engine/multiline';
import { isCliError } from '../cli-error.ts';
import { readTerminal, type Terminal } from '../environment.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { expandPaths } from '../files/expand-paths.ts';
import { openInput } from '../files/open-input.ts';
import { readEvents } from '../files/read-events.ts';
import { createOutput, say } from '../terminal/output.ts';
import { printable } from '../terminal/printable.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { createStopSignal } from '../terminal/stop-signal.ts';
import { parseAnalyzeOptions, type AnalyzeFlags, type AnalyzeOptions } from './analyze-options.ts';
import { progressText } from './progress-text.ts';
import { formatCount, renderTable } from './render-table.ts';
import { buildReport, type AnalyzeReport, type AnalyzeTotals } from './report.ts';
import { createTally, levelOf, type Tally } from './tally.ts';

/**
 * `loghunter analyze`: files that cannot be read are named, the others are still analysed. The first Ctrl-C ends the reading; what was
 * read until then is reported.
 */
export async function runAnalyze(patterns: readonly string[], flags: AnalyzeFlags): Promise<ExitCode> {
  const terminal = readTerminal();
  const nowMs = Date.now();
  const options = parseAnalyzeOptions(flags, nowMs);
  const signal = createStopSignal();
  const { paths, errors } = await expandPaths(patterns);
  errors.forEach((error) => say(error.message));
  const totalBytes = options.isFollowing ? null : await sizeOf(paths);
  const run = createRun(options, createProgress(terminal.showProgress), { nowMs, signal, totalBytes });
  const failedCodes = options.isFollowing
    ? await Promise.all(paths.map((path) => readOrSay(run, path)))
    : await inTurn(paths, (path) => (signal.aborted ? Promise.resolve(null) : readOrSay(run, path)));
  const failedCode = errors.length > 0 ? exitCodes.unavailable : failedCodes.find((code) => code !== null);
  const totals = run.totals();
  const report = buildReport(run.tally.clusters(), totals, options);
  if (totals.lineCount > 0 || failedCode === undefined) {
    await print(report, options, terminal);
    summarize(report, totals, options);
  }
  if (signal.aborted && !options.isFollowing) {
    say('stopped before the end: the counts are of what was read until then');
    return exitCodes.interrupted;
  }
  return failedCode ?? exitCodes.fine;
}

async function inTurn<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const value of values) {
    results.push(await work(value));
  }
  return results;
}

async function readOrSay(run: Run, path: string): Promise<ExitCode | null> {
  try {
    await run.readFile(path);
    return null;
  } catch (error) {
    if (!isCliError(error)) {
      throw error;
    }
    say(error.message);
    return error.exitCode;
  }
}

/** Bytes of all files, for progress; null when one has no size. */
async function sizeOf(paths: readonly string[]): Promise<number | null> {
  const sizes = await Promise.all(
    paths.map(async (path) => {
      const stats = path === '-' ? undefined : await stat(path).catch(() => undefined);
      return stats?.isFile() === true ? stats.size : null;
    })
  );
  return sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}

interface Run {
  readonly tally: Tally;
  readFile(path: string): Promise<void>;
  totals(): AnalyzeTotals;
}

interface RunSettings {
  readonly nowMs: number;
  readonly signal: AbortSignal;
  readonly totalBytes: number | null;
}

function createRun(options: AnalyzeOptions, progress: Progress, { nowMs, signal, totalBytes }: RunSettings): Run {
  const tally = createTally();
  const startedMs = performance.now();
  const counts = { fileCount: 0, lineCount: 0, eventCount: 0, keptEventCount: 0, cutLineCount: 0 };
  let doneBytes = 0;
  let newestMs: number | null = null;

  function isKept(timeMs: number | null): boolean {
    return options.sinceMs === null || (timeMs !== null && timeMs >= options.sinceMs);
  }

  function addEvent(event: LogEvent, timeMs: number | null): void {
    counts.eventCount++;
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

  async function readFile(path: string): Promise<void> {
    const input = await openInput(path, { signal, isFollowed: options.isFollowing && path !== '-' });
    const { name } = input;
    function onChunk(lineCount: number): void {
      counts.lineCount += lineCount;
      progress.show(() => {
        const durationMs = performance.now() - startedMs;
        const readBytes = doneBytes + input.readBytes();
        return progressText({ name, lineCount: counts.lineCount, durationMs, readBytes, totalBytes });
      });
    }
    try {
      const read = await readEvents(input, { timeZone: options.timeZone, nowMs, onChunk }, addEvent);
      counts.fileCount++;
      counts.cutLineCount += read.cutLineCount;
      if (read.lineCount === 0) {
        say(`${printable(name)} is empty`);
      }
    } finally {
      doneBytes += input.readBytes();
      progress.clear();
    }
  }

  return {
    tally,
    readFile,
    totals: () => ({ ...counts, newestMs, durationMs: performance.now() - startedMs }),
  };
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
