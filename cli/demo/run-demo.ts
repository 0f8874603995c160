/** `loghunter demo`: logs into the embedded store, the server on top of it, the page in front. */

import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { startServer } from '@loghunter/bff/server';
import type { LogStore } from '@loghunter/ports';
import { checkoutDirectory } from '../checkout-paths.ts';
import { openDemoLogs } from '../composition.ts';
import { readTerminal } from '../environment.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { say } from '../terminal/output.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { createStopSignal, untilAborted } from '../terminal/stop-signal.ts';
import { parseTimeZone } from '../times/time-zone.ts';
import { claimDemoDirectory } from './data-directory.ts';
import { demoConfig } from './demo-config.ts';
import { fillWithLogs, fillWithShop, type DemoContent, type FillContext } from './demo-content.ts';
import { clustersPageUrl, modelGuide } from './guide.ts';
import { writeLive } from './live-writer.ts';
import { openBrowser } from './open-browser.ts';
import { databaseFolderName, resetDatabase } from './reset-database.ts';
import { createServerClient } from './server-client.ts';
import { startPreview } from './start-preview.ts';
import { waitForClusters } from './wait-for-clusters.ts';

/** Options of `loghunter demo` as the command line gives them. */
export interface DemoFlags {
  readonly logs?: readonly string[];
  readonly timezone: string;
  readonly port: number;
  readonly data?: string;
  readonly seed: number;
  readonly open: boolean;
}

/** A demo on its way up: what to undo, last first, and when to give up. */
interface Run {
  readonly flags: DemoFlags;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly onStop: (cleanup: () => Promise<void>) => void;
}

/** Runs until it is told to stop; everything that was started is stopped again, also when the start fails half-way. */
export async function runDemo(flags: DemoFlags): Promise<ExitCode> {
  const failure = new AbortController();
  const signal = AbortSignal.any([createStopSignal(), failure.signal]);
  const progress = createProgress(readTerminal().showProgress);
  const cleanups: Array<() => Promise<void>> = [];
  try {
    const { writing } = await start({ flags, signal, progress, onStop: (cleanup) => cleanups.push(cleanup) });
    // The writer ends by itself only when it fails.
    await Promise.race([writing, untilAborted(signal)]);
    return exitCodes.fine;
  } finally {
    progress.clear();
    failure.abort();
    for (const cleanup of cleanups.reverse()) {
      await cleanup();
    }
  }
}

async function start(run: Run): Promise<{ readonly writing: Promise<void> }> {
  const { flags, signal, progress, onStop } = run;
  const directory = await claimDemoDirectory(
    resolve(flags.data ?? join(checkoutDirectory, '.cache', 'demo')),
    databaseFolderName
  );
  onStop(() => directory.release());
  await resetDatabase(directory.path);
  const logs = await openDemoLogs(join(directory.path, 'logs'));
  onStop(() => logs.close());
  const content = await fill(logs.store, flags, { signal, onProgress: (text) => progress.show(text) });

  const secret = randomBytes(24).toString('base64url');
  const { clock } = content;
  const nowMs = clock?.nowMs() ?? Date.now();
  // First the preview: it has the keys that users' identities are checked with.
  const preview = await startPreview(flags.port, {
    serverSecret: secret,
    ...(clock === null ? {} : { nowMs: () => clock.nowMs() }),
  });
  onStop(() => preview.close());
  const config = demoConfig({
    directory: directory.path,
    secret,
    grafanaUrl: preview.url,
    ageMs: nowMs - content.fromMs,
  });
  const server = await startServer(config, {
    logStore: logs,
    ...(clock === null ? {} : { clock }),
    ...(content.countHistory === null ? {} : { countHistory: content.countHistory }),
  });
  onStop(() => server.stop());
  preview.connect(server.url);
  const writing = content.live === null ? untilAborted(signal) : writeLive(logs.store, content.live, signal);
  onStop(() => writing.catch(() => undefined));
  const client = createServerClient(server.url, secret);
  for (const { service, version, atMs } of content.deploys) {
    await client.createDeploy({ service, version, at: String(atMs), source: 'demo' });
  }
  await waitForClusters(client, {
    ...content,
    onProgress: (lineCount) => progress.show(() => `grouping: ${lineCount} lines`),
    signal,
  });
  if (!signal.aborted) {
    progress.clear();
    announce(
      clustersPageUrl(preview.url, content.pageRange.from, content.pageRange.to),
      [...content.guide, modelGuide],
      flags.open
    );
  }
  return { writing };
}

async function fill(store: LogStore, flags: DemoFlags, context: FillContext): Promise<DemoContent> {
  return flags.logs === undefined
    ? fillWithShop(store, flags.seed, context)
    : fillWithLogs(store, flags.logs, parseTimeZone(flags.timezone), context);
}

function announce(url: string, guide: readonly string[], isBrowserWanted: boolean): void {
  process.stdout.write(`${url}\n`);
  for (const line of guide) {
    process.stderr.write(`  ${line}\n`);
  }
  say('press Ctrl-C to stop');
  if (isBrowserWanted && readTerminal().hasScreen) {
    openBrowser(url);
  }
}
