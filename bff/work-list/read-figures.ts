import type { WorkFigures } from '@loghunter/engine/work-list';
import type { ListedWork, WorkRate } from '@loghunter/ports';
import { floorMinute, minuteMs } from '../scanner/minutes.ts';
import type { FollowFacts, FollowParts } from './follow-parts.ts';
import { releasesIn } from './releases.ts';
import { usualPerHour } from './usual-rate.ts';

/** Releases since a cluster was resolved, with what was counted of it when they were read, by cluster. */
export type ReadReleases = Map<string, { readonly counted: string; readonly names: readonly string[] }>;

/** What is counted of a cluster that the list does not know yet. */
export function figuresOf({ firstSeenMs, lastSeenMs, eventCount }: ListedWork): WorkFigures {
  const counted = { firstSeenMs, lastSeenMs, eventCount };
  return { ...counted, eventCountSince: null, perHour: null, usualPerHour: null, releasesSince: [] };
}

/** What is counted of a listed cluster, as far as its state asks for it. */
export async function readFigures(
  parts: FollowParts,
  facts: FollowFacts,
  row: ListedWork,
  known: { readonly rate: WorkRate | undefined; readonly releases: ReadReleases }
): Promise<WorkFigures> {
  const { rate, releases } = known;
  return {
    ...figuresOf(row),
    eventCountSince: await eventCountSince(parts, row),
    releasesSince: await releasesSince(parts, row, releases),
    ...(rate === undefined
      ? {}
      : { perHour: rate.perHour, usualPerHour: usualPerHour(rate, { ...facts, firstSeenMs: row.firstSeenMs }) }),
  };
}

async function eventCountSince(
  { tenantId, workList }: FollowParts,
  { clusterId, eventCount, current }: ListedWork
): Promise<number | null> {
  const { work } = current ?? {};
  const until = work?.state === 'ignored' ? work.until : null;
  return work === undefined || until?.kind !== 'count' || eventCount - until.startCount < until.eventCount
    ? null
    : workList.countEventsSince(tenantId, clusterId, work.sinceMs);
}

// Such a cluster is due for as long as only releases that were known go on writing its lines: they are read again when it has new ones.
async function releasesSince(
  parts: FollowParts,
  { clusterId, lastSeenMs, eventCount, revision, current }: ListedWork,
  releases: ReadReleases
): Promise<readonly string[]> {
  const { work } = current ?? {};
  if (work?.state !== 'resolved' || work.release === null || lastSeenMs <= work.reopensAfterMs) {
    return [];
  }
  const counted = `${revision} ${lastSeenMs} ${eventCount}`;
  const known = releases.get(clusterId);
  if (known?.counted === counted) {
    return known.names;
  }
  const names = await releasesIn(
    parts,
    clusterId,
    { fromMs: floorMinute(work.reopensAfterMs), toMs: floorMinute(lastSeenMs) + minuteMs },
    work.reopensAfterMs
  );
  releases.set(clusterId, { counted, names });
  return names;
}
