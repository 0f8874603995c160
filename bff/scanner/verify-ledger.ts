// Compares the ledger with the log store, and with itself. What is compared is what the scanner says it has read: minutes between the
// marks of the watch that owns their stream.
import type { Labels } from '@loghunter/engine/records';
import type { MinuteRange, StoredMinute, Watch, WrongSum, WrongTime } from '@loghunter/ports';
import { streamKeyOf } from '../events/stream-key.ts';
import { contextOf } from './logs-of-watch.ts';
import { minuteKey } from './compare-counts.ts';
import { ceilMinute, minuteMs, toNanoseconds } from './minutes.ts';
import type { ScanContext } from './scan-context.ts';

/** Compared at once: what is held in memory grows with streams times minutes. */
const chunkMs = 6 * 60 * minuteMs;
const dayMs = 24 * 60 * minuteMs;

/** Something that is not as it should be. */
export interface LedgerFinding {
  /** `lines`: the log store has another count. `clusters`: a minute's clusters do not add up to its lines. Otherwise the sum or time that is wrong. */
  readonly kind: 'lines' | 'clusters' | WrongSum['kind'] | WrongTime['kind'];
  /** Labels of the stream; null for sums and times. */
  readonly labels: Labels | null;
  /** Id of the stream or cluster of a sum or time; empty otherwise. */
  readonly subjectId: string;
  /** Start of the minute, hour or span; null for totals. */
  readonly startMs: number | null;
  /** Lines; for times milliseconds since 1970, null for never. */
  readonly stored: number | null;
  /** What the log store counts, what the parts add up to, or the time that the minutes say. */
  readonly expected: number | null;
  /** Watches that can read a minute again. */
  readonly watchIds: readonly string[];
}

/** The outcome of one comparison. */
export interface LedgerVerification {
  readonly range: MinuteRange;
  /** Stream minutes that both sides were asked for. */
  readonly comparedMinuteCount: number;
  /** Stream minutes of the ledger that are older than what the log store still has of their stream. */
  readonly forgottenMinuteCount: number;
  /** Lines of the compared minutes that the ledger itself states as unread. */
  readonly unreadLineCount: number;
  readonly findings: readonly LedgerFinding[];
}

interface LokiMinute {
  readonly labels: Labels;
  readonly minuteMs: number;
  readonly lineCount: number;
  readonly watchIds: Set<string>;
}

interface OwnedMinute {
  readonly minute: StoredMinute;
  readonly watch: Watch;
}

/** Compares everything from `range.fromMs` on; see `Ledger.checkSums` for what the ledger is compared with inside. Throws `PortError`. */
export async function verifyLedger(context: ScanContext, range: MinuteRange): Promise<LedgerVerification> {
  const watches = await context.ledger.listWatches(context.tenantId);
  const comparison = new Comparison(watches);
  for (let fromMs = range.fromMs; fromMs < range.toMs; fromMs += chunkMs) {
    await context.checkpoint();
    const chunk = { fromMs, toMs: Math.min(range.toMs, fromMs + chunkMs) };
    const stored = await readStored(context, watches, chunk);
    comparison.add(stored, await countMinutes(context, watches, chunk));
  }
  return {
    range,
    ...comparison.finish(),
    findings: [...comparison.findings(), ...(await findWrongSums(context, range))],
  };
}

/** Lines of every stream and minute that the watches in use have read. */
export async function countMinutes(
  context: ScanContext,
  watches: readonly Watch[],
  range: MinuteRange
): Promise<ReadonlyMap<string, LokiMinute>> {
  const counted = new Map<string, LokiMinute>();
  for (const watch of watches.filter((candidate) => !candidate.isRetired)) {
    const fromMs = Math.max(range.fromMs, watch.readFromMs ?? Infinity);
    const toMs = Math.min(range.toMs, watch.readUpToMs ?? -Infinity);
    for (const selector of fromMs < toMs ? watch.selectors : []) {
      const request = { selector, stepMs: minuteMs, ...toNanoseconds({ fromMs, toMs }), signal: context.signal };
      for (const { labels, startMs, lineCount } of await contextOf(context, watch).logs.countEntries(request)) {
        const key = minuteKey(labels, startMs);
        const known = counted.get(key);
        counted.set(key, {
          labels,
          minuteMs: startMs,
          lineCount,
          watchIds: (known?.watchIds ?? new Set<string>()).add(watch.id),
        });
      }
    }
  }
  return counted;
}

async function readStored(
  context: ScanContext,
  watches: readonly Watch[],
  { fromMs, toMs }: MinuteRange
): Promise<ReadonlyMap<string, OwnedMinute>> {
  const stored = new Map<string, OwnedMinute>();
  for (const watch of watches) {
    for (const minute of await context.ledger.readMinutes(context.tenantId, watch.id, fromMs, toMs)) {
      stored.set(minuteKey(minute.labels, minute.minuteMs), { minute, watch });
    }
  }
  return stored;
}

/** Collects what differs; whether that is a finding shows when all is known of a stream. */
class Comparison {
  readonly #watches: ReadonlyMap<string, Watch>;
  readonly #owners = new Map<string, Watch>();
  readonly #oldestMs = new Map<string, number>();
  readonly #differing: Array<LokiMinute & { readonly storedLineCount: number }> = [];
  #comparedMinuteCount = 0;
  #forgottenMinuteCount = 0;
  #unreadLineCount = 0;

  constructor(watches: readonly Watch[]) {
    this.#watches = new Map(watches.map((watch) => [watch.id, watch]));
  }

  add(stored: ReadonlyMap<string, OwnedMinute>, counted: ReadonlyMap<string, LokiMinute>): void {
    for (const { labels, minuteMs: startMs } of counted.values()) {
      const key = streamKeyOf(labels);
      this.#oldestMs.set(key, Math.min(this.#oldestMs.get(key) ?? Infinity, startMs));
    }
    for (const [key, { minute, watch }] of stored) {
      this.#owners.set(streamKeyOf(minute.labels), watch);
      this.#unreadLineCount += minute.unreadLineCount;
      const storedLineCount = minute.lineCount + minute.unreadLineCount;
      const found = counted.get(key);
      if (storedLineCount !== (found?.lineCount ?? 0)) {
        const { labels, minuteMs: startMs } = minute;
        const watchIds = new Set([watch.id]);
        this.#differing.push({ labels, minuteMs: startMs, lineCount: 0, watchIds, ...found, storedLineCount });
      }
    }
    for (const [key, found] of counted) {
      if (!stored.has(key)) {
        this.#differing.push({ ...found, storedLineCount: 0 });
      }
    }
    this.#comparedMinuteCount += new Set([...stored.keys(), ...counted.keys()]).size;
  }

  findings(): readonly LedgerFinding[] {
    const findings: LedgerFinding[] = [];
    for (const { labels, minuteMs: startMs, lineCount, storedLineCount, watchIds } of this.#differing) {
      const owner = this.#owners.get(streamKeyOf(labels));
      if (!this.#isRead(owner, startMs) || (lineCount === 0 && this.#isForgotten(labels, startMs))) {
        continue;
      }
      findings.push({
        kind: 'lines',
        labels,
        subjectId: '',
        startMs,
        stored: storedLineCount,
        expected: lineCount,
        watchIds: [...watchIds],
      });
    }
    return findings.sort((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0));
  }

  finish(): Pick<LedgerVerification, 'comparedMinuteCount' | 'forgottenMinuteCount' | 'unreadLineCount'> {
    this.#forgottenMinuteCount = this.#differing.filter(
      ({ labels, lineCount, minuteMs: startMs }) => lineCount === 0 && this.#isForgotten(labels, startMs)
    ).length;
    return {
      comparedMinuteCount: this.#comparedMinuteCount,
      forgottenMinuteCount: this.#forgottenMinuteCount,
      unreadLineCount: this.#unreadLineCount,
    };
  }

  // A stream of a retired watch is anybody's: whoever counted it may read it. Minutes that are not complete yet change all the time.
  #isRead(owner: Watch | undefined, startMs: number): boolean {
    const watch = owner === undefined ? undefined : this.#watches.get(owner.id);
    if (watch === undefined || watch.isRetired) {
      return true;
    }
    return startMs >= (watch.readFromMs ?? Infinity) && startMs < (watch.readUpToMs ?? -Infinity);
  }

  // The log store deletes by age; a stream's minutes before the oldest that it still has are no loss of the ledger's.
  #isForgotten(labels: Labels, startMs: number): boolean {
    return startMs < (this.#oldestMs.get(streamKeyOf(labels)) ?? Infinity);
  }
}

async function findWrongSums(context: ScanContext, range: MinuteRange): Promise<readonly LedgerFinding[]> {
  const findings: LedgerFinding[] = [];
  for (const day of daysOf(range)) {
    await context.checkpoint();
    const { unbalancedMinutes, wrongSums } = await context.ledger.checkSums(context.tenantId, day);
    findings.push(
      ...unbalancedMinutes.map(({ labels, minuteMs: startMs, lineCount, clusterLineCount }) => ({
        kind: 'clusters' as const,
        labels,
        subjectId: '',
        startMs,
        stored: lineCount,
        expected: clusterLineCount,
        watchIds: [],
      })),
      ...wrongSums.map(toFinding)
    );
  }
  findings.push(...(await context.ledger.checkTotals(context.tenantId)).map(toFinding));
  const wrongTimes = await context.ledger.checkSeenTimes(context.tenantId);
  return [
    ...findings,
    ...wrongTimes.map(({ kind, clusterId, storedMs, expectedMs }) => ({
      kind,
      labels: null,
      subjectId: clusterId,
      startMs: null,
      stored: storedMs,
      expected: expectedMs,
      watchIds: [],
    })),
  ];
}

function toFinding({ kind, subjectId, startMs, storedLineCount, summedLineCount }: WrongSum): LedgerFinding {
  const counts = { stored: storedLineCount, expected: summedLineCount };
  return { kind, labels: null, subjectId, startMs, ...counts, watchIds: [] };
}

/** The whole days (UTC) that hold the range. */
export function daysOf(range: MinuteRange): readonly MinuteRange[] {
  const firstMs = Math.floor(range.fromMs / dayMs) * dayMs;
  const count = Math.ceil((ceilMinute(range.toMs) - firstMs) / dayMs);
  return Array.from({ length: count }, (_, index) => ({
    fromMs: firstMs + index * dayMs,
    toMs: firstMs + (index + 1) * dayMs,
  }));
}
