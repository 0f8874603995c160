import type { Clock, UsageRow, UsageStore } from '@loghunter/ports';
import type { Principal } from '../http/principal.ts';
import type { LimitState } from './rate-limits.ts';

const flushMs = 30_000;
const hourMs = 3_600_000;

/** Counts what users and keys do. */
export interface UsageMeter {
  observe(principal: Principal, state: LimitState): void;
  /** Writes what is not written yet; never rejects. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** What counting needs. */
export interface UsageMeterParts {
  readonly store: Pick<UsageStore, 'addUsage'>;
  readonly clock: Clock;
  readonly observeFailure: (error: unknown) => void;
}

interface Counted {
  readonly tenantId: string;
  readonly row: UsageRow;
}

/** Counts in memory and writes every half minute; a process that dies loses that much. */
export function createUsageMeter({ store, clock, observeFailure }: UsageMeterParts): UsageMeter {
  const counted = new Map<string, Counted>();
  const timer = setInterval(() => void flush(), flushMs);
  timer.unref();

  async function flush(): Promise<void> {
    const all = [...counted.values()];
    counted.clear();
    for (const [tenantId, entries] of Map.groupBy(all, (entry) => entry.tenantId)) {
      // Lost counts cost a figure on a page; limits do not rest on them.
      await store
        .addUsage(
          tenantId,
          entries.map(({ row }) => row)
        )
        .catch(observeFailure);
    }
  }

  return {
    observe({ tenantId, actor }, { isAllowed, weight }) {
      const hour = Math.floor(clock.nowMs() / hourMs) * hourMs;
      const key = JSON.stringify([tenantId, actor.kind, actor.id, hour]);
      const before = counted.get(key)?.row ?? { requestCount: 0, weightSum: 0, refusedCount: 0 };
      const row: UsageRow = {
        actorKind: actor.kind,
        actorId: actor.id,
        actorName: actor.name,
        hourMs: hour,
        requestCount: before.requestCount + (isAllowed ? 1 : 0),
        weightSum: before.weightSum + (isAllowed ? weight : 0),
        refusedCount: before.refusedCount + (isAllowed ? 0 : 1),
      };
      counted.set(key, { tenantId, row });
    },
    flush,
    async stop() {
      clearInterval(timer);
      await flush();
    },
  };
}
