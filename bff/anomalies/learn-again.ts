// Takes over what a replay of all that is known found: baselines as if everything had been there from the start, and events as judging in
// order of time gives them. What was told of too early is kept as withdrawn.
import { isDeepStrictEqual } from 'node:util';
import {
  anyEvent,
  type AnomalyEventRow,
  type AnomalyLine,
  type DetectionRun,
  type MinuteRange,
} from '@loghunter/ports';
import { announce } from './announce.ts';
import { assignOpened } from './assign-incidents.ts';
import { toBaselineRow } from './baseline-rows.ts';
import type { DetectionContext } from './detection-context.ts';
import { readEvents } from './read-events.ts';
import { recordEvents, type FoundEvent, type RecordedEvents } from './record-events.ts';
import type { Replay } from './replay.ts';

const takenBack = 'Judged again with all lines that came later, nothing was wrong';

/**
 * Writes the replay's events and baselines and the run, in one transaction that fails when another process has moved the mark. Only what
 * goes on, or went on until now, is told of. Returns the lines for the log store.
 */
export async function takeOver(
  context: DetectionContext,
  replay: Replay,
  before: { readonly run: DetectionRun; readonly seriesKeys: readonly string[] },
  run: DetectionRun
): Promise<readonly AnomalyLine[]> {
  const { unitOfWork, anomalies, detection, tenantId, holder, clock } = context;
  const keys = new Set([...replay.detector.series()].map(({ subject }) => subject.key));
  return unitOfWork.run(tenantId, async () => {
    const range = { fromMs: replay.fromMs, toMs: replay.judgedUpToMs };
    const stored = await listStored(context, range);
    const known = new Map(stored.map((event) => [event.id, event]));
    const found = [...replay.events.values(), ...toWithdrawn(stored, replay, range)].filter(
      (event) => !isKept(known.get(event.id), event)
    );
    const ignored = await context.findIgnored(found.flatMap(({ clusterId }) => clusterId ?? []));
    const recorded = await assignOpened(context, await recordEvents(anomalies, tenantId, found, ignored, known));
    const isLive = before.run.announceFromMs !== null;
    const lines = isLive ? await announce(context, tenantId, onlyPresent(recorded), clock.nowMs()) : [];
    await detection.advance(tenantId, {
      ...{ holder, expectedUpToMs: before.run.detectedUpToMs, run, lines },
      baselines: [...replay.detector.series()].map((series) => toBaselineRow(series)),
      endedSeriesKeys: before.seriesKeys.filter((key) => !keys.has(key)),
    });
    return lines;
  });
}

/** Whether an event that is over is stored as it was found. */
function isKept(stored: AnomalyEventRow | undefined, found: FoundEvent): boolean {
  return stored !== undefined && stored.endedAtMs !== null && isDeepStrictEqual(stored, { ...stored, ...found });
}

/** Every event of the range. */
async function listStored(
  { anomalies, tenantId }: DetectionContext,
  range: MinuteRange
): Promise<readonly AnomalyEventRow[]> {
  const stored: AnomalyEventRow[] = [];
  for (const isSuppressed of [false, true]) {
    for await (const event of readEvents(anomalies, tenantId, { ...anyEvent(range), isSuppressed })) {
      stored.push(event);
    }
  }
  return stored;
}

/** Events of the range that judging in order of time does not find. */
function toWithdrawn(
  stored: readonly AnomalyEventRow[],
  { events }: Replay,
  range: MinuteRange
): readonly FoundEvent[] {
  return stored
    .filter(({ id, kind }) => kind !== 'alert' && !events.has(id))
    .filter(({ detectedAtMs, startedAtMs }) => detectedAtMs <= range.toMs && startedAtMs >= range.fromMs)
    .map((event) => ({
      ...event,
      endedAtMs: event.endedAtMs ?? range.toMs,
      details: {
        ...event.details,
        isWithdrawn: true,
        reasons: [...event.details.reasons.filter((reason) => reason !== takenBack), takenBack],
      },
    }));
}

/** Without what was over before: nobody is told of history. */
function onlyPresent({ events, incidents }: RecordedEvents): RecordedEvents {
  const isPresent = <T extends { readonly endedAtMs: number | null }>({
    before,
    after,
  }: {
    readonly before: T | null;
    readonly after: T;
  }) => after.endedAtMs === null || before?.endedAtMs === null;
  return { events: events.filter(isPresent), incidents: incidents.filter(isPresent) };
}
