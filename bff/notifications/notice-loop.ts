import type { Clock, DeliveryStore } from '@loghunter/ports';
import { dispatchNotices, type DispatchParts } from './dispatch-notices.ts';
import { deliveryJobKind } from './start-delivery.ts';

/** What the loop needs. */
export interface NoticeLoopParts extends DispatchParts {
  readonly listTenantIds: () => Promise<readonly string[]>;
  readonly observeFailure: (error: unknown) => void;
}

/** A notice waits this long for its decision at most; the search for those that wait is one look at an index. */
const intervalMs = 2000;
/** Deliveries whose job was cancelled are looked for now and then. */
const sweepEveryTurns = 30;

/** Decides about notices of all tenants again and again; on several replicas each notice is decided once. Returns what stops it. */
export function startNoticeLoop(parts: NoticeLoopParts): () => Promise<void> {
  const stop = new AbortController();
  const running = loop(parts, stop.signal);
  return async () => {
    stop.abort();
    await running;
  };
}

async function loop(parts: NoticeLoopParts, signal: AbortSignal): Promise<void> {
  for (let turn = 0; !signal.aborted; turn += 1) {
    await attend(parts, turn % sweepEveryTurns === 0, signal).catch(parts.observeFailure);
    await sleep(parts.clock, signal);
  }
}

async function attend(parts: NoticeLoopParts, sweeps: boolean, signal: AbortSignal): Promise<void> {
  for (const tenantId of await parts.listTenantIds()) {
    try {
      let takenCount = 1;
      while (!signal.aborted && takenCount > 0) {
        takenCount = await dispatchNotices(parts, tenantId);
      }
      if (sweeps) {
        await sweep(parts.deliveries, tenantId);
      }
    } catch (error) {
      // One tenant's trouble is not the others'.
      parts.observeFailure(error);
    }
  }
}

function sweep(deliveries: DeliveryStore, tenantId: string): Promise<number> {
  return deliveries.failAbandoned(tenantId, deliveryJobKind, 'its job was cancelled or given up');
}

function sleep(clock: Clock, signal: AbortSignal): Promise<void> {
  return clock.sleep(intervalMs, signal);
}
