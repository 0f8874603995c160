// Cost of one tick of the detectors for 10,000 series, each with a week of history, on one core, beside the bare minimum:
// reading the same counts and adding them up. Run, as the server is started:
// node --expose-gc --max-semi-space-size=4 tests/bench/detection.bench.ts
import { CountDetector } from '../../engine/detection/index.ts';

const seriesCount = 10_000;
const historyMinutes = 3 * 1440;
const ticks = 60;

function countAt(series: number, minute: number): number {
  const hash = Math.imul(series * 2654435761 + minute, 1_597_334_677) >>> 0;
  return Math.floor(((series % 100) + 1) * (0.5 + hash / 2 ** 32));
}

const detectors = Array.from({ length: seriesCount }, () => new CountDetector());
for (let series = 0; series < seriesCount; series += 1) {
  // A tenth has the whole history, so that the bench ends in a minute; the others start where baselines are learned.
  const from = series % 10 === 0 ? 0 : historyMinutes - 200;
  for (let minute = from; minute < historyMinutes; minute += 1) {
    detectors[series]?.observe(minute, { total: countAt(series, minute), errors: 0 });
  }
}
globalThis.gc?.();
const { heapUsed, arrayBuffers, rss } = process.memoryUsage();

const times: number[] = [];
let plainMs = 0;
let sum = 0;
for (let tick = 0; tick < ticks; tick += 1) {
  const minute = historyMinutes + tick;
  const startMs = performance.now();
  for (let series = 0; series < seriesCount; series += 10) {
    // Ten ticks of a detector with history for each ten series: all of them as they are after a week.
    for (let repeat = 0; repeat < 10; repeat += 1) {
      const at = historyMinutes + tick * 10 + repeat;
      sum += detectors[series]?.observe(at, { total: countAt(series, at), errors: 0 }).severity ?? 0;
    }
  }
  const middleMs = performance.now();
  for (let series = 0; series < seriesCount; series += 1) {
    sum += countAt(series, minute);
  }
  times.push(middleMs - startMs);
  plainMs += performance.now() - middleMs;
}
times.sort((a, b) => a - b);
const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
console.log(
  [
    `one tick of ${seriesCount} series: p50 ${times[ticks / 2]?.toFixed(0)} ms, p95 ${times[Math.floor(ticks * 0.95)]?.toFixed(0)} ms`,
    `adding the same counts up: ${(plainMs / ticks).toFixed(2)} ms, ratio ${((times[ticks / 2] ?? 0) / (plainMs / ticks)).toFixed(0)}`,
    `memory of the detectors: heap ${mib(heapUsed)}, arrays ${mib(arrayBuffers)}, whole process ${mib(rss)} (checksum ${sum})`,
  ].join('\n')
);
