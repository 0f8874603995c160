/*
 * Memory of `loghunter analyze` on a large file, and its speed beside Drain3.
 *   node tests/bench/analyze.bench.ts [--megabytes 1000] [--lines 50000] [--file LOG] [--rounds 3] [--drain3 PYTHON]
 * Lines are the made-up shop's, raw, in order of time, repeated as often as it takes; or those of --file. Memory: a file of that size is
 * written to a temporary folder, analysed and deleted; the figure is the kernel's high-water mark of the process (Linux).
 * Speed: --drain3 names a Python that has Drain3; both take the same lines in turn, as whole processes from a file on standard input,
 * start-up included. What is not given or not there is skipped by name. Exit code 1 when a bound is missed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateShop } from '@loghunter/cli/demo';

const { values: options } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '1000' },
    lines: { type: 'string', default: '50000' },
    file: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    drain3: { type: 'string' },
  },
});

const maxResidentMegabytes = 300;
const minRatio = 4;
const megabyte = 1e6;
const shopEndMs = Date.UTC(2026, 10, 21, 3);
const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const analyze = [process.execPath, pathOf('../../cli/main.ts'), 'analyze', '--json'] as const;

interface Finished {
  readonly seconds: number;
  readonly highestResidentMegabytes: number;
  readonly output: string;
}

function linesToAnalyze(): readonly string[] {
  if (options.file !== undefined) {
    return readFileSync(options.file, 'utf8').split('\n').filter(Boolean);
  }
  return [...generateShop({ seed: 1, endMs: shopEndMs })].flatMap((streams) =>
    streams
      .flatMap(({ entries }) => entries)
      .toSorted((a, b) => (a.timestampNs < b.timestampNs ? -1 : 1))
      .map(({ line }) => line)
  );
}

/** Writes the block a number of times. */
function writeRepeated(path: string, block: string, times: number): void {
  const file = openSync(path, 'w');
  for (let time = 0; time < times; time++) {
    writeSync(file, block);
  }
  closeSync(file);
}

/** Runs a whole process with the file as standard input, or with what its parameters name. */
async function run([command, ...parameters]: readonly [string, ...string[]], inputPath?: string): Promise<Finished> {
  const input = inputPath === undefined ? undefined : openSync(inputPath, 'r');
  const startMs = performance.now();
  const child = spawn(command, parameters, { stdio: [input ?? 'ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    // Drain3's side writes a record per line: only a report is kept.
    output = output.length < megabyte ? output + text : output;
  });
  const closed = once(child, 'close');
  let highestResidentMegabytes = 0;
  for (let isOver = false; !isOver;) {
    highestResidentMegabytes = Math.max(highestResidentMegabytes, residentOf(child.pid ?? 0));
    isOver = await Promise.race([closed.then(() => true), sleep(100, false)]);
  }
  if (input !== undefined) {
    closeSync(input);
  }
  if (child.exitCode !== 0) {
    throw new Error(`${command} ended with ${child.exitCode ?? child.signalCode}`);
  }
  return { seconds: (performance.now() - startMs) / 1000, highestResidentMegabytes, output };
}

/** The most memory that the process ever had resident; 0 where the kernel does not tell. */
function residentOf(pid: number): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round((Number(found?.[1] ?? 0) * 1024) / megabyte);
  } catch {
    return 0;
  }
}

async function measureMemory(lines: readonly string[], folder: string): Promise<void> {
  const sizeBytes = Number(options.megabytes) * megabyte;
  const { bavail, bsize } = statfsSync(folder);
  if (sizeBytes === 0 || bavail * bsize < 2 * sizeBytes) {
    console.log(`skipped: memory, because --megabytes is 0 or ${folder} has too little room`);
    return;
  }
  const path = join(folder, 'large.log');
  const block = `${lines.join('\n')}\n`;
  writeRepeated(path, block, Math.ceil(sizeBytes / Buffer.byteLength(block)));
  const { seconds, highestResidentMegabytes, output } = await run([...analyze, path]);
  rmSync(path);
  const { summary } = JSON.parse(output) as { summary: { lines: number; clusters: number } };
  console.log(
    JSON.stringify({
      megabytes: Math.round(sizeBytes / megabyte),
      lineCount: summary.lines,
      clusterCount: summary.clusters,
      seconds: Number(seconds.toFixed(1)),
      linesPerSecond: Math.round(summary.lines / seconds),
      highestResidentMegabytes,
    })
  );
  process.exitCode = highestResidentMegabytes > maxResidentMegabytes ? 1 : process.exitCode;
}

async function measureBesideDrain3(lines: readonly string[], folder: string): Promise<void> {
  const { drain3 } = options;
  if (drain3 === undefined || !existsSync(drain3)) {
    console.log(`skipped: comparison with Drain3, because --drain3 is not given or not there (${drain3 ?? '-'})`);
    return;
  }
  const path = join(folder, 'compared.log');
  const times = Math.ceil(Number(options.lines) / lines.length);
  const block = lines.slice(0, Math.ceil(Number(options.lines) / times));
  writeRepeated(path, `${block.join('\n')}\n`, times);
  const lineCount = block.length * times;
  const ratios: number[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const ours = await run([...analyze, '-'], path);
    const theirs = await run([drain3, pathOf('./drain3-lines.py')], path);
    ratios.push(theirs.seconds / ours.seconds);
    console.log(
      JSON.stringify({
        lineCount,
        linesPerSecond: Math.round(lineCount / ours.seconds),
        drain3LinesPerSecond: Math.round(lineCount / theirs.seconds),
        ratio: Number((theirs.seconds / ours.seconds).toFixed(1)),
      })
    );
  }
  const median = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0;
  console.log(JSON.stringify({ medianRatio: Number(median.toFixed(1)), wanted: minRatio }));
  process.exitCode = median < minRatio ? 1 : process.exitCode;
}

const folder = mkdtempSync(join(tmpdir(), 'loghunter-analyze-'));
try {
  const lines = linesToAnalyze();
  await measureMemory(lines, folder);
  await measureBesideDrain3(lines, folder);
} finally {
  rmSync(folder, { recursive: true });
}
