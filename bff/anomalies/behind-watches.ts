// Watches that are behind the others, because their log store is away or slow: the services of the others are judged on without them, theirs when
// they have been read.
import type { LearnedFrom, SeriesStore } from '@loghunter/ports';
import { serviceKey, type ServiceRef } from './series-key.ts';

type Learned = Readonly<Record<string, LearnedFrom>>;

/** Up to when services are judged whose watches are not where the run is, by the watch's id; milliseconds since 1970. */
export function judgedUpToOf(learned: Learned): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(learned).flatMap(([id, { judgedUpToMs }]) =>
      judgedUpToMs === undefined ? [] : [[id, judgedUpToMs]]
    )
  );
}

/** The same with these moments and no others. */
export function withJudgedUpTo(learned: Learned, moments: ReadonlyMap<string, number>): Learned {
  return Object.fromEntries(
    Object.entries(learned).map(([id, { ledgerMs, countsMs }]) => {
      const judgedUpToMs = moments.get(id);
      return [id, { ledgerMs, countsMs, ...(judgedUpToMs === undefined ? {} : { judgedUpToMs }) }];
    })
  );
}

/** Up to when a service may be judged: the earliest of these moments of its watches, or without end. */
export async function readLimits(
  { series, tenantId }: { readonly series: SeriesStore; readonly tenantId: string },
  moments: ReadonlyMap<string, number>
): Promise<(service: ServiceRef) => number> {
  const limits = new Map<string, number>();
  for (const [watchId, ms] of moments) {
    for (const service of await series.listServicesOf(tenantId, watchId)) {
      const key = serviceKey(service);
      limits.set(key, Math.min(ms, limits.get(key) ?? Number.POSITIVE_INFINITY));
    }
  }
  return (service) => limits.get(serviceKey(service)) ?? Number.POSITIVE_INFINITY;
}
