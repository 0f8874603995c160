/*
 * Speed and quality of the clustering.
 *   node tests/bench/clustering.bench.ts [--lines N] [--file LOG] [--threads N] [--drain3 PYTHON] [--data FOLDER --scorer score.py [--split dev] [--view raw]]
 * Speed: the engine only, no I/O, on generated lines or on the lines of --file. Quality: the labelled sets of --data,
 * by the scorer, through `loghunter cluster`. --drain3 names a Python that has Drain3: both cluster the same lines in turn,
 * as whole processes from standard input to standard output, start-up included. What is not given or not there is skipped by name.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { analyzeLine, createClusterer } from '@loghunter/engine/templates';

const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '200000' },
    file: { type: 'string' },
    threads: { type: 'string', default: '1' },
    drain3: { type: 'string' },
    data: { type: 'string' },
    scorer: { type: 'string' },
    split: { type: 'string', default: 'dev' },
    view: { type: 'string', default: 'raw' },
  },
});

const roundCount = 5;
const comparedRoundCount = 3;

const statements: ReadonlyArray<(n: number) => string> = [
  (n) =>
    `2024-05-01 12:00:${10 + (n % 50)},123 INFO  [worker-${n % 9}] com.acme.orders.OrderService: Order ${n} accepted in ${n % 97} ms`,
  (n) =>
    `May  1 12:00:${10 + (n % 50)} web01 sshd[${n % 30000}]: Failed password for root from 10.${n % 250}.3.4 port ${n % 65000} ssh2`,
  (n) => `I0501 12:00:${10 + (n % 50)}.000000       1 controller.go:116] Synced claim-${n} after ${n % 7} retries`,
  (n) =>
    `081109 2036${10 + (n % 50)} ${n % 999} INFO dfs.DataNode$Receiver: Received block blk_${n * 7919} of size ${n % 67108864} from /10.250.${n % 250}.14`,
  (n) => `[Wed May 01 12:00:${10 + (n % 50)} 2024] [notice] child ${n} is in slot ${n % 11} of the scoreboard`,
  (n) =>
    `ts=2024-05-01T12:00:00.${100 + (n % 900)}Z level=info component=tsdb msg="Segment was loaded from disk" segment=${n} duration=${n % 50}ms`,
  (n) =>
    `{"level":"info","ts":"2024-05-01T12:00:00Z","msg":"Order ${n} was shipped to warehouse","order":${n},"trace":"${n.toString(16)}af"}`,
];

function linesToCluster(): readonly string[] {
  if (options.file !== undefined) {
    return readFileSync(options.file, 'utf8').split('\n');
  }
  return Array.from({ length: Number(options.lines) }, (_, n) => statements[n % statements.length]?.(n) ?? '');
}

/** Lines per second of the best of some rounds; the first ones warm the compiler up. */
function bestRate(lines: readonly string[], round: () => (line: string) => unknown): number {
  let best = 0;
  for (let count = 0; count < roundCount; count++) {
    const take = round();
    const startMs = performance.now();
    for (const line of lines) {
      take(line);
    }
    best = Math.max(best, lines.length / ((performance.now() - startMs) / 1000));
  }
  return Math.round(best);
}

function measureSpeed(): void {
  const lines = linesToCluster();
  const clustering = bestRate(lines, () => {
    const clusterer = createClusterer();
    return (line) => clusterer.add(line);
  });
  const analysis = bestRate(lines, () => analyzeLine);
  console.log(
    JSON.stringify({ lineCount: lines.length, clusteredLinesPerSecond: clustering, analysedLinesPerSecond: analysis })
  );
}

/** Sum of the rates of several threads, each with a clusterer of its own on the same lines. */
async function measureThreads(): Promise<void> {
  const lines = linesToCluster();
  const rates = await Promise.all(
    Array.from({ length: Number(options.threads) }, async () => {
      const worker = new Worker(new URL('./clustering-worker.ts', import.meta.url), {
        workerData: { lines, roundCount },
      });
      const [rate] = await once(worker, 'message');
      return Number(rate);
    })
  );
  const sum = Math.round(rates.reduce((total, rate) => total + rate, 0));
  console.log(JSON.stringify({ threadCount: rates.length, clusteredLinesPerSecondOfAllThreads: sum }));
}

/** Seconds of a whole process that reads the input and whose output is thrown away. */
function secondsOf(command: string, parameters: readonly string[], input: string): number {
  const startMs = performance.now();
  const run = spawnSync(command, parameters, { input, maxBuffer: 4e9, stdio: ['pipe', 'pipe', 'inherit'] });
  if (run.status !== 0) {
    console.log(`failed: ${command} ended with ${run.status ?? run.signal}`);
    process.exitCode = 1;
  }
  return (performance.now() - startMs) / 1000;
}

function measureBesideDrain3(): void {
  const { drain3 } = options;
  if (drain3 === undefined || !existsSync(drain3)) {
    console.log(`skipped: comparison with Drain3, because --drain3 is not given or not there (${drain3 ?? '-'})`);
    return;
  }
  const lines = linesToCluster();
  const input = `${lines.join('\n')}\n`;
  const scriptOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  for (let round = 0; round < comparedRoundCount; round++) {
    const ours = secondsOf(process.execPath, [scriptOf('../../cli/main.ts'), 'cluster'], input);
    const theirs = secondsOf(drain3, [scriptOf('./drain3-lines.py')], input);
    console.log(
      JSON.stringify({
        lineCount: lines.length,
        linesPerSecond: Math.round(lines.length / ours),
        drain3LinesPerSecond: Math.round(lines.length / theirs),
        ratio: Number((theirs / ours).toFixed(1)),
      })
    );
  }
}

function measureQuality(): void {
  const { data, scorer, split, view } = options;
  if (data === undefined || scorer === undefined || !existsSync(data) || !existsSync(scorer)) {
    console.log(
      `skipped: quality, because --data or --scorer is not given or not there (${data ?? '-'}, ${scorer ?? '-'})`
    );
    return;
  }
  const command = `${process.execPath} ${fileURLToPath(new URL('../../cli/main.ts', import.meta.url))} cluster`;
  const run = spawnSync(
    'python3',
    [scorer, 'run', '--data', data, '--split', split, '--view', view, '--cmd', command],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }
  );
  console.log(run.stdout);
  process.exitCode = run.status ?? 1;
}

measureSpeed();
if (Number(options.threads) > 1) {
  await measureThreads();
}
measureBesideDrain3();
measureQuality();
