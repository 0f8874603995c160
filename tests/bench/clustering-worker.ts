/* Clusters its lines several times and reports the lines per second of the best round. */
import { createClusterer } from '@loghunter/engine/templates';
import { parentPort, workerData } from 'node:worker_threads';

const { lines, roundCount } = workerData as { readonly lines: readonly string[]; readonly roundCount: number };
let best = 0;
for (let round = 0; round < roundCount; round++) {
  const clusterer = createClusterer();
  const startMs = performance.now();
  for (const line of lines) {
    clusterer.add(line);
  }
  best = Math.max(best, lines.length / ((performance.now() - startMs) / 1000));
}
parentPort?.postMessage(best);
