// Processor time of `loghunter suspects` a case, reading included, without the start of the process.
// node tests/bench/suspects.bench.ts FOLDER, which holds folders of cases, as the scorer's --keep leaves them.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rankSuspects } from '@loghunter/engine/root-cause';
import { readCase } from '../../cli/suspects/read-case.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: node tests/bench/suspects.bench.ts FOLDER\n');
  process.exit(2);
}
const times: number[] = [];
for (const name of await readdir(folder)) {
  const before = process.cpuUsage();
  const found = await readCase(join(folder, name));
  rankSuspects(found);
  const { user, system } = process.cpuUsage(before);
  times.push((user + system) / 1e6);
  const lines = found.baseline.lines.length + found.incident.lines.length;
  process.stdout.write(`${name}  ${lines} lines  ${((user + system) / 1e6).toFixed(2)} s\n`);
}
times.sort((a, b) => a - b);
process.stdout.write(
  `${times.length} cases, middle ${(times[Math.floor(times.length / 2)] ?? 0).toFixed(2)} s, slowest ${(times.at(-1) ?? 0).toFixed(2)} s of one core\n`
);
