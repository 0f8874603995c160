/*
 * Speed and quality of the clustering.
 *   node tests/bench/clustering.bench.ts [--lines N] [--file LOG] [--data FOLDER --scorer score.py [--split dev] [--view raw]]
 * Speed: the engine only, no I/O, on generated lines or on the lines of --file. Quality: the labelled sets of --data,
 * by the scorer, through `loghunter cluster`. What is not given or not there is skipped by name.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { analyzeLine, createClusterer } from '@loghunter/engine/templates';

const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '200000' },
    file: { type: 'string' },
    data: { type: 'string' },
    scorer: { type: 'string' },
    split: { type: 'string', default: 'dev' },
    view: { type: 'string', default: 'raw' },
  },
});

const roundCount = 5;

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
measureQuality();
