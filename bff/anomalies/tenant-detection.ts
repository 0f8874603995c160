// Judges the minutes of one tenant as they are read. A tick takes the lease, reads what the ledger has new, judges it in memory, and
// writes events, notices and the mark in one transaction; whoever finds the mark moved by another starts over from the database.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { TenantDetector, type EventChange, type MinuteFacts } from '@loghunter/engine/detection';
import {
  isPortError,
  type AnomalyLine,
  type BaselineRow,
  type DetectionRun,
  type DetectionStep,
  type MinuteRange,
} from '@loghunter/ports';
import { announce, followUp } from './announce.ts';
import { assignOpened } from './assign-incidents.ts';
import { toBaselineRow } from './baseline-rows.ts';
import { judgedUpToOf, readLimits, withJudgedUpTo } from './behind-watches.ts';
import { maxWatchedClusters, type DetectionContext } from './detection-context.ts';
import { behindMs, isMoreThan, readKnownCounts, type KnownCounts } from './ledger-marks.ts';
import { loadDetector } from './load-detector.ts';
import { takeOver } from './learn-again.ts';
import { readDeploys } from './read-deploys.ts';
import { readFacts, type LedgerMarks } from './minute-facts.ts';
import { describeRun } from './describe-run.ts';
import { pushLines } from './push-lines.ts';
import { recordEvents } from './record-events.ts';
import { Replay } from './replay.ts';
import { serviceKey, type ServiceRef } from './series-key.ts';
import { toFoundEvents } from './found-events.ts';
import { floorMinute, joinMinutes } from '../scanner/minutes.ts';
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
/** What is known changes while older lines are read: detectors learn again when it has been the same for so long. */
const settledKnownMs = 5 * minuteMs;
/** Late lines that came after detectors had learned from their minutes make them learn again, once a day at most. */
const lateMs = 24 * hourMs;
/** Learning again that failed is not tried again before: it would begin from the first minute, and fail the same way. */
const failedMs = hourMs;
/** Hours that one look judges again. */
const hoursPerLook = 6;
/** Counts from before the ledger are asked for again after so long, when asking failed. */
const askedMs = hourMs;
/** Longest history that is learned from: what baselines remember, and a week more. */
const longestHistoryMs = 28 * dayMs;
/** Other work of the process gets its turn after so many minutes of judging. */
const minutesBetweenTurns = 5;

interface State {
  readonly detector: TenantDetector;
  readonly run: DetectionRun;
  /** The ledger when the detector was made. */
  readonly marks: LedgerMarks;
}

/** Whether a minute of a service is to be judged. */
type IsCounted = (service: ServiceRef, ms: number) => boolean;

/** What is known beyond what was learned, and since when it has been the same. */
interface Learnable {
  readonly known: KnownCounts;
  readonly sinceMs: number;
}

/** Watches one tenant. */
export class TenantDetection {
  readonly #context: DetectionContext;
  readonly #offsetAt: (ms: number) => number;
  #state: State | null = null;
  /** Lines may wait for the log store: those of a process before this one, at first. */
  #hasLines = true;
  #learnable: Learnable | null = null;
  /** Up to here all watches have been read that are not far behind. */
  #readUpToMs = 0;
  #replay: { readonly replay: Replay; readonly known: KnownCounts } | null = null;
  /** First change of minutes that were learned already; null: none since. */
  #lateSinceMs: number | null = null;
  /** Nothing is learned again before this, because it failed. */
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  /** Since when a watch has been waited for that has read nothing. */
  #waitingSinceMs: number | null = null;
  #askedAtMs = Number.NEGATIVE_INFINITY;

  constructor(context: DetectionContext) {
    this.#context = context;
    this.#offsetAt = createOffsets(context.settings.timeZone);
  }

  /** One look; never rejects. True: there is more to judge, and others get their turn first. */
  async tick(): Promise<boolean> {
    const { detection, tenantId, holder, leaseMs, signal, observeFailure, logger } = this.#context;
    try {
      if (!(await detection.lease(tenantId, holder, leaseMs))) {
        this.#forget();
        return false;
      }
      const hasMore =
        (await this.#judgeWhatIsNew()) || (await this.#learnAgain().catch((error: unknown) => this.#putOff(error)));
      if (this.#hasLines) {
        this.#hasLines = !(await pushLines(this.#context));
      }
      return hasMore;
    } catch (error) {
      this.#forget();
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

  /** A process that is told to stop has not failed. */
  #putOff(error: unknown): never {
    const { clock, signal } = this.#context;
    if (!signal.aborted) {
      this.#notBeforeMs = clock.nowMs() + failedMs;
      this.#lateSinceMs = this.#lateSinceMs === null ? null : clock.nowMs();
    }
    throw error;
  }

  #forget(): void {
    this.#state = null;
    this.#replay = null;
    this.#learnable = null;
  }

  async #judgeWhatIsNew(): Promise<boolean> {
    const { clock, detection, tenantId, holder, leaseMs, signal } = this.#context;
    const nowMs = clock.nowMs();
    const isPatient = nowMs - (this.#waitingSinceMs ?? nowMs) < behindMs;
    const known = await readKnownCounts(this.#context, tenantId, { isPatient });
    if (known === null) {
      this.#waitingSinceMs ??= nowMs;
      await this.#setStatus('waiting', '');
      return false;
    }
    const { marks } = known;
    this.#readUpToMs = marks.toMs;
    await this.#load(known);
    await this.#noteKnown(known);
    if (await this.#judgeLeft(known, nowMs)) {
      return true;
    }
    const isLeft = await this.#leaveBehind(known);
    const toMs = Math.min(marks.toMs, floorMinute(nowMs - settleMs));
    for (let batch = 0; this.#state !== null && (this.#state.run.detectedUpToMs ?? 0) < toMs; batch += 1) {
      signal.throwIfAborted();
      if (batch === batchesPerTick) {
        return true;
      }
      const fromMs = this.#state.run.detectedUpToMs ?? this.#state.run.historyFromMs ?? marks.fromMs;
      const isUncounted = fromMs + dayMs <= this.#state.marks.fromMs;
      const end = Math.min(toMs, fromMs + (isUncounted ? dayMs : batchMs));
      const isLive = end === toMs && end >= nowMs - liveMs;
      await this.#judge(this.#state, { fromMs, toMs: end }, isLive, (service) => !isLeft(service));
      if (end < toMs) {
        await detection.lease(tenantId, holder, leaseMs);
      }
    }
    const { status, statusDetail } = describeRun(known, nowMs, this.#state?.detector);
    await this.#setStatus(status, statusDetail);
    return false;
  }

  /** Judges what watches that were left behind have read since; true: there is more. */
  async #judgeLeft({ readUpTo }: KnownCounts, nowMs: number): Promise<boolean> {
    const { detection, series, tenantId, holder, leaseMs, signal } = this.#context;
    const run = this.#state?.run;
    const left = judgedUpToOf(run?.learnedFrom ?? {});
    const limitOf = await readLimits(this.#context, new Map([...readUpTo].filter(([id]) => left.has(id))));
    let batch = 0;
    for (const [watchId, firstMs] of left) {
      const own = new Set((await series.listServicesOf(tenantId, watchId)).map(serviceKey));
      const toMs = Math.min(readUpTo.get(watchId) ?? Number.POSITIVE_INFINITY, run?.detectedUpToMs ?? 0);
      for (let fromMs = firstMs; this.#state !== null && fromMs < toMs; fromMs += batchMs, batch += 1) {
        signal.throwIfAborted();
        if (batch === batchesPerTick) {
          return true;
        }
        const range = { fromMs, toMs: Math.min(toMs, fromMs + batchMs) };
        const isLive = range.toMs === toMs && toMs >= nowMs - liveMs;
        await this.#judgeLeftPart(this.#state, range, isLive, {
          watchId,
          isCounted: (service, ms) => own.has(serviceKey(service)) && ms < limitOf(service),
        });
        await detection.lease(tenantId, holder, leaseMs);
      }
    }
    return false;
  }

  /** Leaves watches that fell behind where the run is, and takes those along that came up to it. Returns which services wait for one. */
  async #leaveBehind({ behind, marks }: KnownCounts): Promise<(service: ServiceRef) => boolean> {
    if (this.#state === null) {
      return () => false;
    }
    const { run } = this.#state;
    const atMs = run.detectedUpToMs ?? run.historyFromMs ?? marks.fromMs;
    const before = judgedUpToOf(run.learnedFrom);
    const left = new Map([...before].filter(([id, ms]) => ms < atMs || behind.has(id)));
    [...behind.keys()].filter((id) => !left.has(id)).forEach((id) => left.set(id, atMs));
    this.#state = { ...this.#state, run: { ...run, learnedFrom: withJudgedUpTo(run.learnedFrom, left) } };
    const limitOf = await readLimits(this.#context, left);
    return (service) => Number.isFinite(limitOf(service));
  }

  async #load({ marks, from }: KnownCounts): Promise<void> {
    const { detection, tenantId, settings } = this.#context;
    // Whoever else moved the mark since makes the next write fail, and this process begins anew.
    if (this.#state !== null) {
      return;
    }
    const run = await detection.readRun(tenantId);
    const historyFromMs = run.historyFromMs ?? this.#firstMs(from);
    const learnedFrom = run.detectedUpToMs === null ? from : run.learnedFrom;
    const detector = new TenantDetector(
      { sensitivity: settings.sensitivity, maxClusters: maxWatchedClusters },
      marks.fromMs / minuteMs
    );
    const begun = { ...run, historyFromMs, learnedFrom };
    this.#state = { detector, run: begun, marks };
    if (run.detectedUpToMs !== null) {
      const limitOf = await readLimits(this.#context, judgedUpToOf(learnedFrom));
      await loadDetector(this.#context, detector, begun, (part) => this.#readFacts(part, marks), limitOf);
    }
  }

  /** First minute to learn from. */
  #firstMs(from: KnownCounts['from']): number {
    const oldestMs = this.#context.clock.nowMs() - longestHistoryMs;
    return floorMinute(Math.max(oldestMs, Math.min(...Object.values(from).map(({ countsMs }) => countsMs))));
  }

  /** Notes what could be learned beyond what was, and has what is missing asked for. */
  async #noteKnown(known: KnownCounts): Promise<void> {
    const { clock, beginHistory } = this.#context;
    const nowMs = clock.nowMs();
    if (!known.hasHistory && beginHistory !== null && nowMs - this.#askedAtMs >= askedMs) {
      this.#askedAtMs = nowMs;
      await beginHistory();
    }
    const isNew = this.#state !== null && isMoreThan(known.from, this.#state.run.learnedFrom);
    const isLate = this.#lateSinceMs !== null && nowMs - this.#lateSinceMs >= lateMs;
    if ((!isNew && !isLate) || nowMs < this.#notBeforeMs) {
      this.#learnable = null;
    } else if (
      this.#learnable === null ||
      isMoreThan(known.from, this.#learnable.known.from) ||
      !isDeepStrictEqual(known.behind, this.#learnable.known.behind)
    ) {
      this.#learnable = { known, sinceMs: nowMs };
    }
  }

  /** Judges some more of the past again, when there is reason to; true: there is more. */
  async #learnAgain(): Promise<boolean> {
    const { clock, signal } = this.#context;
    const [state, learnable] = [this.#state, this.#learnable];
    const toMs = state?.run.detectedUpToMs ?? null;
    if (state === null || toMs === null || learnable === null) {
      this.#replay = null;
      return false;
    }
    // A watch that was behind and has not come up to the run: minutes that nobody has read of its services would be silence.
    if (toMs > this.#readUpToMs) {
      return false;
    }
    const { known } = learnable;
    if (this.#replay?.known !== known) {
      this.#replay = null;
      if (
        (isReadingBack(known, state) || known.behind.size > 0) &&
        clock.nowMs() - learnable.sinceMs < settledKnownMs
      ) {
        return false;
      }
      this.#replay = { replay: new Replay(this.#context, known, this.#firstMs(known.from)), known };
    }
    const { replay } = this.#replay;
    for (let hour = 0; hour < hoursPerLook && replay.judgedUpToMs < toMs; hour += 1) {
      await replay.judge(toMs, signal);
    }
    if (replay.judgedUpToMs < toMs) {
      return true;
    }
    await this.#takeOver(state, replay, known);
    return false;
  }

  async #takeOver(state: State, replay: Replay, known: KnownCounts): Promise<void> {
    const { detector } = replay;
    const run: DetectionRun = {
      ...state.run,
      ...{ historyFromMs: replay.fromMs, seriesCount: detector.seriesCount },
      learnedFrom: withJudgedUpTo(known.from, known.behind),
    };
    const seriesKeys = [...state.detector.series()].map(({ subject }) => subject.key);
    const lines = await takeOver(this.#context, replay, { run: state.run, seriesKeys }, run);
    this.#hasLines ||= lines.length > 0;
    this.#state = { detector, run, marks: known.marks };
    this.#replay = null;
    this.#learnable = null;
    this.#lateSinceMs = null;
  }

  #readFacts(range: MinuteRange, marks: LedgerMarks): Promise<readonly MinuteFacts[]> {
    const { series, countHistory, tenantId } = this.#context;
    return readFacts({ series, countHistory, offsetAt: this.#offsetAt }, tenantId, range, marks);
  }

  async #judge(state: State, range: MinuteRange, isLive: boolean, isCounted: IsCounted): Promise<void> {
    const { detector } = state;
    const { deploys, late, facts } = await this.#read(state, range, isLive);
    // Also minutes that were written before they were judged, as when much is caught up: those have no late lines.
    const isLate = late.facts.some((minute) => !detector.holds(minute));
    const changes: EventChange[] = late.facts.flatMap((minute) => detector.revise(minute));
    this.#lateSinceMs ??= isLate ? this.#context.clock.nowMs() : null;
    changes.push(...(await this.#observe(detector, facts, deploys, isCounted)));
    const run: DetectionRun = {
      ...state.run,
      detectedUpToMs: range.toMs,
      announceFromMs: state.run.announceFromMs ?? (isLive ? range.toMs : null),
      ledgerSeenAtMs: late.seenAtMs,
      seriesCount: detector.seriesCount,
      status: isLive ? 'watching' : 'learning',
      statusDetail: isLive ? '' : `Judged up to ${new Date(range.toMs).toISOString()}`,
    };
    await this.#write(state, run, changes, {
      // What goes on unknown to all is told of when history ends; later, only what changes is.
      isNews: isLive && (changes.length > 0 || state.run.status !== 'watching'),
      baselines: this.#chooseBaselines(detector, range, isLive),
      endedSeriesKeys: isLive ? detector.forgetQuiet() : [],
    });
  }

  /** The same for the services of a watch that was left behind; the mark of the run stays. */
  async #judgeLeftPart(
    state: State,
    range: MinuteRange,
    isLive: boolean,
    { watchId, isCounted }: { readonly watchId: string; readonly isCounted: IsCounted }
  ): Promise<void> {
    const { detector, run } = state;
    const { deploys, facts } = await this.#read(state, range, false);
    const changes = await this.#observe(detector, facts, deploys, isCounted);
    const moments = new Map([...judgedUpToOf(run.learnedFrom), [watchId, range.toMs]]);
    await this.#write(state, { ...run, learnedFrom: withJudgedUpTo(run.learnedFrom, moments) }, changes, {
      isNews: isLive,
      baselines: this.#chooseBaselines(detector, range, isLive),
      endedSeriesKeys: [],
    });
  }

  async #observe(
    detector: TenantDetector,
    facts: readonly MinuteFacts[],
    deploys: Awaited<ReturnType<typeof readDeploys>>,
    isCounted: IsCounted
  ): Promise<readonly EventChange[]> {
    const changes: EventChange[] = [];
    for (const [index, minute] of facts.entries()) {
      const ms = minute.minute * minuteMs;
      changes.push(...detector.observe(minute, deploys, (service) => isCounted(service, ms)));
      if (index % minutesBetweenTurns === 0) {
        await nextTurn();
        this.#context.signal.throwIfAborted();
      }
    }
    return changes;
  }

  /** All that is to be judged, as of one moment. */
  #read(state: State, range: MinuteRange, isLive: boolean) {
    const { unitOfWork, tenantId } = this.#context;
    return unitOfWork.run(tenantId, async () => ({
      deploys: await readDeploys(this.#context, range),
      late: isLive ? await this.#readLate(state, range) : { facts: [], seenAtMs: state.run.ledgerSeenAtMs },
      facts: await this.#readFacts(range, state.marks),
    }));
  }

  /** Minutes that were judged and may have changed since. */
  async #readLate({ run, marks }: State, { fromMs }: MinuteRange) {
    const { series, tenantId } = this.#context;
    const range = { fromMs: Math.max(fromMs - revisedMs, marks.fromMs), toMs: fromMs };
    const changed = await series.listChangedMinutes(tenantId, range, run.ledgerSeenAtMs);
    // The first look knows all of them: they have just been judged.
    const minutes = run.ledgerSeenAtMs === null ? [] : changed.minutes;
    const facts: MinuteFacts[] = [];
    for (const part of joinMinutes(minutes)) {
      facts.push(...(await this.#readFacts(part, marks)));
    }
    return { facts, seenAtMs: changed.nowMs };
  }

  async #write(
    state: State,
    run: DetectionRun,
    changes: readonly EventChange[],
    step: Pick<DetectionStep, 'baselines' | 'endedSeriesKeys'> & { readonly isNews: boolean }
  ): Promise<void> {
    const { unitOfWork, anomalies, detection, tenantId, holder, clock } = this.#context;
    const { isNews, ...kept } = step;
    const found = await toFoundEvents(this.#context, changes);
    await unitOfWork.run(tenantId, async () => {
      const ignored = await this.#context.findIgnored(clustersOf(found));
      const recorded = await assignOpened(this.#context, await recordEvents(anomalies, tenantId, found, ignored));
      const lines: readonly AnomalyLine[] = await (isNews ? announce : followUp)(
        this.#context,
        tenantId,
        recorded,
        clock.nowMs()
      );
      this.#hasLines ||= lines.length > 0;
      await detection.advance(tenantId, { ...kept, holder, expectedUpToMs: state.run.detectedUpToMs, run, lines });
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
          series.sinceMinute >= 0 &&
          (isEndOfHistory ||
            (!isLive && isEndOfDay) ||
            (isLive && (turns.has(turnOf(series.subject.key)) || series.sinceMinute * minuteMs >= range.fromMs)))
      )
      .map(toBaselineRow);
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

/** Clusters that events are about. */
function clustersOf(events: ReadonlyArray<{ readonly clusterId: string | null }>): readonly string[] {
  return [...new Set(events.flatMap(({ clusterId }) => clusterId ?? []))];
}

/** Whether older lines are being read into the ledger, stretch by stretch; counts from before it come all at once. */
function isReadingBack({ from }: KnownCounts, { run }: State): boolean {
  return Object.entries(from).some(([id, { ledgerMs }]) => ledgerMs < (run.learnedFrom[id]?.ledgerMs ?? 0));
}

/** A minute of the hour that a key always has. */
function turnOf(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index += 1) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  }
  return Math.abs(hash) % 60;
}
