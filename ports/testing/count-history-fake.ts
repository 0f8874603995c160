import type { MinuteRange } from '../cluster-store.ts';
import type { CountHistoryStore, HistoryHour, HistoryMark, HistoryMinute } from '../count-history-store.ts';
import type { Ledger } from '../ledger.ts';

const minuteMs = 60_000;

interface WatchHistory {
  readonly hours: Map<string, HistoryHour>;
  mark: HistoryMark;
}

/** Counts from before the ledger, in memory; whether the ledger has a minute is asked of it. */
export function createFakeCountHistoryStore(ledger: Pick<Ledger, 'listWatches'>): CountHistoryStore {
  const tenants = new Map<string, Map<string, WatchHistory>>();

  async function inUse(tenantId: string) {
    const watches = (await ledger.listWatches(tenantId)).filter(({ isRetired }) => !isRetired);
    return watches.flatMap((watch) => {
      const history = tenants.get(tenantId)?.get(watch.id);
      return history === undefined ? [] : [{ watch, history }];
    });
  }

  return {
    write(tenantId, hours, mark) {
      const watches = tenants.get(tenantId) ?? new Map<string, WatchHistory>();
      tenants.set(tenantId, watches);
      const history = watches.get(mark.watchId) ?? { hours: new Map<string, HistoryHour>(), mark };
      watches.set(mark.watchId, history);
      history.mark = mark;
      for (const hour of hours) {
        history.hours.set(JSON.stringify([hour.hourMs, hour.service, hour.namespace]), hour);
      }
      return Promise.resolve();
    },
    async listMarks(tenantId) {
      const marks = (await inUse(tenantId)).map(({ history }) => history.mark);
      return marks.toSorted((a, b) => (a.watchId < b.watchId ? -1 : 1));
    },
    async read(tenantId, range) {
      const minutes = (await inUse(tenantId)).flatMap(({ watch, history }) =>
        [...countedMinutes(history), ...missingMinutes(history)].filter(
          ({ minuteMs: ms }) => isIn(ms, range) && (watch.readFromMs === null || ms < watch.readFromMs)
        )
      );
      const groups = Map.groupBy(minutes, ({ minuteMs: ms, service, namespace }) =>
        JSON.stringify([ms, service, namespace])
      );
      return [...groups.values()]
        .flatMap((group) => group.slice(1).reduce(add, group[0] as HistoryMinute))
        .toSorted(byTime);
    },
    deleteBefore(tenantId, cutMs, limit) {
      let count = 0;
      for (const { hours } of tenants.get(tenantId)?.values() ?? []) {
        for (const [key, { hourMs: ms }] of hours) {
          if (ms < cutMs && count < limit) {
            hours.delete(key);
            count += 1;
          }
        }
      }
      return Promise.resolve(count);
    },
  };
}

function isIn(ms: number, { fromMs, toMs }: MinuteRange): boolean {
  return ms >= fromMs && ms < toMs;
}

function countedMinutes({ hours }: WatchHistory): readonly HistoryMinute[] {
  return [...hours.values()].flatMap(({ service, namespace, hourMs: startMs, lineCounts, errorCounts }) =>
    lineCounts.map((lineCount, place) => ({
      ...{ service, namespace, minuteMs: startMs + place * minuteMs, lineCount },
      errorCount: errorCounts === null ? null : (errorCounts[place] ?? 0),
      isKnown: true,
    }))
  );
}

function missingMinutes({ hours, mark }: WatchHistory): readonly HistoryMinute[] {
  const services = new Map([...hours.values()].map((hour) => [JSON.stringify([hour.service, hour.namespace]), hour]));
  return mark.missing.flatMap(({ fromMs, toMs }) =>
    Array.from({ length: (toMs - fromMs) / minuteMs }, (_, place) => fromMs + place * minuteMs).flatMap((ms) =>
      [...services.values()].map(({ service, namespace }) => ({
        ...{ service, namespace, minuteMs: ms, lineCount: 0, errorCount: null, isKnown: false },
      }))
    )
  );
}

function add(a: HistoryMinute, b: HistoryMinute): HistoryMinute {
  const errorCount = a.errorCount === null || b.errorCount === null ? null : a.errorCount + b.errorCount;
  return { ...a, lineCount: a.lineCount + b.lineCount, errorCount, isKnown: a.isKnown && b.isKnown };
}

function byTime(a: HistoryMinute, b: HistoryMinute): number {
  return a.minuteMs - b.minuteMs || (a.service < b.service ? -1 : 1) || (a.namespace < b.namespace ? -1 : 1);
}
