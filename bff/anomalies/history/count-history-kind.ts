// Asks the log store how many lines each service had in the days before the ledger begins, so that baselines need not wait for days.
import type { ServiceSettings } from '@loghunter/engine/records';
import type { Clock, CountHistoryStore, HistoryMark, Ledger, SeriesStore, Watch } from '@loghunter/ports';
import type { JobKind, JobRun } from '../../jobs/job-kind.ts';
import { contextOf } from '../../scanner/logs-of-watch.ts';
import type { ScanContext } from '../../scanner/scan-context.ts';
import { withoutOwnLines } from '../without-own-lines.ts';
import { createErrorComparison } from './compare-watches.ts';
import type { CountParts } from './count-hours.ts';
import { countRange, isPassing } from './count-range.ts';
import { applyRatios, type ErrorRatios } from './level-ratios.ts';

/** Kind of the jobs that count what was before. */
export const countHistoryKind = 'count-history';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Days without a line, after which there is nothing older. */
const emptyDays = 3;

/** What counting needs. */
export interface CountHistoryParts {
  readonly ledger: Ledger;
  readonly series: Pick<SeriesStore, 'readServiceMinutes' | 'listServicesOf'>;
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
      if (opened === null) {
        return { watchCount: 0, missingHours: 0 };
      }
      const countOf = (watch: Watch): CountParts => {
        const { logs } = contextOf(opened, watch);
        return { logs: withoutOwnLines(logs), services: parts.services, signal: run.signal };
      };
      const compare = createErrorComparison({
        ...{ tenantId: run.tenantId, series: parts.series, listWatches: () => listWatches(parts, run.tenantId) },
        count: async (watch, range) => countRange(countOf(watch), watch.selectors, range),
      });
      const marks = new Map((await parts.countHistory.listMarks(run.tenantId)).map((mark) => [mark.watchId, mark]));
      const results = [];
      const failures: unknown[] = [];
      for (const watch of await listWatches(parts, run.tenantId)) {
        const known = marks.get(watch.id) ?? emptyMark(watch);
        if (!known.isComplete) {
          try {
            results.push(await countWatch(parts, run, { watch, known, count: countOf(watch), compare }));
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

/** Those that have read something. */
async function listWatches({ ledger }: CountHistoryParts, tenantId: string): Promise<readonly Watch[]> {
  return (await ledger.listWatches(tenantId)).filter(({ isRetired, readFromMs }) => !isRetired && readFromMs !== null);
}

function emptyMark({ id, readFromMs }: Watch): HistoryMark {
  // The hour in which the ledger begins is counted whole: of its minutes those before the ledger are used.
  const toMs = Math.ceil((readFromMs ?? 0) / hourMs) * hourMs;
  return { watchId: id, range: { fromMs: toMs, toMs }, missing: [], isComplete: false };
}

async function countWatch(
  parts: CountHistoryParts,
  run: JobRun,
  {
    watch,
    known,
    count,
    compare,
  }: {
    readonly watch: Watch;
    readonly known: HistoryMark;
    readonly count: CountParts;
    readonly compare: (watchId: string) => Promise<ErrorRatios>;
  }
): Promise<HistoryMark> {
  const oldestMs = Math.floor((parts.clock.nowMs() - parts.historyMs) / hourMs) * hourMs;
  const ratios = await compare(watch.id);
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
