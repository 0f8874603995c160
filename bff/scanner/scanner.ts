import { parseQuery, printQuery, shardSelectors } from '@loghunter/engine/logql';
import type { ConfiguredWatch } from '../settings/values.ts';
import { discoveredWatchNameOf } from './discover-watch.ts';
import { createWatchScanner, type SharedContext, type WatchProgress, type WatchScanner } from './watch-scanner.ts';

/** Reads all watches of a tenant until it is stopped. */
export interface Scanner {
  start(): void;
  /** Ends the round that runs, gives the leases back. */
  stop(): Promise<void>;
  progress(): readonly WatchProgress[];
  /** One round over every watch, for tests and tools that hold the clock. */
  scanOnce(): Promise<void>;
}

/** What a scanner needs; its life ends with `stop`, not with a signal of the caller. */
export type ScannerParts = Omit<SharedContext, 'signal'>;

/** A scanner of the configured watches, or of one for each log source that finds every stream. Creates missing watches; throws `PortError` of the database. */
export async function createScanner(parts: ScannerParts): Promise<Scanner> {
  const stop = new AbortController();
  const context: SharedContext = { ...parts, signal: stop.signal };
  const watches = await createWatchScanners(context);
  let loops: Promise<unknown> = Promise.resolve();
  return {
    start() {
      loops = Promise.all(watches.map((watch) => scanUntilStopped(context, watch)));
    },
    async stop() {
      stop.abort();
      await loops;
      await Promise.all(watches.map((watch) => watch.release()));
    },
    progress: () => watches.map((watch) => watch.progress()),
    async scanOnce() {
      for (const watch of watches) {
        await watch.scanOnce();
      }
    },
  };
}

async function createWatchScanners(context: SharedContext): Promise<readonly WatchScanner[]> {
  const { ledger, tenantId, settings, logger } = context;
  // Without selectors those that were discovered before stay as they are.
  const wanted =
    settings.watches?.flatMap(shardsOf) ??
    [...(context.sources?.keys() ?? [''])].map((source): ConfiguredWatch => ({
      ...{ name: discoveredWatchNameOf(source), selectors: [], source },
    }));
  const retired = await ledger.retireOtherWatches(
    tenantId,
    wanted.map((watch) => watch.name)
  );
  if (retired.length > 0) {
    logger.info({ watches: retired }, 'watches that are no longer configured are retired');
  }
  const watches = await Promise.all(
    wanted.map((watch) =>
      ledger.ensureWatch(tenantId, {
        ...{ name: watch.name, selectors: watch.selectors, discoveredLabelNames: [] },
        ...{ oneIn: oneInOf(watch), source: watch.source ?? '' },
      })
    )
  );
  return watches.map((watch) => createWatchScanner(context, watch, settings.watches === null));
}

function oneInOf({ read = 'all' }: ConfiguredWatch): number {
  return read === 'all' ? 1 : read === 'volume' ? 0 : read.oneIn;
}

/** The watches that a configured one is read as. */
function shardsOf(watch: ConfiguredWatch): readonly ConfiguredWatch[] {
  const { name, selectors, shards } = watch;
  if (shards === undefined) {
    return [watch];
  }
  const shared = selectors.map((text) => {
    const parsed = parseQuery(text);
    // What is no selector was refused when the configuration was read.
    const queries = parsed.kind === 'query' && parsed.query.kind === 'log' ? [parsed.query] : [];
    return queries.flatMap((query) => shardSelectors(query, shards.label, shards.count)).map(printQuery);
  });
  return Array.from({ length: shards.count }, (_, place) => ({
    ...watch,
    name: `${name} (shard ${place + 1} of ${shards.count})`,
    selectors: shared.flatMap((ofSelector) => ofSelector[place] ?? []),
  }));
}

async function scanUntilStopped(context: SharedContext, watch: WatchScanner): Promise<void> {
  while (!context.signal.aborted) {
    const pauseMs = await watch.scanOnce();
    await context.clock.sleep(pauseMs, context.signal);
  }
}
