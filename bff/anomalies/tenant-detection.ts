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
import { createOffsets } from './time-zone.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A minute is judged so long after its end, at the earliest: the scanner has read it by then, and lines that are a little late with it. */
const settleMs = minuteMs;
/** Minutes that one transaction moves on while there is more to judge. */
const batchMs = hourMs;
/** Judged so long after they were, minutes are history: what was over by then is told to nobody. */
const liveMs = 15 * minuteMs;
/** Lines that come so late still count: the detectors remember some four hours, and windows are two hours long. */
const revisedMs = 2 * hourMs;
/** Nothing new for so long means that the log store, or the way to it, is silent. */
const staleMs = 5 * minuteMs;
/** Longest history that is learned from: what baselines remember, and a week more. */
const longestHistoryMs = 28 * dayMs;
/** A process that died gives the lease to another after this. */
const leaseMs = 3 * minuteMs;
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

  constructor(context: DetectionContext) {
    this.#context = context;
    this.#offsetAt = createOffsets(context.settings.timeZone);
  }

  /** One look; never rejects. */
  async tick(): Promise<void> {
    const { detection, tenantId, holder, signal, observeFailure, logger } = this.#context;
    try {
      if (!(await detection.lease(tenantId, holder, leaseMs))) {
        this.#state = null;
        return;
      }
      await this.#judgeWhatIsNew();
      await pushLines(this.#context);
    } catch (error) {
      this.#state = null;
      if (signal.aborted) {
        return;
      }
      observeFailure(error);
      logger.warn({ err: error }, 'judging minutes failed and is tried again');
      const statusDetail = isPortError(error) ? error.message : 'The reason is in the server log.';
      await detection.setStatus(tenantId, holder, { status: 'failing', statusDetail }).catch(observeFailure);
    }
  }

  /** Gives the lease back. */
  async release(): Promise<void> {
    const { detection, tenantId, holder, observeFailure } = this.#context;
    await detection.release(tenantId, holder).catch(observeFailure);
  }

  async #judgeWhatIsNew(): Promise<void> {
    const { clock, detection, tenantId, holder, signal } = this.#context;
    const marks = await this.#readMarks();
    if (marks === null) {
      await detection.setStatus(tenantId, holder, { status: 'waiting', statusDetail: '' });
      return;
    }
    await this.#load(marks);
    const nowMs = clock.nowMs();
    const toMs = Math.min(marks.toMs, floorMinute(nowMs - settleMs));
    while (this.#state !== null && (this.#state.run.detectedUpToMs ?? 0) < toMs) {
      signal.throwIfAborted();
      const fromMs = this.#state.run.detectedUpToMs ?? this.#state.run.historyFromMs ?? marks.fromMs;
      const end = Math.min(toMs, fromMs + batchMs);
      await this.#judge(this.#state, { fromMs, toMs: end }, end === toMs && end >= nowMs - liveMs);
      await detection.lease(tenantId, holder, leaseMs);
    }
    await this.#sayWhatIsNew(marks.toMs, nowMs);
  }

  /** What the ledger has: from the oldest minute to what every watch has read. */
  async #readMarks(): Promise<MinuteRange | null> {
    const { ledger, tenantId, clusters, clock } = this.#context;
    const watches = (await ledger.listWatches(tenantId)).filter(({ isRetired }) => !isRetired);
    if (watches.length === 0 || watches.some(({ readUpToMs }) => readUpToMs === null)) {
      return null;
    }
    const nowMs = clock.nowMs();
    const { readFromMs, readUpToMs } = await clusters.readCoverage(tenantId, { fromMs: nowMs - minuteMs, toMs: nowMs });
    return readFromMs === null || readUpToMs === null ? null : { fromMs: readFromMs, toMs: readUpToMs };
  }

  async #load(marks: MinuteRange): Promise<void> {
    const { detection, tenantId, settings, clock, countHistory } = this.#context;
    const run = await detection.readRun(tenantId);
    if (this.#state !== null && this.#state.run.detectedUpToMs === run.detectedUpToMs) {
      return;
    }
    const oldestMs = clock.nowMs() - longestHistoryMs;
    const historyFromMs = run.historyFromMs ?? floorMinute(Math.max(countHistory === null ? marks.fromMs : 0, oldestMs));
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
    const { detector, ledgerFromMs } = state;
    const deploys = await readDeploys(this.#context, range);
    const late = isLive ? await this.#readLate(state, range) : { facts: [], seenAtMs: state.run.ledgerSeenAtMs };
    const facts = await this.#readFacts(range, ledgerFromMs);
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

  /** Minutes that were judged and have changed since. */
  async #readLate({ run, ledgerFromMs }: State, { fromMs }: MinuteRange) {
    const { series, tenantId } = this.#context;
    const range = { fromMs: Math.max(fromMs - revisedMs, ledgerFromMs), toMs: fromMs };
    const changed = await series.listChangedMinutes(tenantId, range, run.ledgerSeenAtMs);
    // The first look knows all of them: they have just been judged.
    const minutes = run.ledgerSeenAtMs === null ? [] : changed.minutes;
    const facts: MinuteFacts[] = [];
    for (const ms of minutes) {
      facts.push(...(await this.#readFacts({ fromMs: ms, toMs: ms + minuteMs }, ledgerFromMs)));
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
      const lines: readonly AnomalyLine[] = isLive
        ? await announce(this.#context, tenantId, recorded, clock.nowMs())
        : [];
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
    const { detection, tenantId, holder } = this.#context;
    if (nowMs - readUpToMs > staleMs) {
      const since = new Date(readUpToMs).toISOString();
      const statusDetail = `Nothing after ${since} has been read from the log store: no anomaly can be told of since then`;
      await detection.setStatus(tenantId, holder, { status: 'no-data', statusDetail });
    } else {
      await detection.setStatus(tenantId, holder, { status: 'watching', statusDetail: '' });
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
