import type { Labels } from '@loghunter/engine/records';
import { PortError } from '@loghunter/ports';
import type { LedgerWrite, SqlDatabase, SqlSession, StreamMinute } from '@loghunter/ports';
import { applyCounts } from './apply-counts.ts';
import { applyMinutes } from './apply-minutes.ts';
import { claimStreams } from './claim-streams.ts';
import { toCountRows, toMinuteRow } from './count-row.ts';
import type { CountRow } from './count-row.ts';
import { compareCounts, compareMinutes } from './difference.ts';
import { lockClusters } from './lock-clusters.ts';
import { keepSamples } from './samples.ts';
import { readStoredCounts, readStoredMinutes } from './stored-rows.ts';
import { streamIdOf } from './stream-id.ts';
import { lockWatch, moveMarks } from './watches.ts';

/** Replaces the minutes of one write inside an open transaction; see `Ledger.write`. Every writer locks the watch first, then streams, then clusters, each in order of id. */
export async function writeMinutes(
  session: SqlSession,
  system: SqlDatabase['system'],
  tenantId: string,
  write: LedgerWrite
): Promise<readonly Labels[]> {
  const { keptFromMs } = await lockWatch(session, system, tenantId, write.watchId, write.leaseHolder);
  const current = lastOfEachMinute(write.minutes).filter((minute) => minute.minuteMs >= keptFromMs);
  const foreign =
    current.length > 0 ? await claimStreams(session, tenantId, write.watchId, current) : new Map<string, Labels>();
  const minutes = current.filter((minute) => !foreign.has(streamIdOf(minute.labels)));
  if (minutes.length > 0) {
    await replaceMinutes(session, system, tenantId, write, minutes);
  }
  if (write.progress !== undefined) {
    await moveMarks(session, tenantId, write.watchId, write.progress);
  }
  return [...foreign.values()];
}

async function replaceMinutes(
  session: SqlSession,
  system: SqlDatabase['system'],
  tenantId: string,
  write: LedgerWrite,
  minutes: readonly StreamMinute[]
): Promise<void> {
  const wantedMinutes = minutes.map(toMinuteRow);
  const wantedCounts = minutes.flatMap(toCountRows);
  // Safe to read before the clusters are locked: the lock on a stream guards its minutes.
  const storedMinutes = await readStoredMinutes(session, tenantId, wantedMinutes);
  const storedCounts = storedMinutes.length > 0 ? await readStoredCounts(session, tenantId, wantedMinutes) : [];
  const difference = compareCounts(storedCounts, wantedCounts);
  const countedIds = clusterIdsOf(wantedCounts);
  const canonicalIds = write.clusters.flatMap(({ id, canonicalId }) =>
    countedIds.has(id) && typeof canonicalId === 'string' ? [canonicalId] : []
  );
  const touchedIds = [...new Set([...countedIds, ...canonicalIds, ...clusterIdsOf(storedCounts)])];
  const lockedIds = await lockClusters(session, tenantId, touchedIds, write.clusters);
  assertKnown(system, countedIds, lockedIds);
  await applyCounts(session, tenantId, difference);
  const { written, replaced } = compareMinutes(storedMinutes, wantedMinutes, write.isReread);
  await applyMinutes(session, tenantId, written, replaced);
  await keepSamples(
    session,
    tenantId,
    write.samples.filter((sample) => countedIds.has(sample.clusterId))
  );
}

function lastOfEachMinute(minutes: readonly StreamMinute[]): readonly StreamMinute[] {
  return [...new Map(minutes.map((minute) => [`${streamIdOf(minute.labels)} ${minute.minuteMs}`, minute])).values()];
}

function assertKnown(
  system: SqlDatabase['system'],
  countedIds: ReadonlySet<string>,
  existingIds: ReadonlySet<string>
): void {
  const unknownId = [...countedIds].find((id) => !existingIds.has(id));
  if (unknownId !== undefined) {
    throw new PortError({
      system,
      kind: 'rejected',
      message: `Cluster ${unknownId} is counted, but its identity is neither stored nor given`,
    });
  }
}

function clusterIdsOf(rows: readonly CountRow[]): ReadonlySet<string> {
  return new Set(rows.map((row) => row.clusterId));
}
