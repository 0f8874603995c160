// What the evidence says of twenty incidents of the shop: a row a case, and the seconds of one core that it takes.
// node tests/bench/incidents.bench.ts [SEED ...]
import { buildEvidence } from '@loghunter/engine/root-cause';
import { generateHealthyLines, makeCase } from '../corpora/incidents/incident-cases.ts';
import { scenarios } from '../corpora/incidents/scenarios.ts';

const given = process.argv.slice(2).map(Number).filter(Number.isInteger);
const seeds = given.length === 0 ? [4711, 8128] : given;
let rightCount = 0;
let slowestMs = 0;
for (const seed of seeds) {
  const healthy = generateHealthyLines(seed);
  process.stdout.write(`seed ${seed}, ${healthy.length} lines before a fault\n`);
  for (const scenario of scenarios) {
    const evidence = makeCase(healthy, scenario, seed);
    const before = process.cpuUsage();
    const pack = buildEvidence(evidence);
    const used = process.cpuUsage(before);
    const tookMs = (used.user + used.system) / 1000;
    slowestMs = Math.max(slowestMs, tookMs);
    const [first] = pack.suspects;
    const isRight = scenario.cause === null ? pack.summary.suspect === null : first?.service === scenario.cause;
    rightCount += isRight ? 1 : 0;
    const columns = [
      isRight ? 'right' : 'WRONG',
      scenario.name.padEnd(46),
      (scenario.cause ?? 'outside').padEnd(16),
      (first?.service ?? 'nobody').padEnd(16),
      pack.verdict.padEnd(13),
      pack.confidence.toFixed(2),
      `${pack.estimatedTokens} tokens`,
      `${Math.round(tookMs)} ms`,
    ];
    process.stdout.write(`${columns.join('  ')}\n`);
  }
}
process.stdout.write(
  `${rightCount} of ${seeds.length * scenarios.length} right; slowest case ${(slowestMs / 1000).toFixed(2)} s\n`
);
