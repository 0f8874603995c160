import type { Labels, LogEntry } from '@loghunter/engine/records';

/** A stretch of a query's answer. `from` is included, `to` excluded, both nanoseconds since 1970. */
export interface NanosecondRange {
  readonly fromNs: bigint;
  readonly toNs: bigint;
}

/** Wants to know what a query costs the store. */
export interface CostObserver {
  /** Told the bytes of lines that the store went through, part by part; never called by a store that does not say. */
  readonly observeProcessed?: (sizeBytes: number) => void;
}

interface LogQueryRequest extends NanosecondRange, CostObserver {
  /** LogQL log query, such as `{app="shop"} |= "error"`. */
  readonly query: string;
  readonly signal: AbortSignal;
}

/** Reads all entries of a log query, oldest first. */
export interface ReadEntriesRequest extends LogQueryRequest {
  /**
   * Entries to expect, when the order of streams among each other does not matter: the store may then read some streams after the others, which
   * costs it less than going through all of them for every page. Entries of one stream come in order of time either way.
   */
  readonly expectedByStream?: number | undefined;
  /** The range is over for long enough that no stream begins in it any more, late lines apart: the store may rest on a list of its streams. */
  readonly isSettled?: boolean | undefined;
}

/** A page of entries in time order, those of one stream also over pages. */
export interface EntryPage {
  readonly entries: readonly LogEntry[];
  /** All entries of the request before this moment have now been delivered. */
  readonly completeBeforeNs: bigint;
  /** Entries that exist but cannot be paged to (more than the store's limit on one nanosecond); 0 normally. */
  readonly unreadableEntryCount: number;
}

/** Finds up to `limit` entries from one end of the range. */
export interface FindEntriesRequest extends LogQueryRequest {
  readonly direction: 'newest-first' | 'oldest-first';
  /** 1..5000. */
  readonly limit: number;
}

/** Counts lines per stream at equal steps. */
export interface CountEntriesRequest extends NanosecondRange, CostObserver {
  /** Stream selector, such as `{app="shop"}`. */
  readonly selector: string;
  /** Whole milliseconds; `fromNs` and `toNs` must be multiples of it. */
  readonly stepMs: number;
  readonly signal: AbortSignal;
}

/** Lines of one stream in one step. */
export interface StreamCount {
  readonly labels: Labels;
  /** Start of the step: milliseconds since 1970. */
  readonly startMs: number;
  readonly lineCount: number;
}

/** Counts lines by labels at equal steps. */
export interface CountByLabelsRequest extends CountEntriesRequest {
  /** Names of labels, of streams or of structured metadata, by which lines are told apart; at least one that LogQL can name. */
  readonly labelNames: readonly string[];
}

/** Asks for label names, values or streams of a range. */
export interface DiscoveryRequest extends NanosecondRange {
  /** Only of streams that match this selector. */
  readonly selector?: string;
  readonly signal: AbortSignal;
}

/** Estimate of what a selector would read. Loki's answer does not see what is still in its ingesters. */
export interface StreamStats {
  readonly streamCount: number;
  readonly entryCount: number;
  readonly sizeBytes: number;
}

/** What a log store says of itself; null where it does not say. */
export interface LogStoreFacts {
  readonly version: string | null;
  /** Whether it estimates bytes with lines that are seconds old. */
  readonly answersVolume: boolean;
  /** Entries that it gives at once. */
  readonly maxEntriesPerQuery: number | null;
  /** Longest range of one query; 0: no limit. */
  readonly maxQueryRangeMs: number | null;
  /** How long lines are kept; 0: for good. */
  readonly retentionMs: number | null;
  /** Whether it finds patterns itself. */
  readonly mayHavePatterns: boolean | null;
}

/** Lines of one stream to be written. */
export interface PushStream {
  readonly labels: Labels;
  readonly entries: ReadonlyArray<Pick<LogEntry, 'timestampNs' | 'line' | 'metadata'>>;
}

/** A pattern that the store has found itself. */
export interface LogPattern {
  /** With `<_>` where lines differ. */
  readonly text: string;
  /** Lines in the range, as the store counts them. */
  readonly lineCount: number;
  /** Starts of the first and last step with lines, milliseconds since 1970. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Entries that a store has taken just now. */
export interface TailBatch {
  /** In no particular order; empty in the first batch, which says that the store tells of new entries from now on. */
  readonly entries: readonly LogEntry[];
  /** The store has left entries out because there were too many. */
  readonly isIncomplete: boolean;
}

/**
 * A store of log lines that answers LogQL: Loki, or the embedded store for its subset.
 * Every method throws `PortError` with system `loki` or `embedded-logs`: `unavailable`, `timeout`, `rejected`
 * (the store's own error text in the message), `not-supported`, `invalid-answer`.
 */
export interface LogStore {
  /**
   * All entries of the range, page by page, each entry exactly once, in order of time unless the request leaves that open (order on one
   * nanosecond is the store's).
   */
  readEntries(request: ReadEntriesRequest): AsyncIterable<EntryPage>;
  /** At most `limit` entries from one end of the range, in the asked direction. */
  findEntries(request: FindEntriesRequest): Promise<readonly LogEntry[]>;
  /** Lines per stream and step, steps [start, start + stepMs) as the ledger counts them; steps without lines are left out. */
  countEntries(request: CountEntriesRequest): Promise<readonly StreamCount[]>;
  /**
   * Lines by the values of the named labels and step, steps as in `countEntries`; `labels` are those of the names that a line has. Cheaper
   * than streams one by one. Throws `PortError` `rejected` when there are more groups than the store answers with, or it answered in part.
   */
  countByLabels(request: CountByLabelsRequest): Promise<readonly StreamCount[]>;
  /** Label names of the range, sorted. */
  listLabelNames(request: DiscoveryRequest): Promise<readonly string[]>;
  /** Values of a label in the range, sorted. */
  listLabelValues(name: string, request: DiscoveryRequest): Promise<readonly string[]>;
  /** Label sets of the streams that match `selector` in the range. */
  listStreams(request: DiscoveryRequest & { readonly selector: string }): Promise<readonly Labels[]>;
  /** Estimate for a selector and range. */
  readStats(request: DiscoveryRequest & { readonly selector: string }): Promise<StreamStats>;
  /**
   * Bytes of the streams that match the selector, lines that are seconds old included; may count whole chunks that only touch the range.
   * Left out by a store whose `readStats` sees everything.
   */
  readVolume?(request: DiscoveryRequest & { readonly selector: string }): Promise<number>;
  /** What the store says of itself; left out by a store that has no settings of its own. Throws `PortError` when it is away. */
  readFacts?(signal: AbortSignal): Promise<LogStoreFacts>;
  /**
   * Entries of a log query as the store takes them, until the signal is aborted. Throws when the connection ends; what came meanwhile is for the
   * caller to read. Left out by a store that does not tell.
   */
  tailEntries?(request: { readonly query: string; readonly signal: AbortSignal }): AsyncIterable<TailBatch>;
  /** Patterns of the streams in the range that the store has found itself; left out by a store that looks for none. Throws `not-supported` when it is switched off. */
  listPatterns?(request: DiscoveryRequest & { readonly selector: string }): Promise<readonly LogPattern[]>;
  /** Writes lines; when it returns they are stored. */
  push(streams: readonly PushStream[], signal: AbortSignal): Promise<void>;
  /** Returns when the store answers; throws otherwise. */
  ping(signal: AbortSignal): Promise<void>;
}
