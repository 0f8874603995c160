import type { Clock, HeldBackBy, Ledger, LogStore } from '@loghunter/ports';
import type { Logger } from 'pino';
import type { ScanConfig } from '../config.ts';
import type { ServiceSettings } from '@loghunter/engine/records';
import type { StoredTextRedaction } from '../redaction/stored-text-redaction.ts';
import type { EventIdentifier } from '../events/identify-event.ts';

/** Told of what the scanner does, for `/metrics`. */
export interface ScanObserver {
  observePage(entryCount: number): void;
  observeWrite(minuteCount: number): void;
  /** Minutes of streams that were complete and are read again because Loki's count differs. */
  observeReread(minuteCount: number): void;
  observeFailure(error: unknown): void;
}

/** What reading one tenant's logs needs. */
export interface ScanContext {
  readonly tenantId: string;
  readonly ledger: Ledger;
  /** The log source of the configuration. */
  readonly logs: LogStore;
  /** Further log sources by name; absent when there are none. */
  readonly sources?: ReadonlyMap<string, LogStore> | undefined;
  /** What queries to a log source wait for now; absent: nothing is known of it. */
  readonly heldBackBy?: (source: string) => HeldBackBy | null;
  readonly clock: Clock;
  readonly identifier: EventIdentifier;
  /** What every stored text goes through. */
  readonly redaction: StoredTextRedaction;
  readonly services: ServiceSettings;
  readonly settings: ScanConfig;
  readonly observer: ScanObserver;
  readonly logger: Logger;
  /** Names this process in leases; null for a tool that works beside the scanner and moves no marks. */
  readonly holder: string | null;
  readonly signal: AbortSignal;
  /**
   * Called between windows and pages: lets other work of the process take its turn and keeps the lease. Throws the signal's reason when
   * the scanner is stopped, `LeaseLost` when another process reads the watch now.
   */
  checkpoint(): Promise<void>;
}
