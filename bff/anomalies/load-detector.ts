import { setImmediate as nextTurn } from 'node:timers/promises';
import { WatchedSeries, type MinuteFacts, type TenantDetector } from '@loghunter/engine/detection';
import type { MinuteRange } from '@loghunter/ports';
import type { DetectionContext } from './detection-context.ts';
import { unpackState } from './packed-state.ts';
import { readDeploys } from './read-deploys.ts';
import { recordEvents } from './record-events.ts';
import type { ServiceRef } from './series-key.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * Brings a detector to where it was at the end of the range, or at a service's own limit: saved series, and the minutes since each was saved from the ledger. What
 * happened then is recorded already; an event that is open in the database and no longer in the detector ends.
 */
export async function loadDetector(
  context: DetectionContext,
  detector: TenantDetector,
  range: MinuteRange,
  readFacts: (range: MinuteRange) => Promise<readonly MinuteFacts[]>,
  limitOf: (service: ServiceRef) => number
): Promise<void> {
  const { detection, tenantId, signal } = context;
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
  await endLostEvents(context, detector, range.toMs);
}

async function endLostEvents(context: DetectionContext, detector: TenantDetector, atMs: number): Promise<void> {
  const { anomalies, tenantId, unitOfWork } = context;
  const openKeys = new Set([...detector.series()].filter(({ isOpen }) => isOpen).map(({ subject }) => subject.key));
  await unitOfWork.run(tenantId, async () => {
    const lost = (await anomalies.listOpenEvents(tenantId)).filter(
      ({ seriesKey, kind, detectedAtMs }) => kind !== 'alert' && !openKeys.has(seriesKey) && detectedAtMs <= atMs
    );
    await recordEvents(
      anomalies,
      tenantId,
      lost.map((event) => ({ ...event, endedAtMs: atMs }))
    );
  });
}
