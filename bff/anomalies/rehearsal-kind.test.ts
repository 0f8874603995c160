import type { RehearsalResult } from '@loghunter/contracts';
import type { Job } from '@loghunter/ports';
import { expect, test } from 'vitest';
import {
  live,
  minuteMs,
  normal,
  openDetection,
  spiking,
  startMs,
  type OpenedDetection,
} from '../testing/detection-scene.ts';
import { createRehearsalKind } from './rehearsal-kind.ts';

async function rehearse(
  { context, tenantId }: OpenedDetection,
  input: Readonly<Record<string, unknown>>,
  signal = new AbortController().signal
): Promise<{ readonly result: RehearsalResult; readonly reports: readonly number[] }> {
  const kind = createRehearsalKind({
    ...context,
    settingsOf: () => Promise.resolve(context.settings),
    countHistoryOf: () => context.countHistory,
  });
  const reports: number[] = [];
  const job = { id: 'job', kind: kind.name, input } as Job;
  const result = await kind.run({ tenantId, job, signal, report: (fraction) => void reports.push(fraction) });
  return { result: result as RehearsalResult, reports };
}

test('a rehearsal tells by day what the settings would have told of, writes nothing, and can be stopped', async () => {
  const opened = await openDetection();
  // Nothing looks while this is written: there are no events.
  await live(opened, 10, normal, []);
  await live(opened, 6, spiking, []);
  await live(opened, 30, normal, []);
  // Of a log store that was never there.
  await opened.openWatch('silent');
  const input = { days: 1, toMs: startMs + 46 * minuteMs };
  const { result, reports } = await rehearse(opened, input);
  expect(result.eventCount).toBe(1);
  expect(result.events[0]).toMatchObject({ service: 'cart', kind: 'spike', state: 'closed' });
  const told = result.days.filter(({ incidentCount }) => incidentCount > 0);
  expect(told.map(({ day }) => day)).toEqual(['2026-10-05']);
  expect(result.learnedFrom).not.toBeNull();
  expect(reports.length).toBeGreaterThan(10);
  expect(await opened.anomalies.listOpenEvents(opened.tenantId)).toEqual([]);
  expect(await opened.notices.take(opened.tenantId, 10)).toEqual([]);

  const other = await rehearse(opened, { ...input, service: ['checkout'] });
  expect(other.result.eventCount).toBe(0);

  const stop = new AbortController();
  stop.abort();
  await expect(rehearse(opened, input, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
}, 120_000);
