import type { ComponentHealth, GetHealthResponse } from '@loghunter/contracts';
import { isPortError, type Cache, type Clock, type Ledger, type LogStore } from '@loghunter/ports';
import { toTimestamp } from '../http/time-range.ts';
import type { WatchProgress } from '../scanner/watch-scanner.ts';

/** Longest wait for one component: a health page that hangs says less than one that names what hangs. */
const probeMs = 3000;

/** What the health request needs. */
export interface HealthFeature {
  readonly tenantId: string;
  readonly version: string;
  readonly target: GetHealthResponse['target'];
  readonly storage: GetHealthResponse['storage'];
  readonly logStore: GetHealthResponse['logStore'];
  readonly startedAtMs: number;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly logs: LogStore;
  readonly cache: Cache;
  readonly pingDatabase: () => Promise<void>;
  /** Undefined when this process does not scan. */
  readonly scanProgress: (() => readonly WatchProgress[]) | undefined;
  /** LogHunter's share of the log store's load, in one sentence; empty when there is nothing to say. */
  readonly describeLoad?: () => string;
}

/** Answers with the state of each component; what is away shows in the answer and does not fail it. */
export async function getHealth(feature: HealthFeature): Promise<GetHealthResponse> {
  const [database, loki, cache, readUpToMs] = await Promise.all([
    probe('database', 'unavailable', feature.pingDatabase),
    probe('loki', 'degraded', () => feature.logs.ping(AbortSignal.timeout(probeMs))),
    probe('cache', 'degraded', () => feature.cache.ping()),
    findReadUpTo(feature),
  ]);
  const components = [database, withLoad(loki, feature), cache, describeScanner(feature.scanProgress?.())];
  return {
    status: worstOf(components),
    version: feature.version,
    target: feature.target,
    storage: feature.storage,
    logStore: feature.logStore,
    startedAt: toTimestamp(feature.startedAtMs),
    readUpTo: readUpToMs === null ? null : toTimestamp(readUpToMs),
    components,
  };
}

// What is wrong comes first: the load is told while the log store answers.
function withLoad(loki: ComponentHealth, { describeLoad }: HealthFeature): ComponentHealth {
  return loki.status === 'ok' && describeLoad !== undefined ? { ...loki, detail: describeLoad() } : loki;
}

async function probe(
  name: ComponentHealth['name'],
  whenAway: ComponentHealth['status'],
  ping: () => Promise<void>
): Promise<ComponentHealth> {
  try {
    await withinLimit(ping());
    return { name, status: 'ok', detail: '' };
  } catch (error) {
    return { name, status: whenAway, detail: isPortError(error) ? error.message : `No answer within ${probeMs} ms` };
  }
}

async function withinLimit<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new DOMException('No answer', 'TimeoutError')), probeMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Start of what is not read yet, over all watches; null when one has read nothing, or the database is away. */
async function findReadUpTo(feature: HealthFeature): Promise<number | null> {
  try {
    const watches = await withinLimit(feature.ledger.listWatches(feature.tenantId));
    const marks = watches.filter((watch) => !watch.isRetired).map((watch) => watch.readUpToMs);
    return marks.length === 0 || marks.includes(null) ? null : Math.min(...marks.filter((mark) => mark !== null));
  } catch {
    // The database's own line says what is wrong.
    return null;
  }
}

/** The scanner's line of the health page. */
export function describeScanner(progress: readonly WatchProgress[] | undefined): ComponentHealth {
  if (progress === undefined) {
    return { name: 'scanner', status: 'off', detail: 'This process does not read logs' };
  }
  const failing = progress.filter((watch) => watch.phase === 'failing');
  if (failing.length > 0) {
    return {
      name: 'scanner',
      status: 'degraded',
      detail: failing.map((watch) => `${watch.name}: ${watch.failure}`).join('; '),
    };
  }
  const notes = progress.flatMap(describeWatch);
  const isLosing = progress.some((watch) => watch.foreignStreamCount > 0);
  return { name: 'scanner', status: isLosing ? 'degraded' : 'ok', detail: notes.join('; ') };
}

function describeWatch(watch: WatchProgress): string[] {
  const foreign =
    watch.foreignStreamCount > 0
      ? [`${watch.name}: ${watch.foreignStreamCount} streams belong to another watch and are not read`]
      : [];
  if (watch.phase === 'catching-up') {
    const mark = watch.readUpToMs === null ? 'nothing read yet' : `read up to ${toTimestamp(watch.readUpToMs)}`;
    return [`${watch.name}: catching up, ${mark}`, ...foreign];
  }
  return watch.phase === 'elsewhere' ? [`${watch.name}: read by another process`, ...foreign] : foreign;
}

function worstOf(components: readonly ComponentHealth[]): GetHealthResponse['status'] {
  const states = components.map((component) => component.status);
  return states.includes('unavailable') ? 'unavailable' : states.includes('degraded') ? 'degraded' : 'ok';
}
