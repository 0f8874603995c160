// One query of a tenant as it grows, for all who watch it: one tail of the log store, each line once.
import { createHash } from 'node:crypto';
import type { LogEntry } from '@loghunter/engine/records';
import type { Clock, LogStore } from '@loghunter/ports';
import { streamKeyOf } from '../events/stream-key.ts';

/** A line of a tail. */
export interface TailLine {
  /** The same for the same line, whoever asks. */
  readonly id: string;
  readonly entry: LogEntry;
}

/** What somebody who watches is given next. */
export interface TailPiece {
  readonly lines: readonly TailLine[];
  /** Lines were left out before these, because they were too many. */
  readonly isGap: boolean;
}

/** What a shared tail needs. */
export interface SharedTailParts {
  readonly logs: LogStore;
  readonly query: string;
  readonly clock: Clock;
  readonly observeFailure: (error: unknown) => void;
}

/** Lines that are remembered: who is further behind has a gap. */
const keptLines = 2000;
/** Lines come late, and a read may be a little ahead of what the tail tells: so much is read again, and known lines are left out. */
export const overlapMs = 10_000;
/** Ids are remembered for so long before the newest line. */
const rememberedMs = 120_000;
/** And so many at most. */
const maxRemembered = 100_000;
/** A longer loss is stated as a gap instead of being read. */
const maxLossMs = 600_000;
/** Lines read at once to make a loss good. */
const maxFillLines = 5000;
/** A store that tells nothing is asked so often; and one that does again so soon after it began, because it begins before it tells. */
const pollMs = 1000;
const settleMs = 2000;
const retryMs = 1000;
const msToNs = 1_000_000n;

/** The id of a line: what makes it one line for the log store. */
export function idOfLine(entry: LogEntry): string {
  const identity = [streamKeyOf(entry.labels), String(entry.timestampNs), entry.line, streamKeyOf(entry.metadata)];
  return createHash('sha256').update(JSON.stringify(identity)).digest('base64url').slice(0, 16);
}

/** Follows one query until it is stopped. */
export class SharedTail {
  readonly #parts: SharedTailParts;
  readonly #stop = new AbortController();
  readonly #seen = new Map<string, bigint>();
  readonly #beganNs: bigint;
  #newestNs: bigint;
  #lines: TailLine[] = [];
  /** Number of the first line that is kept. */
  #first = 0;
  /** Numbers of lines before which some were lost. */
  #gapAt = -1;
  #bell = Promise.withResolvers<void>();

  constructor(parts: SharedTailParts) {
    this.#parts = parts;
    this.#beganNs = BigInt(parts.clock.nowMs()) * msToNs;
    this.#newestNs = this.#beganNs;
    void this.#run();
  }

  stop(): void {
    this.#stop.abort();
    this.#ring();
  }

  /** Lines from now on, until the signal is aborted or the tail stops. */
  follow(signal: AbortSignal): AsyncGenerator<TailPiece> {
    // Taken now, not when the first piece is asked for.
    return this.#followFrom(this.#first + this.#lines.length, this.#gapAt, signal);
  }

  async *#followFrom(from: number, gapAt: number, signal: AbortSignal): AsyncGenerator<TailPiece> {
    const wake = () => this.#ring();
    signal.addEventListener('abort', wake, { once: true });
    let next = from;
    let told = gapAt;
    while (!signal.aborted && !this.#stop.signal.aborted) {
      const end = this.#first + this.#lines.length;
      const isGap = next < this.#first || this.#gapAt > told;
      if (next < end || isGap) {
        const lines = this.#lines.slice(Math.max(0, next - this.#first));
        next = end;
        told = this.#gapAt;
        yield { lines, isGap };
      } else {
        await this.#bell.promise;
      }
    }
    signal.removeEventListener('abort', wake);
  }

  async #run(): Promise<void> {
    const { clock, observeFailure } = this.#parts;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#listen();
      } catch (error) {
        if (!signal.aborted) {
          observeFailure(error);
          // Where no tail can be opened, such as behind a proxy without WebSockets, lines come by asking.
          await this.#fill().catch(observeFailure);
          await clock.sleep(retryMs, signal).catch(() => undefined);
        }
      }
    }
  }

  async #listen(): Promise<void> {
    const { logs, query, clock } = this.#parts;
    const { signal } = this.#stop;
    if (logs.tailEntries === undefined) {
      await this.#fill();
      await clock.sleep(pollMs, signal);
      return;
    }
    let settling: Promise<void> | undefined;
    for await (const { entries, isIncomplete } of logs.tailEntries({ query, signal })) {
      if (settling === undefined) {
        // What came before the tail began to tell, twice: it is open a little before Loki's ingesters know of it.
        await this.#fill();
        settling = clock
          .sleep(settleMs, signal)
          .then(() => this.#fill())
          .catch(this.#parts.observeFailure);
      }
      this.#add(entries);
      if (isIncomplete) {
        await this.#fill();
      }
    }
    await settling;
  }

  /** Reads what was missed since shortly before the newest line. */
  async #fill(): Promise<void> {
    const { logs, query, clock } = this.#parts;
    const toNs = BigInt(clock.nowMs() + 1000) * msToNs;
    const wantedNs = this.#newestNs - BigInt(overlapMs) * msToNs;
    const oldestNs = toNs - BigInt(maxLossMs) * msToNs;
    const fromNs = [wantedNs, oldestNs, this.#beganNs].reduce((a, b) => (a > b ? a : b));
    let readCount = 0;
    for await (const page of logs.readEntries({ query, fromNs, toNs, signal: this.#stop.signal })) {
      this.#add(page.entries);
      readCount += page.entries.length;
      if (readCount > maxFillLines) {
        this.#noteGap();
        this.#newestNs = toNs;
        return;
      }
    }
    if (oldestNs > wantedNs && oldestNs > this.#beganNs) {
      this.#noteGap();
    }
  }

  #add(entries: readonly LogEntry[]): void {
    const fresh = entries
      .filter((entry) => entry.timestampNs >= this.#beganNs)
      .map((entry): TailLine => ({ id: idOfLine(entry), entry }))
      .filter(({ id }) => !this.#seen.has(id))
      .sort((a, b) => Number(a.entry.timestampNs - b.entry.timestampNs));
    if (fresh.length === 0) {
      return;
    }
    for (const { id, entry } of fresh) {
      this.#seen.set(id, entry.timestampNs);
      this.#newestNs = entry.timestampNs > this.#newestNs ? entry.timestampNs : this.#newestNs;
    }
    this.#forget();
    this.#lines.push(...fresh);
    const surplus = Math.max(0, this.#lines.length - keptLines);
    this.#lines.splice(0, surplus);
    this.#first += surplus;
    this.#ring();
  }

  // In order of arrival, so that the first that is young enough ends the search.
  #forget(): void {
    const oldestNs = this.#newestNs - BigInt(rememberedMs) * msToNs;
    for (const [id, timestampNs] of this.#seen) {
      if (timestampNs >= oldestNs && this.#seen.size <= maxRemembered) {
        return;
      }
      this.#seen.delete(id);
    }
  }

  #noteGap(): void {
    this.#gapAt = this.#first + this.#lines.length;
    this.#ring();
  }

  #ring(): void {
    this.#bell.resolve();
    this.#bell = Promise.withResolvers();
  }
}
