import { setImmediate as nextTurn } from 'node:timers/promises';
import { WatchedSeries, type MinuteFacts, type TenantDetector } from '@loghunter/engine/detection';
import type { AnomalyEventRow, DetectionRun, MinuteRange } from '@loghunter/ports';
import { followUp } from './announce.ts';
import { eventId } from './anomaly-id.ts';
import type { DetectionContext } from './detection-context.ts';
import { unpackState } from './packed-state.ts';
import { readDeploys } from './read-deploys.ts';
import { recordEvents } from './record-events.ts';
import type { ServiceRef } from './series-key.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * Brings a detector to where it was at the end of the run, or at a service's own limit: saved series, and the minutes since each was saved
 * from the ledger. What happened then is recorded already; what is open must be what the database has open.
 */
export async function loadDetector(
  context: DetectionContext,
  detector: TenantDetector,
  run: DetectionRun,
  readFacts: (range: MinuteRange) => Promise<readonly MinuteFacts[]>,
  limitOf: (service: ServiceRef) => number
): Promise<void> {
  const { detection, tenantId, signal } = context;
  const range = { fromMs: run.historyFromMs ?? 0, toMs: run.detectedUpToMs ?? 0 };
  let replayFromMs = range.toMs;
  let savedCount = 0;
  for (const row of await detection.listBaselines(tenantId)) {
    const { seriesKey: key, service, namespace, clusterId } = row;
    const series = new WatchedSeries({ key, service, namespace, clusterId });
    const values = unpackState(row.state);
    if (row.windowEndMs <= range.toMs && values !== null && series.restore(values)) {
      series.resumeMinute = row.windowEndMs / minuteMs;
      detector.adopt(series);
      savedCount += 1;
      replayFromMs = Math.min(replayFromMs, row.windowEndMs);
    }
  }
  // A series that is younger than its first turn to be saved began within the last hour.
  replayFromMs = savedCount === 0 ? range.fromMs : Math.max(range.fromMs, Math.min(replayFromMs, range.toMs - hourMs));
  for (let fromMs = replayFromMs; fromMs < range.toMs; fromMs += hourMs) {
    signal.throwIfAborted();
    const part = { fromMs, toMs: Math.min(fromMs + hourMs, range.toMs) };
    const deploys = await readDeploys(context, part);
    for (const minute of await readFacts(part)) {
      detector.observe(minute, deploys, (service) => minute.minute * minuteMs < limitOf(service));
    }
    await nextTurn();
  }
  await settleEvents(context, detector, run);
}

/**
 * Late lines may have opened an event at another minute than the one that people were told of: the detector's goes on as that one. An event
 * that is open in the database and not in the detector ends, and whoever was told of it is told so.
 */
async function settleEvents(context: DetectionContext, detector: TenantDetector, run: DetectionRun): Promise<void> {
  const { anomalies, detection, tenantId, unitOfWork, holder, clock } = context;
  const atMs = run.detectedUpToMs ?? 0;
  await unitOfWork.run(tenantId, async () => {
    const open = (await anomalies.listOpenEvents(tenantId)).filter(
      ({ kind, detectedAtMs }) => kind !== 'alert' && detectedAtMs <= atMs
    );
    const lost = adoptEvents(tenantId, detector, open);
    if (lost.length === 0) {
      return;
    }
    const ended = lost.map((event) => ({ ...event, endedAtMs: atMs }));
    const recorded = await recordEvents(anomalies, tenantId, ended);
    const lines = await followUp(context, tenantId, recorded, clock.nowMs());
    const step = { holder, expectedUpToMs: run.detectedUpToMs, run, lines };
    await detection.advance(tenantId, { ...step, baselines: [], endedSeriesKeys: [] });
  });
}

/** Names what the detector has open as the database does; returns the database's events that it has not. */
function adoptEvents(
  tenantId: string,
  detector: TenantDetector,
  open: readonly AnomalyEventRow[]
): readonly AnomalyEventRow[] {
  const lost = new Map(open.map((event) => [event.id, event]));
  for (const series of detector.series()) {
    const { key } = series.subject;
    for (const { detector: name, openedMinute } of series.openEvents) {
      if (lost.delete(eventId(tenantId, key, name, openedMinute))) {
        continue;
      }
      const other = [...lost.values()].findLast(
        ({ seriesKey, details }) => seriesKey === key && details['detector'] === name
      );
      if (other !== undefined) {
        series.renameEvent(name, other.detectedAtMs / minuteMs - 1);
        lost.delete(other.id);
      }
    }
  }
  return [...lost.values()];
}
