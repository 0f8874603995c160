// Asks the log store how many lines each service had in the days before the ledger begins, so that baselines need not wait for days.
import type { ServiceSettings } from '@loghunter/engine/records';
import {
  isPortError,
  type Clock,
  type CountHistoryStore,
  type HistoryHour,
  type HistoryMark,
  type Ledger,
  type LogStore,
  type MinuteRange,
  type SeriesStore,
  type Watch,
} from '@loghunter/ports';
import type { JobKind, JobRun } from '../../jobs/job-kind.ts';
import { contextOf } from '../../scanner/logs-of-watch.ts';
import type { ScanContext } from '../../scanner/scan-context.ts';
import { withoutOwnLines } from '../without-own-lines.ts';
import { countHours, type CountParts } from './count-hours.ts';
import { applyRatios, compareErrors, type ErrorRatios } from './level-ratios.ts';

/** Kind of the jobs that count what was before. */
export const countHistoryKind = 'count-history';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A day that the store cannot count at once is asked for in such pieces. */
const pieceMs = 6 * hourMs;
/** Days without a line, after which there is nothing older. */
const emptyDays = 3;
/** So much of the ledger is compared with the log store's own counts. */
const comparedMs = 6 * hourMs;

/** What counting needs. */
export interface CountHistoryParts {
  readonly ledger: Ledger;
  readonly series: Pick<SeriesStore, 'readServiceMinutes'>;
  readonly countHistory: CountHistoryStore;
  readonly services: ServiceSettings;
  readonly clock: Clock;
  /** How far back is asked for at most. */
  readonly historyMs: number;
  /** Within the budget of background work; null: the tenant has no logs. */
  readonly openLogs: (tenantId: string) => Promise<Pick<ScanContext, 'logs' | 'sources'> | null>;
}

/**
 * Counts back from the first mark of each watch, the newest day first; a mark after each day, so that another run goes on where this one
 * ended. What the store refuses to count, or counts in part only, is kept as missing; a store that is away, or asks for a pause, fails the
 * run, after the other watches were counted: they may have another store.
 */
export function createCountHistoryKind(parts: CountHistoryParts): JobKind {
  return {
    name: countHistoryKind,
    role: 'admin',
    retryDelaysSeconds: [30, 300, 1800],
    async run(run) {
      const opened = await parts.openLogs(run.tenantId);
      const watches = (await parts.ledger.listWatches(run.tenantId)).filter(
        ({ isRetired, readFromMs }) => !isRetired && readFromMs !== null
      );
      const marks = new Map((await parts.countHistory.listMarks(run.tenantId)).map((mark) => [mark.watchId, mark]));
      const results = [];
      const failures: unknown[] = [];
      for (const watch of opened === null ? [] : watches) {
        const known = marks.get(watch.id) ?? emptyMark(watch);
        if (opened !== null && !known.isComplete) {
          try {
            const { logs } = contextOf(opened, watch);
            results.push(await countWatch(parts, run, withoutOwnLines(logs), watch, known));
          } catch (error) {
            run.signal.throwIfAborted();
            failures.push(error);
          }
        }
      }
      if (failures.length > 0) {
        throw failures.find(isPassing) ?? failures[0];
      }
      return {
        watchCount: results.length,
        missingHours: results
          .flatMap(({ missing }) => missing)
          .reduce((sum, gap) => sum + (gap.toMs - gap.fromMs) / hourMs, 0),
      };
    },
  };
}

function emptyMark({ id, readFromMs }: Watch): HistoryMark {
  // The hour in which the ledger begins is counted whole: of its minutes those before the ledger are used.
  const toMs = Math.ceil((readFromMs ?? 0) / hourMs) * hourMs;
  return { watchId: id, range: { fromMs: toMs, toMs }, missing: [], isComplete: false };
}

async function countWatch(
  parts: CountHistoryParts,
  run: JobRun,
  logs: LogStore,
  watch: Watch,
  known: HistoryMark
): Promise<HistoryMark> {
  const count: CountParts = { logs, services: parts.services, signal: run.signal };
  const oldestMs = Math.floor((parts.clock.nowMs() - parts.historyMs) / hourMs) * hourMs;
  const ratios = await compare(parts, count, run.tenantId, watch);
  let mark = known;
  let emptyMs = 0;
  while (!mark.isComplete) {
    run.signal.throwIfAborted();
    const { fromMs } = mark.range;
    const day = { fromMs: Math.max(oldestMs, fromMs - dayMs), toMs: fromMs };
    const hasMore = day.fromMs < day.toMs && emptyMs < emptyDays * dayMs;
    const counted = hasMore ? await countRange(count, watch.selectors, day) : { hours: [], missing: [] };
    const isEmpty = counted.hours.length === 0 && counted.missing.length === 0;
    emptyMs = isEmpty ? emptyMs + day.toMs - day.fromMs : 0;
    mark = {
      ...mark,
      range: { ...mark.range, fromMs: hasMore ? day.fromMs : fromMs },
      missing: [...counted.missing, ...mark.missing],
      isComplete: !hasMore,
    };
    await parts.countHistory.write(run.tenantId, applyRatios(counted.hours, ratios), mark);
    const fraction = (mark.range.toMs - mark.range.fromMs) / Math.max(dayMs, mark.range.toMs - oldestMs);
    run.report(Math.min(1, fraction), `${watch.name}: counted back to ${new Date(mark.range.fromMs).toISOString()}`);
  }
  return mark;
}

/** How the ledger's errors compare with the log store's, from hours that both have. */
async function compare(
  { ledger, series }: CountHistoryParts,
  count: CountParts,
  tenantId: string,
  { id, selectors }: Watch
): Promise<ErrorRatios> {
  const watch = (await ledger.listWatches(tenantId)).find((one) => one.id === id);
  if (watch?.readFromMs == null || watch.readUpToMs === null) {
    return new Map();
  }
  const toMs = Math.floor(watch.readUpToMs / hourMs) * hourMs;
  const range = { fromMs: Math.max(Math.ceil(watch.readFromMs / hourMs) * hourMs, toMs - comparedMs), toMs };
  if (range.fromMs >= range.toMs) {
    return new Map();
  }
  const { hours, missing } = await countRange(count, selectors, range);
  return missing.length > 0 ? new Map() : compareErrors(hours, await series.readServiceMinutes(tenantId, range), range);
}

async function countRange(count: CountParts, selectors: readonly string[], range: MinuteRange) {
  try {
    return { hours: await countHours(count, selectors, range), missing: [] };
  } catch (error) {
    if (isPassing(error)) {
      throw error;
    }
  }
  const pieces = { hours: [] as HistoryHour[], missing: [] as MinuteRange[] };
  for (let fromMs = range.fromMs; fromMs < range.toMs; fromMs += pieceMs) {
    const piece = { fromMs, toMs: Math.min(range.toMs, fromMs + pieceMs) };
    try {
      pieces.hours = pieces.hours.concat(await countHours(count, selectors, piece));
    } catch (error) {
      if (isPassing(error)) {
        throw error;
      }
      pieces.missing.push(piece);
    }
  }
  return pieces;
}

/** Whether another try may be answered: only what the store will never count is missing. */
function isPassing(error: unknown): boolean {
  return !isPortError(error) || error.kind === 'unavailable' || (error.kind === 'rejected' && error.isRetryable);
}
