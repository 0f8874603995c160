// How fast the scanner reads, clusters and stores what a real Loki holds, beside a client that only pages through the same range:
// `node tests/bench/scan-speed.bench.ts [--lines 400000] [--rounds 5]`. Prints a line for each round, with the processor time that it cost Loki,
// and the ratio of the fastest rounds: now and then Loki holds up a page of either by seconds in which nobody works. Exits 1 when the ratio is under
// the bar or the scanner's memory over it. Both run in processes of their own, started as the server is, in turn; each round of the scanner fills a
// database of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createLokiLogStore } from '@loghunter/adapters/loki';
import { startLoki, type RunningLoki } from '../servers/loki.ts';
import { startPostgres } from '../servers/postgres.ts';
import { processorMsOf } from './database-time.ts';
import { generatedLines } from './generated-lines.ts';

// The bar of the issue "Loki at scale": at least 0.8 of a bare paging client.
const ratioBar = 0.8;
const memoryBarMegabytes = 400;
const streamCount = 24;
const minuteMs = 60_000;
const rangeMinutes = 60;
const linesPerPush = 4000;
const signal = new AbortController().signal;

const { values: options } = parseArgs({
  options: { lines: { type: 'string', default: '400000' }, rounds: { type: 'string', default: '5' } },
});
const lineCount = Number(options.lines);
// Complete, and young enough for Loki to look for it where it still is (query_ingesters_within, 3 hours).
const fromMs = Math.floor(Date.now() / minuteMs) * minuteMs - (rangeMinutes + 90) * minuteMs;
const toMs = fromMs + rangeMinutes * minuteMs;

async function fill(lokiUrl: string): Promise<void> {
  const store = createLokiLogStore({ url: lokiUrl, timeoutMs: 60_000 });
  const lines = generatedLines(lineCount);
  const stepNs = (BigInt(toMs - fromMs) * 1_000_000n) / BigInt(lineCount);
  for (let start = 0; start < lines.length; start += linesPerPush) {
    const entries = lines.slice(start, start + linesPerPush).map((line, index) => ({
      timestampNs: BigInt(fromMs) * 1_000_000n + BigInt(start + index) * stepNs,
      line,
      metadata: {},
    }));
    const byStream = Map.groupBy(entries, (_, index) => index % streamCount);
    const streams = [...byStream].map(([stream, own]) => ({
      labels: { service_name: `service-${stream % 8}`, pod: `pod-${stream}`, namespace: 'shop' },
      entries: own,
    }));
    await store.push(streams, signal);
  }
}

interface Outcome {
  readonly lineCount: number;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

interface MeasuredOutcome extends Outcome {
  /** Processor time of Loki. */
  readonly lokiSeconds: number;
}

/** Runs scan-reader.ts as `way` and returns what it printed and what it cost. */
async function run(way: 'bare' | 'scanner', loki: RunningLoki, databaseUrl: string): Promise<MeasuredOutcome> {
  const lokiMs = await processorMsOf(loki.processId());
  const reader = fileURLToPath(new URL('./scan-reader.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=4', reader, way, loki.url, databaseUrl, String(fromMs), String(toMs)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    }
  );
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  await once(child, 'close');
  if (child.exitCode !== 0) {
    throw new RangeError(`${way} ended with ${String(child.exitCode)}`);
  }
  const outcome: Outcome = JSON.parse(text);
  if (outcome.lineCount !== lineCount) {
    throw new RangeError(`${way} read ${outcome.lineCount} of ${lineCount} lines`);
  }
  return { ...outcome, lokiSeconds: ((await processorMsOf(loki.processId())) - lokiMs) / 1000 };
}

const [loki, postgres] = await Promise.all([startLoki(), startPostgres()]);
try {
  await fill(loki.url);
  // Once unmeasured: Loki's own caches are warm for both then.
  await run('bare', loki, postgres.url);
  const fastest = { bare: Number.POSITIVE_INFINITY, scanner: Number.POSITIVE_INFINITY };
  let peakMegabytes = 0;
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const bare = await run('bare', loki, postgres.url);
    const scanner = await run('scanner', loki, await postgres.createDatabase());
    fastest.bare = Math.min(fastest.bare, bare.seconds);
    fastest.scanner = Math.min(fastest.scanner, scanner.seconds);
    peakMegabytes = Math.max(peakMegabytes, scanner.peakMegabytes);
    console.log(JSON.stringify({ round, bare, scanner }));
  }
  const ratio = fastest.bare / fastest.scanner;
  const machine = `${cpus()[0]?.model ?? '?'}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'}`;
  console.log(
    JSON.stringify({
      lineCount,
      ratio: Number(ratio.toFixed(2)),
      ratioBar,
      peakMegabytes,
      machine,
      node: process.version,
    })
  );
  console.log(readFileSync('/proc/self/status', 'utf8').includes('VmHWM') ? '' : 'peak memory is not known here');
  process.exitCode = ratio >= ratioBar && peakMegabytes < memoryBarMegabytes ? 0 : 1;
} finally {
  await Promise.all([loki.stop(), postgres.stop()]);
}
