// Reads one watch, over and over: takes its lease, catches up, reads the recent minutes, compares the complete ones.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isPortError, type HeldBackBy, type Watch } from '@loghunter/ports';
import { pauseAfterFailure } from './backoff.ts';
import { catchUp } from './catch-up.ts';
import { adoptLabelNames, findNewLabelNames } from './discover-watch.ts';
import { contextOf } from './logs-of-watch.ts';
import { isLeaseLost, LeaseLost } from './lease-lost.ts';
import { readRecent } from './read-recent.ts';
import { reconcile } from './reconcile.ts';
import type { ScanContext } from './scan-context.ts';
import { createWatchState, type WatchState } from './watch-state.ts';

/** New label names are rare; looking for them costs a query for each name that is not in use. */
const discoveryIntervalMs = 60_000;

const logStores: ReadonlySet<string> = new Set(['loki', 'embedded-logs']);

/** How reading a watch goes. */
export interface WatchProgress {
  readonly name: string;
  readonly phase: 'starting' | 'catching-up' | 'live' | 'failing' | 'elsewhere';
  /** Why the last try failed; empty otherwise. */
  readonly failure: string;
  readonly readUpToMs: number | null;
  readonly foreignStreamCount: number;
}

/** Reads one watch. */
export interface WatchScanner {
  /** One round; never rejects. Returns the pause before the next one. */
  scanOnce(): Promise<number>;
  progress(): WatchProgress;
  release(): Promise<void>;
}

/** What the scanners of all watches share; each keeps its own lease. */
export type SharedContext = Omit<ScanContext, 'checkpoint' | 'holder'> & { readonly holder: string };

/** A scanner for a watch that the ledger holds; `isDiscovered` when its selectors are found by labels. */
export function createWatchScanner(context: SharedContext, stored: Watch, isDiscovered: boolean): WatchScanner {
  return new SingleWatchScanner(context, stored, isDiscovered);
}

class SingleWatchScanner implements WatchScanner {
  readonly #context: ScanContext & { readonly holder: string };
  readonly #isDiscovered: boolean;
  readonly #source: string;
  #watch: WatchState;
  #phase: WatchProgress['phase'] = 'starting';
  #failure = '';
  #failureCount = 0;
  #failedBy: HeldBackBy | null = null;
  #nextDiscoveryMs = 0;
  #sharedAtMs = 0;
  #renewalTimer: NodeJS.Timeout | undefined;
  #renewal: Promise<void> = Promise.resolve();

  constructor(context: SharedContext, stored: Watch, isDiscovered: boolean) {
    this.#context = { ...contextOf(context, stored), checkpoint: () => this.#checkpoint() };
    this.#isDiscovered = isDiscovered;
    this.#source = stored.source;
    this.#watch = createWatchState(stored);
  }

  progress(): WatchProgress {
    return {
      name: this.#watch.name,
      phase: this.#phase,
      failure: this.#failure,
      readUpToMs: this.#watch.readUpToMs,
      foreignStreamCount: this.#watch.foreignStreamKeys.size,
    };
  }

  async scanOnce(): Promise<number> {
    try {
      await this.#whileLeased(() => this.#scan());
      this.#failureCount = 0;
      this.#failure = '';
      this.#failedBy = null;
      return this.#context.settings.intervalMs;
    } catch (error) {
      if (this.#context.signal.aborted) {
        return 0;
      }
      return isLeaseLost(error) ? this.#noteElsewhere() : this.#noteFailure(error);
    }
  }

  async release(): Promise<void> {
    const { ledger, tenantId, holder } = this.#context;
    await this.#endRenewing();
    try {
      await ledger.releaseWatch(tenantId, this.#watch.id, holder);
    } catch (error) {
      // The lease ends by itself; a database that is away must not hold up the stop.
      this.#context.observer.observeFailure(error);
    }
  }

  async #scan(): Promise<void> {
    await this.#refreshMarks();
    await this.#context.identifier.rules.follow();
    await this.#discover();
    if (this.#watch.selectors.length === 0) {
      this.#phase = 'live';
      return;
    }
    this.#phase = this.#phase === 'live' ? 'live' : 'catching-up';
    await catchUp(this.#context, this.#watch);
    await this.#context.checkpoint();
    if (this.#watch.readUpToMs !== null) {
      await readRecent(this.#context, this.#watch, this.#watch.readUpToMs);
    }
    this.#phase = 'live';
    await this.#reconcileWhenDue();
  }

  // Renewed by a timer as well, also between rounds: a slow answer of Loki or the pause must not cost the lease, or two replicas would take turns
  // without end. A round begins by keeping to the replica's share of the watches.
  async #whileLeased(work: () => Promise<void>): Promise<void> {
    // A renewal would take back what this asking gives back.
    await this.#endRenewing();
    await this.#keepShare();
    this.#renewalTimer = setInterval(() => {
      this.#renewal = this.#renewal.then(() => this.#renewLease());
    }, this.#context.settings.leaseMs / 3);
    this.#renewalTimer.unref();
    try {
      await work();
    } catch (error) {
      if (isLeaseLost(error)) {
        await this.#endRenewing();
      }
      throw error;
    }
  }

  // A renewal under way must not take the lease back after it was released.
  async #endRenewing(): Promise<void> {
    clearInterval(this.#renewalTimer);
    this.#renewalTimer = undefined;
    await this.#renewal;
  }

  async #renewLease(): Promise<void> {
    try {
      await this.#keepLease();
    } catch {
      // The next checkpoint or write finds out, and says so.
    }
  }

  async #keepShare(): Promise<void> {
    this.#sharedAtMs = this.#context.clock.nowMs();
    try {
      await this.#keepLease({ isShared: true });
    } catch (error) {
      if (isLeaseLost(error)) {
        // At once: reads that end only now must not leave the timer the time to take it back.
        clearInterval(this.#renewalTimer);
      }
      throw error;
    }
  }

  async #keepLease(options?: { readonly isShared: true }): Promise<void> {
    const { ledger, tenantId, holder, settings } = this.#context;
    // Other processes tell people why the watch is behind.
    const heldBackBy = this.#context.heldBackBy?.(this.#source) ?? this.#failedBy;
    if (!(await ledger.leaseWatch(tenantId, this.#watch.id, holder, settings.leaseMs, { ...options, heldBackBy }))) {
      throw new LeaseLost();
    }
  }

  async #checkpoint(): Promise<void> {
    const { clock, settings, signal } = this.#context;
    // A page is tens of milliseconds of work: requests, and the signal of a stop, get their turn between pages.
    await nextTurn();
    signal.throwIfAborted();
    // A long backlog must not keep a replica that has just come from its share.
    if (clock.nowMs() - this.#sharedAtMs >= settings.leaseMs / 3) {
      await this.#keepShare();
    }
  }

  // Another replica may have read on while it held the lease.
  async #refreshMarks(): Promise<void> {
    const watches = await this.#context.ledger.listWatches(this.#context.tenantId);
    const stored = watches.find((watch) => watch.id === this.#watch.id);
    if (stored !== undefined) {
      const { selectors, discoveredLabelNames, readFromMs, readUpToMs, oneIn } = stored;
      Object.assign(this.#watch, { selectors, discoveredLabelNames, readFromMs, readUpToMs, oneIn });
    }
  }

  async #discover(): Promise<void> {
    const nowMs = this.#context.clock.nowMs();
    if (!this.#isDiscovered || (nowMs < this.#nextDiscoveryMs && this.#watch.selectors.length > 0)) {
      return;
    }
    const added = await findNewLabelNames(this.#context, this.#watch);
    if (added.length > 0) {
      const adopted = await adoptLabelNames(this.#context, this.#watch, added);
      this.#watch.selectors = adopted.selectors;
      this.#watch.discoveredLabelNames = adopted.discoveredLabelNames;
      this.#context.logger.info({ watch: this.#watch.name, labelNames: added }, 'streams found by new label names');
    }
    this.#nextDiscoveryMs = nowMs + discoveryIntervalMs;
  }

  async #reconcileWhenDue(): Promise<void> {
    const nowMs = this.#context.clock.nowMs();
    if (nowMs >= this.#watch.nextReconcileMs) {
      await reconcile(this.#context, this.#watch);
      this.#watch.nextReconcileMs = nowMs + this.#context.settings.reconcileIntervalMs;
    }
  }

  #noteElsewhere(): number {
    this.#phase = 'elsewhere';
    this.#failure = '';
    this.#failureCount = 0;
    // Soon after the other replica's lease may have ended.
    return Math.min(this.#context.settings.intervalMs, this.#context.settings.leaseMs / 3);
  }

  #noteFailure(error: unknown): number {
    this.#phase = 'failing';
    this.#failure = isPortError(error) ? error.message : 'The scanner failed for a reason that is in the server log.';
    this.#failureCount += 1;
    this.#failedBy = isPortError(error) && logStores.has(error.system) ? 'source' : 'failure';
    const pauseMs = pauseAfterFailure(error, this.#failureCount, Math.random);
    const fields = { watch: this.#watch.name, failureCount: this.#failureCount, pauseMs: Math.round(pauseMs) };
    this.#context.observer.observeFailure(error);
    if (isPortError(error)) {
      this.#context.logger.warn({ ...fields, reason: error.message }, 'reading failed and is tried again');
    } else {
      this.#context.logger.error({ ...fields, err: error }, 'reading failed and is tried again');
    }
    return pauseMs;
  }
}
