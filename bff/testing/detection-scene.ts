// A tenant whose minutes a test writes, as the scanner would, with four days of history before.
import { randomUUID } from 'node:crypto';
import {
  createAnomalyStore,
  createClusterStore,
  createDeployStore,
  createDetectionStore,
  createLedger,
  createNoticeStore,
  createSeriesStore,
  createUnitOfWork,
  createWorkListStore,
} from '@loghunter/adapters/sql-stores';
import {
  anyEvent,
  type ClusterIdentity,
  type HistoryMinute,
  type MinuteRange,
  type StreamMinute,
} from '@loghunter/ports';
import { createFakeLogStore, createManualClock } from '@loghunter/ports/testing';
import { pino } from 'pino';
import type { DetectionContext } from '../anomalies/detection-context.ts';
import { TenantDetection } from '../anomalies/tenant-detection.ts';
import { parseConfig } from '../config.ts';
import { openSharedDatabase } from './shared-sql-stores.ts';

export const minuteMs = 60_000;
/** Units of time in milliseconds. */
export const hourMs = 60 * minuteMs;
/** A Monday at noon: the ledger begins here, history lies before. */
export const startMs = Date.UTC(2026, 9, 5, 12);
const historyDays = 4;
const services = ['cart', 'checkout'];

/** Twenty to thirty lines a minute, two of them errors, always the same. */
export function usual(ms: number): number {
  return 20 + (((ms / minuteMs) * 7919) % 11);
}

function readHistory(range: MinuteRange): Promise<readonly HistoryMinute[]> {
  const minutes: HistoryMinute[] = [];
  for (let ms = range.fromMs; ms < Math.min(range.toMs, startMs); ms += minuteMs) {
    for (const service of services) {
      minutes.push({ service, namespace: '', minuteMs: ms, lineCount: usual(ms), errorCount: 2, isKnown: true });
    }
  }
  return Promise.resolve(minutes);
}

/** What a service wrote in a minute. */
interface Written {
  readonly service: string;
  readonly lines: number;
  readonly errors?: number;
}

interface MinuteRead {
  readonly readFromMs: number;
  readonly readUpToMs: number;
}

/** A tenant that nothing was read of yet, and what writes and watches its minutes. */
export async function openDetection() {
  const tenantId = randomUUID();
  const { database, unitOfWork } = createUnitOfWork(await openSharedDatabase(tenantId));
  const ledger = createLedger(database);
  const clock = createManualClock(startMs);
  const logs = createFakeLogStore();
  const config = parseConfig({});
  const anomalies = createAnomalyStore(database);
  const notices = createNoticeStore(database);
  const ignored = new Set<string>();
  const workList = createWorkListStore(database);
  const context: DetectionContext = {
    workList,
    findIgnored: (ids) => Promise.resolve(new Set(ids.filter((id) => ignored.has(id)))),
    ...{
      tenantId,
      ledger,
      anomalies,
      notices,
      unitOfWork,
      logs,
      clock,
      countHistory: {
        listStarts: () => Promise.resolve([{ watchId: null, fromMs: startMs - historyDays * 24 * hourMs }]),
        read: readHistory,
      },
      beginHistory: null,
    },
    ...{ series: createSeriesStore(database), clusters: createClusterStore(database) },
    ...{ detection: createDetectionStore(database), deploys: createDeployStore(database) },
    ...{ services: config.services, settings: config.detection, leaseMs: config.scan.leaseMs, holder: randomUUID() },
    logger: pino({ level: 'silent' }),
    observeFailure: (error) => {
      throw error;
    },
    signal: new AbortController().signal,
  };
  /** What writes a watch's minute of services, as the scanner would, and moves its mark behind it. */
  async function openWatch(name: string) {
    const { id } = await ledger.ensureWatch(tenantId, { name, selectors: [], discoveredLabelNames: [] });
    return (ms: number, written: readonly Written[], readUpToMs = ms + minuteMs, readFromMs = startMs) =>
      write(id, ms, written, { readFromMs, readUpToMs });
  }

  async function write(watchId: string, ms: number, written: readonly Written[], progress: MinuteRead): Promise<void> {
    await ledger.write(tenantId, {
      watchId,
      minutes: written.filter(({ lines }) => lines > 0).map((line) => toStreamMinute(tenantId, ms, line)),
      clusters: services.flatMap((service) => [
        clusterOf(tenantId, service, false),
        clusterOf(tenantId, service, true),
      ]),
      samples: [],
      progress,
    });
  }

  return {
    tenantId,
    ignored,
    context,
    clock,
    logs,
    anomalies,
    notices,
    workList,
    openWatch,
    write: await openWatch('all'),
    detection: new TenantDetection(context),
  };
}

function clusterOf(tenantId: string, service: string, isError: boolean): ClusterIdentity {
  const number = services.indexOf(service) * 2 + Number(isError);
  return {
    id: `${tenantId.slice(0, 35)}${number.toString(16)}`,
    ...{ service, namespace: '', fingerprint: `${service} ${isError}`, algorithmVersion: 1, template: [] },
    templateText: isError ? 'cannot reach <*>' : 'done <*>',
  };
}

function toStreamMinute(tenantId: string, ms: number, { service, lines, errors = 2 }: Written): StreamMinute {
  const atNs = BigInt(ms) * 1_000_000n;
  const counts = [
    { isError: false, eventCount: lines - errors },
    { isError: true, eventCount: errors },
  ].filter(({ eventCount }) => eventCount > 0);
  return {
    labels: { service_name: service },
    ...{ service, namespace: '', minuteMs: ms, lineCount: lines, unreadLineCount: 0, isClosed: true },
    counts: counts.map(({ isError, eventCount }) => ({
      clusterId: clusterOf(tenantId, service, isError).id,
      level: isError ? ('error' as const) : ('info' as const),
      ...{ eventCount, lineCount: eventCount, firstNs: atNs, lastNs: atNs + 1n },
    })),
  };
}

/** What {@link openDetection} gives. */
export type OpenedDetection = Awaited<ReturnType<typeof openDetection>>;

/** Lets minutes pass: each is written when it is over, and looked at a minute later. */
export async function live(
  opened: OpenedDetection,
  minutes: number,
  written: (ms: number) => readonly Written[] = normal,
  looks: readonly TenantDetection[] = [opened.detection],
  minutesPerLook = 1
): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    const ms = opened.clock.nowMs();
    await opened.write(ms, written(ms));
    opened.clock.advance(minuteMs);
    for (const detection of (minute + 1) % minutesPerLook === 0 ? looks : []) {
      await detection.tick();
    }
  }
}

/** A minute in which all services are as usual. */
export function normal(ms: number): readonly Written[] {
  return services.map((service) => ({ service, lines: usual(ms) }));
}

/** A minute in which the cart writes twenty times as much. */
export function spiking(ms: number): readonly Written[] {
  return services.map((service) => ({ service, lines: service === 'cart' ? usual(ms) * 20 : usual(ms) }));
}

/** Events of the month from the beginning on, the oldest first. */
export async function eventsOf({ anomalies, tenantId }: Pick<OpenedDetection, 'anomalies' | 'tenantId'>) {
  const range = { fromMs: 0, toMs: startMs + 30 * 24 * hourMs };
  return (await anomalies.listEvents(tenantId, anyEvent(range), { limit: 100, offset: 0, order: 'asc' })).events;
}
