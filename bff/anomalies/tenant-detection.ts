// Judges the minutes of one tenant as they are read. A tick takes the lease, reads what the ledger has new, judges it in memory, and
// writes events, notices and the mark in one transaction; whoever finds the mark moved by another starts over from the database.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TenantDetector, type EventChange, type MinuteFacts } from '@loghunter/engine/detection';
import { isPortError, type AnomalyLine, type BaselineRow, type DetectionRun, type MinuteRange } from '@loghunter/ports';
import { announce } from './announce.ts';
import { toBaselineRow } from './baseline-rows.ts';
import { maxWatchedClusters, type DetectionContext } from './detection-context.ts';
import { loadDetector } from './load-detector.ts';
import { readDeploys } from './read-deploys.ts';
import { readFacts } from './minute-facts.ts';
import { pushLines } from './push-lines.ts';
import { recordEvents } from './record-events.ts';
import { toFoundEvents } from './found-events.ts';
import { joinMinutes } from '../scanner/minutes.ts';
import { createOffsets } from './time-zone.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A minute is judged so long after its end, at the earliest: the scanner has read it by then, and lines that are a little late with it. */
const settleMs = minuteMs;
/** Minutes that one transaction moves on while there is more to judge. */
const batchMs = hourMs;
/** Batches after which other tenants get their turn: a day. */
const batchesPerTick = 24;
/** Judged so long after they were, minutes are history: what was over by then is told to nobody. */
const liveMs = 15 * minuteMs;
/** Lines that come so late still count: the detectors remember some four hours, and windows are two hours long. */
const revisedMs = 2 * hourMs;
/** Nothing new for so long means that the log store, or the way to it, is silent. */
const staleMs = 5 * minuteMs;
/** Longest history that is learned from: what baselines remember, and a week more. */
const longestHistoryMs = 28 * dayMs;
/** Other work of the process gets its turn after so many minutes of judging. */
const minutesBetweenTurns = 5;

interface State {
  readonly detector: TenantDetector;
  readonly run: DetectionRun;
  /** First minute of the ledger when the detector was made. */
  readonly ledgerFromMs: number;
}

/** Watches one tenant. */
export class TenantDetection {
  readonly #context: DetectionContext;
  readonly #offsetAt: (ms: number) => number;
  #state: State | null = null;
  /** Lines may wait for the log store: those of a process before this one, at first. */
  #hasLines = true;

  constructor(context: DetectionContext) {
    this.#context = context;
    this.#offsetAt = createOffsets(context.settings.timeZone);
  }

  /** One look; never rejects. True: there is more to judge, and others get their turn first. */
  async tick(): Promise<boolean> {
    const { detection, tenantId, holder, leaseMs, signal, observeFailure, logger } = this.#context;
    try {
      if (!(await detection.lease(tenantId, holder, leaseMs))) {
        this.#state = null;
        return false;
      }
      const hasMore = await this.#judgeWhatIsNew();
      if (this.#hasLines) {
        this.#hasLines = !(await pushLines(this.#context));
      }
      return hasMore;
    } catch (error) {
      this.#state = null;
      if (signal.aborted) {
        return false;
      }
      observeFailure(error);
      logger.warn({ err: error }, 'judging minutes failed and is tried again');
      const statusDetail = isPortError(error) ? error.message : 'The reason is in the server log.';
      await detection.setStatus(tenantId, holder, { status: 'failing', statusDetail }).catch(observeFailure);
      return false;
    }
  }

  /** Gives the lease back. */
  async release(): Promise<void> {
    const { detection, tenantId, holder, observeFailure } = this.#context;
    await detection.release(tenantId, holder).catch(observeFailure);
  }

  async #judgeWhatIsNew(): Promise<boolean> {
    const { clock, detection, tenantId, holder, leaseMs, signal } = this.#context;
    const marks = await this.#readMarks();
    if (marks === null) {
      await this.#setStatus('waiting', '');
      return false;
    }
    await this.#load(marks);
    const nowMs = clock.nowMs();
    const toMs = Math.min(marks.toMs, floorMinute(nowMs - settleMs));
    for (let batch = 0; this.#state !== null && (this.#state.run.detectedUpToMs ?? 0) < toMs; batch += 1) {
      signal.throwIfAborted();
      if (batch === batchesPerTick) {
        return true;
      }
      const fromMs = this.#state.run.detectedUpToMs ?? this.#state.run.historyFromMs ?? marks.fromMs;
      const isUncounted = fromMs + dayMs <= this.#state.ledgerFromMs;
      const end = Math.min(toMs, fromMs + (isUncounted ? dayMs : batchMs));
      await this.#judge(this.#state, { fromMs, toMs: end }, end === toMs && end >= nowMs - liveMs);
      if (end < toMs) {
        await detection.lease(tenantId, holder, leaseMs);
      }
    }
    await this.#sayWhatIsNew(marks.toMs, nowMs);
    return false;
  }

  /** What the ledger has: from the oldest minute to what every watch has read. */
  async #readMarks(): Promise<MinuteRange | null> {
    const { ledger, tenantId } = this.#context;
    const watches = (await ledger.listWatches(tenantId)).filter(({ isRetired }) => !isRetired);
    const from = watches.map(({ readFromMs }) => readFromMs).filter((ms) => ms !== null);
    const upTo = watches.map(({ readUpToMs }) => readUpToMs).filter((ms) => ms !== null);
    // A watch that has read nothing yet holds all of them up.
    return upTo.length === 0 || upTo.length < watches.length
      ? null
      : { fromMs: Math.min(...from), toMs: Math.min(...upTo) };
  }

  async #load(marks: MinuteRange): Promise<void> {
    const { detection, tenantId, settings, clock, countHistory } = this.#context;
    // Whoever else moved the mark since makes the next write fail, and this process begins anew.
    if (this.#state !== null) {
      return;
    }
    const run = await detection.readRun(tenantId);
    const oldestMs = clock.nowMs() - longestHistoryMs;
    const firstMs = Math.min(marks.fromMs, countHistory?.fromMs ?? marks.fromMs);
    const historyFromMs = run.historyFromMs ?? floorMinute(Math.max(firstMs, oldestMs));
    const detector = new TenantDetector(
      { sensitivity: settings.sensitivity, maxClusters: maxWatchedClusters },
      marks.fromMs / minuteMs
    );
    this.#state = { detector, run: { ...run, historyFromMs }, ledgerFromMs: marks.fromMs };
    if (run.detectedUpToMs !== null) {
      const range = { fromMs: historyFromMs, toMs: run.detectedUpToMs };
      await loadDetector(this.#context, detector, range, (part) => this.#readFacts(part, marks.fromMs));
    }
  }

  #readFacts(range: MinuteRange, ledgerFromMs: number): Promise<readonly MinuteFacts[]> {
    const { series, countHistory, tenantId } = this.#context;
    return readFacts({ series, countHistory, offsetAt: this.#offsetAt }, tenantId, range, ledgerFromMs);
  }

  async #judge(state: State, range: MinuteRange, isLive: boolean): Promise<void> {
    const { detector } = state;
    const { deploys, late, facts } = await this.#read(state, range, isLive);
    const changes: EventChange[] = late.facts.flatMap((minute) => detector.revise(minute));
    for (const [index, minute] of facts.entries()) {
      changes.push(...detector.observe(minute, deploys));
      if (index % minutesBetweenTurns === 0) {
        await nextTurn();
        this.#context.signal.throwIfAborted();
      }
    }
    await this.#write(state, range, changes, { isLive, ledgerSeenAtMs: late.seenAtMs });
  }

  /** All that is to be judged, as of one moment. */
  #read(state: State, range: MinuteRange, isLive: boolean) {
    const { unitOfWork, tenantId } = this.#context;
    return unitOfWork.run(tenantId, async () => ({
      deploys: await readDeploys(this.#context, range),
      late: isLive ? await this.#readLate(state, range) : { facts: [], seenAtMs: state.run.ledgerSeenAtMs },
      facts: await this.#readFacts(range, state.ledgerFromMs),
    }));
  }

  /** Minutes that were judged and have changed since. */
  async #readLate({ run, ledgerFromMs }: State, { fromMs }: MinuteRange) {
    const { series, tenantId } = this.#context;
    const range = { fromMs: Math.max(fromMs - revisedMs, ledgerFromMs), toMs: fromMs };
    const changed = await series.listChangedMinutes(tenantId, range, run.ledgerSeenAtMs);
    // The first look knows all of them: they have just been judged.
    const minutes = run.ledgerSeenAtMs === null ? [] : changed.minutes;
    const facts: MinuteFacts[] = [];
    for (const part of joinMinutes(minutes)) {
      facts.push(...(await this.#readFacts(part, ledgerFromMs)));
    }
    return { facts, seenAtMs: changed.nowMs };
  }

  async #write(
    state: State,
    range: MinuteRange,
    changes: readonly EventChange[],
    { isLive, ledgerSeenAtMs }: { readonly isLive: boolean; readonly ledgerSeenAtMs: number | null }
  ): Promise<void> {
    const { unitOfWork, anomalies, detection, tenantId, holder, clock } = this.#context;
    const { detector } = state;
    const run: DetectionRun = {
      ...state.run,
      detectedUpToMs: range.toMs,
      announceFromMs: state.run.announceFromMs ?? (isLive ? range.toMs : null),
      ledgerSeenAtMs,
      seriesCount: detector.seriesCount,
      status: isLive ? 'watching' : 'learning',
      statusDetail: isLive ? '' : `Judged up to ${new Date(range.toMs).toISOString()}`,
    };
    const found = await toFoundEvents(this.#context, changes);
    await unitOfWork.run(tenantId, async () => {
      const recorded = await recordEvents(anomalies, tenantId, found);
      // What goes on unknown to all is told of when history ends; later, only what changes is.
      const isNews = isLive && (recorded.events.length > 0 || state.run.status !== 'watching');
      const lines: readonly AnomalyLine[] = isNews
        ? await announce(this.#context, tenantId, recorded, clock.nowMs())
        : [];
      this.#hasLines ||= lines.length > 0;
      await detection.advance(tenantId, {
        ...{ holder, expectedUpToMs: state.run.detectedUpToMs, run, lines },
        baselines: this.#chooseBaselines(detector, range, isLive),
        endedSeriesKeys: isLive ? detector.forgetQuiet() : [],
      });
    });
    this.#state = { ...state, run };
  }

  /** Each series is saved once an hour, at a minute of its own; all of them at the end of a day of history and when history ends. */
  #chooseBaselines(detector: TenantDetector, range: MinuteRange, isLive: boolean): readonly BaselineRow[] {
    const isEndOfHistory = isLive && range.toMs - range.fromMs >= liveMs;
    const isEndOfDay = Math.floor(range.fromMs / dayMs) !== Math.floor(range.toMs / dayMs);
    const turns = new Set<number>();
    for (let ms = range.fromMs; ms < range.toMs; ms += minuteMs) {
      turns.add((ms / minuteMs) % 60);
    }
    return [...detector.series()]
      .filter(
        (series) =>
          isEndOfHistory ||
          (!isLive && isEndOfDay) ||
          (isLive && (turns.has(turnOf(series.subject.key)) || series.sinceMinute * minuteMs >= range.fromMs))
      )
      .map((series) => toBaselineRow(series, range.toMs));
  }

  /** Says when there is nothing to judge, and since when. */
  async #sayWhatIsNew(readUpToMs: number, nowMs: number): Promise<void> {
    const since = new Date(readUpToMs).toISOString();
    const detail = `Nothing after ${since} has been read from the log store: no anomaly can be told of since then`;
    const isStale = nowMs - readUpToMs > staleMs;
    await this.#setStatus(isStale ? 'no-data' : 'watching', isStale ? detail : '');
  }

  async #setStatus(status: DetectionRun['status'], statusDetail: string): Promise<void> {
    const { detection, tenantId, holder } = this.#context;
    const run = this.#state?.run;
    if (this.#state === null || run?.status !== status || run.statusDetail !== statusDetail) {
      await detection.setStatus(tenantId, holder, { status, statusDetail });
      this.#state = this.#state && { ...this.#state, run: { ...this.#state.run, status, statusDetail } };
    }
  }
}

/** A minute of the hour that a key always has. */
function turnOf(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index += 1) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  }
  return Math.abs(hash) % 60;
}

function floorMinute(ms: number): number {
  return Math.floor(ms / minuteMs) * minuteMs;
}
