/** `loghunter demo`: logs into the embedded store, the server on top of it, the page in front. */

import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseConfig, type Config } from '@loghunter/bff/config';
import { startServer } from '@loghunter/bff/server';
import type { LogStore } from '@loghunter/ports';
import { checkoutDirectory } from '../checkout-paths.ts';
import { openDemoLogs } from '../composition.ts';
import { readTerminal } from '../environment.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { say } from '../terminal/output.ts';
import { createProgress } from '../terminal/progress.ts';
import { createStopSignal, untilAborted } from '../terminal/stop-signal.ts';
import { claimDemoDirectory } from './data-directory.ts';
import { fillWithFiles } from './file-streams.ts';
import { clustersPageUrl, filesGuide, shopGuide } from './guide.ts';
import { writeLive } from './live-writer.ts';
import { openBrowser } from './open-browser.ts';
import { createServerClient } from './server-client.ts';
import { generateLive, generateShop } from './shop/shop.ts';
import { createTimeline } from './shop/timeline.ts';
import { startPreview } from './start-preview.ts';
import { waitForClusters } from './wait-for-clusters.ts';

/** Options of `loghunter demo` as the command line gives them. */
export interface DemoFlags {
  readonly logs?: readonly string[];
  readonly port: number;
  readonly data?: string;
  readonly seed: number;
  readonly open: boolean;
}

/** What the store was filled with and what to say about it. */
interface DemoContent {
  readonly fromMs: number;
  readonly toMs: number;
  /** Range of the page as Grafana's time picker writes it. */
  readonly pageRange: { readonly from: string; readonly to: string };
  readonly guide: readonly string[];
  readonly live: ReturnType<typeof generateLive> | null;
}

type Cleanup = () => Promise<void>;

/** Runs until it is told to stop; everything that was started is stopped again, also when the start fails half-way. */
export async function runDemo(flags: DemoFlags): Promise<ExitCode> {
  const signal = createStopSignal();
  const cleanups: Cleanup[] = [];
  try {
    await start(flags, signal, (cleanup) => cleanups.push(cleanup));
    await untilAborted(signal);
    return exitCodes.fine;
  } finally {
    for (const cleanup of cleanups.reverse()) {
      await cleanup();
    }
  }
}

async function start(flags: DemoFlags, signal: AbortSignal, onStop: (cleanup: Cleanup) => void): Promise<void> {
  const terminal = readTerminal();
  const progress = createProgress(terminal.showProgress);
  const directory = await claimDemoDirectory(resolve(flags.data ?? join(checkoutDirectory, '.cache', 'demo')));
  onStop(() => directory.release());

  const logs = await openDemoLogs(join(directory.path, 'logs'));
  onStop(() => logs.close());
  const content =
    flags.logs === undefined
      ? await fillWithShop(logs.store, flags.seed, signal)
      : await fillWithLogs(logs.store, flags.logs, signal);

  const secret = randomBytes(24).toString('base64url');
  const server = await startServer(demoConfig(directory.path, secret, content), { logStore: logs });
  onStop(() => server.stop());
  const preview = await startPreview(flags.port, server.url, secret);
  onStop(() => preview.close());
  if (content.live !== null) {
    const writing = writeLive(logs.store, content.live, signal);
    onStop(() => writing);
  }
  await waitForClusters(createServerClient(server.url, secret), {
    ...content,
    onProgress: (lineCount) => progress.show(() => `reading: ${lineCount} lines`),
    signal,
  });
  progress.clear();
  if (signal.aborted) {
    return;
  }
  announce(clustersPageUrl(preview.url, content.pageRange.from, content.pageRange.to), content.guide);
  if (flags.open && terminal.hasScreen) {
    openBrowser(preview.url);
  }
}

function announce(url: string, guide: readonly string[]): void {
  process.stdout.write(`${url}\n`);
  for (const line of guide) {
    process.stderr.write(`  ${line}\n`);
  }
  say('press Ctrl-C to stop');
}

async function fillWithShop(store: LogStore, seed: number, signal: AbortSignal): Promise<DemoContent> {
  const endMs = Math.floor(Date.now() / 1000) * 1000;
  let fromMs = endMs;
  for (const streams of generateShop({ seed, endMs })) {
    await store.push(streams, signal);
    const firstNs = streams[0]?.entries[0]?.timestampNs;
    fromMs = firstNs === undefined ? fromMs : Math.min(fromMs, Number(firstNs / 1_000_000n));
  }
  return {
    fromMs,
    toMs: endMs,
    pageRange: { from: 'now-6h', to: 'now' },
    guide: shopGuide(createTimeline(endMs)),
    live: generateLive({ seed, startMs: endMs }),
  };
}

async function fillWithLogs(store: LogStore, paths: readonly string[], signal: AbortSignal): Promise<DemoContent> {
  const range = await fillWithFiles(store, paths, Date.now(), signal);
  return {
    ...range,
    pageRange: { from: String(range.fromMs), to: String(range.toMs) },
    guide: filesGuide(range.lineCount, range.fromMs, range.toMs),
    live: null,
  };
}

function demoConfig(directory: string, secret: string, content: DemoContent): Config {
  const config = parseConfig({
    LOGHUNTER_HOST: '127.0.0.1',
    LOGHUNTER_PORT: '0',
    LOGHUNTER_DATA_DIRECTORY: directory,
    LOGHUNTER_GRAFANA_SECRET: secret,
    LOGHUNTER_MIGRATE_AT_START: 'true',
    LOGHUNTER_SCAN_INTERVAL_MS: '2000',
    LOGHUNTER_LOG_LEVEL: 'warn',
  });
  // Files may be older than any setting allows for.
  const ageMs = Date.now() - content.fromMs;
  const minuteMs = 60_000;
  return {
    ...config,
    scan: { ...config.scan, backfillMs: Math.ceil(ageMs / minuteMs + 1) * minuteMs },
    retentionMs: Math.max(config.retentionMs, ageMs * 2),
  };
}
