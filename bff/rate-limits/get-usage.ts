import type { GetUsageResponse, RequestOf } from '@loghunter/contracts';
import type { Clock, UsageStore } from '@loghunter/ports';
import { presentRange, readTimeRange } from '../http/time-range.ts';

const hourMs = 3_600_000;

/** What the request about usage needs. */
export interface UsageFeature {
  readonly tenantId: string;
  readonly usage: UsageStore;
  readonly clock: Clock;
}

/** Answers what users and keys did, in whole hours. */
export async function getUsage(
  { usage, tenantId, clock }: UsageFeature,
  request: RequestOf<'getUsage'>
): Promise<GetUsageResponse> {
  const asked = readTimeRange(request, clock.nowMs());
  const range = {
    fromMs: Math.floor(asked.fromMs / hourMs) * hourMs,
    toMs: Math.ceil(asked.toMs / hourMs) * hourMs,
  };
  const rows = await usage.sumUsage(tenantId, range);
  return {
    range: presentRange(range),
    actors: rows.map(({ actorKind, actorId, actorName, requestCount, weightSum, refusedCount }) => ({
      ...{ kind: actorKind, id: actorId, name: actorName, requestCount, weightSum, refusedCount },
    })),
  };
}
