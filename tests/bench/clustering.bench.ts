/*
 * Quality and speed of `loghunter cluster` beside Drain3 with its defaults, both as whole processes from standard input to
 * standard output, in turn on the same lines; then the engine alone, on one thread and on several.
 *   npm run bench:clustering -- --data FOLDER [--view raw|content] [--lines 400000] [--rounds 3] [--threads 2] [--drain3 PYTHON]
 * FOLDER holds labelled sets (labelled-sets.ts). Without it only the engine is measured, on generated lines.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { groupingOf } from '../corpora/clustering/grouping-accuracy.ts';
import { drain3Python } from './drain3-python.ts';
import { generatedLines } from './generated-lines.ts';
import { longLog, readLabelledSets, type LabelledSet } from './labelled-sets.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    view: { type: 'string', default: 'raw' },
    lines: { type: 'string', default: '400000' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    drain3: { type: 'string' },
  },
});

interface Program {
  readonly name: string;
  readonly command: string;
  readonly parameters: readonly string[];
}

interface Run {
  /** Cluster of every line; 0 where it got none. */
  readonly clusters: readonly number[];
  readonly seconds: number;
}

const engineRoundCount = 5;

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

function programs(): readonly Program[] {
  const own = { name: 'LogHunter', command: process.execPath, parameters: [pathOf('../../cli/main.ts'), 'cluster'] };
  const python = drain3Python(options.drain3);
  if (python === null) {
    console.log('skipped: Drain3, because no Python has it and it could not be installed (--drain3 PYTHON names one)');
    return [own];
  }
  return [own, { name: 'Drain3', command: python, parameters: [pathOf('./drain3-lines.py')] }];
}

function run({ name, command, parameters }: Program, lines: readonly string[]): Run {
  const startMs = performance.now();
  const { status, stdout } = spawnSync(command, parameters, {
    input: lines.map((line) => `${line}\n`).join(''),
    maxBuffer: 4e9,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const seconds = (performance.now() - startMs) / 1000;
  if (status !== 0) {
    throw new Error(`${name} ended with ${status}`);
  }
  const clusters = [...stdout.toString().matchAll(/^\{"id": ?(\d+|null)/gm)].map(([, id]) => Number(id ?? 0) || 0);
  return { clusters, seconds };
}

function compareQuality(peers: readonly Program[], sets: readonly LabelledSet[]): void {
  const rows = sets.map(({ name, lines, statements }) => {
    const results = peers.map((peer) => {
      const { accuracy, groupF1 } = groupingOf(statements, run(peer, lines).clusters);
      return { [`${peer.name} GA`]: accuracy, [`${peer.name} FGA`]: groupF1 };
    });
    return [name, Object.assign({}, ...results) as Readonly<Record<string, number>>] as const;
  });
  const columns = Object.keys(rows[0]?.[1] ?? {});
  const means = columns.map((column) => {
    const sum = rows.reduce((total, [, row]) => total + (row[column] ?? 0), 0);
    return [column, sum / rows.length] as const;
  });
  console.table(
    Object.fromEntries(
      [...rows, ['mean', Object.fromEntries(means)] as const].map(([name, row]) => [
        name,
        Object.fromEntries(Object.entries(row).map(([column, value]) => [column, Number(value.toFixed(3))])),
      ])
    )
  );
}

/** Seconds for the lines without those for one line, which is mostly the start of the process. */
function compareSpeed(peers: readonly Program[], lines: readonly string[]): void {
  const starts = peers.map((peer) => run(peer, lines.slice(0, 1)).seconds);
  const rows = Array.from({ length: Number(options.rounds) }, () => {
    const rates = peers.map((peer, index) =>
      Math.round(lines.length / (run(peer, lines).seconds - (starts[index] ?? 0)))
    );
    const [own = 0, other] = rates;
    const named = Object.fromEntries(peers.map(({ name }, index) => [`${name} lines/s`, rates[index] ?? 0]));
    return other === undefined ? named : { ...named, ratio: Number((own / other).toFixed(1)) };
  });
  console.log(`${lines.length} lines, output included, start of the process not`);
  console.table(rows);
}

/** Sum of the rates of several threads, each with a clusterer of its own on the same lines; no I/O. */
async function measureEngine(lines: readonly string[], threadCount: number): Promise<void> {
  const workers = Array.from(
    { length: threadCount },
    () =>
      new Worker(new URL('./clustering-worker.ts', import.meta.url), {
        workerData: { lines, roundCount: engineRoundCount },
      })
  );
  const rates = await Promise.all(workers.map(async (worker) => Number((await once(worker, 'message'))[0])));
  const sum = Math.round(rates.reduce((total, rate) => total + rate, 0));
  console.log(`engine alone, ${threadCount} thread(s): ${sum} lines/s`);
}

const lineCount = Number(options.lines);
const sets = options.data === undefined ? [] : readLabelledSets(options.data, options.view);
const lines = sets.length > 0 ? longLog(sets, lineCount) : generatedLines(lineCount);
const peers = programs();
if (sets.length > 0) {
  compareQuality(peers, sets);
}
compareSpeed(peers, lines);
await measureEngine(lines, 1);
await measureEngine(lines, Number(options.threads));
