import type { Labels } from '@loghunter/engine/records';
import type { ClusterRules } from '../cluster-rules.ts';
import type { ClusterStore, MinuteRange } from '../cluster-store.ts';
import { PortError } from '../errors.ts';
import type {
  Ledger,
  LedgerWrite,
  SampleCandidate,
  StreamMinute,
  Tenant,
  UnbalancedMinute,
  WantedWatch,
  Watch,
} from '../ledger.ts';
import { createFakeClusterRules } from './cluster-rules-fake.ts';
import { createFakeClusterStore } from './cluster-store-fake.ts';
import { keyOfLabels } from './ledger-fake-state.ts';
import type { FakeState, FakeTenant, FakeTotals, FakeWatch } from './ledger-fake-state.ts';
import type { TenantStore } from '../tenant-store.ts';
import { createFakeTenantStore } from './tenant-store-fake.ts';
import type { SeriesStore } from '../series-store.ts';
import { createFakeSeriesStore } from './series-store-fake.ts';
import type { WorkListStore } from '../work-list-store.ts';
import { createFakeWorkListStore } from './work-list-fake.ts';

const dayMs = 86_400_000;
const keptSampleCount = 8;

/** A ledger and a cluster store over the same rows in memory, for tests of what uses them. `nowMs` is the database's clock; default: the real one. */
export function createFakeStores(nowMs: () => number = Date.now): {
  readonly ledger: Ledger;
  readonly clusterStore: ClusterStore;
  readonly clusterRules: ClusterRules;
  readonly tenantStore: TenantStore;
  readonly workList: WorkListStore;
  readonly series: SeriesStore;
} {
  const state: FakeState = { tenants: new Map() };
  const ledger = createFakeLedger(state, nowMs);
  return {
    ledger,
    clusterStore: createFakeClusterStore(state),
    clusterRules: createFakeClusterRules(state, nowMs),
    tenantStore: createFakeTenantStore(state, ledger),
    workList: createFakeWorkListStore(state),
    series: createFakeSeriesStore(state, nowMs),
  };
}

function createFakeLedger(state: FakeState, nowMs: () => number): Ledger {
  return {
    listTenants: () =>
      settle(() => [...state.tenants.values()].map((entry) => entry.tenant).sort((a, b) => (a.name < b.name ? -1 : 1))),
    ensureTenant: (name, lokiOrgId) => settle(() => ensureTenant(state, name, lokiOrgId)),
    ensureWatch: (tenantId, watch, leaseHolder) =>
      settle(() => ensureWatch(tenantOf(state, tenantId), watch, leaseHolder)),
    retireOtherWatches: (tenantId, keptNames) => settle(() => retireOthers(tenantOf(state, tenantId), keptNames)),
    listWatches: (tenantId) =>
      settle(() =>
        [...tenantOf(state, tenantId).watches.values()]
          .map((entry) => entry.watch)
          .sort((a, b) => (a.name < b.name ? -1 : 1))
      ),
    leaseWatch: (tenantId, watchId, holder, ttlMs, options) =>
      settle(() => {
        const tenant = tenantOf(state, tenantId);
        const entry = tenant.watches.get(watchId);
        tenant.holdersSeenMs.set(holder, nowMs());
        if (options?.isShared === true && !keepsToShare(tenant, { watchId, holder, ttlMs }, nowMs())) {
          return false;
        }
        const isTaken = entry?.lease !== undefined && entry.lease.holder !== holder && entry.lease.endsAtMs > nowMs();
        if (entry === undefined || entry.watch.isRetired || isTaken) {
          return false;
        }
        entry.lease = { holder, endsAtMs: nowMs() + ttlMs, heldBackBy: options?.heldBackBy ?? null };
        return true;
      }),
    releaseWatch: (tenantId, watchId, holder) =>
      settle(() => {
        const tenant = tenantOf(state, tenantId);
        const entry = tenant.watches.get(watchId);
        if (entry?.lease?.holder === holder) {
          entry.lease = undefined;
        }
        if (![...tenant.watches.values()].some(({ lease }) => lease?.holder === holder)) {
          tenant.holdersSeenMs.delete(holder);
        }
      }),
    write: (tenantId, write) => settle(() => ({ foreignStreams: applyWrite(tenantOf(state, tenantId), write) })),
    readMinutes: (tenantId, watchId, fromMs, toMs) =>
      settle(() =>
        [...tenantOf(state, tenantId).streams.values()]
          .filter((stream) => stream.watchId === watchId)
          .flatMap((stream) => [...stream.minutes.values()])
          .filter((minute) => minute.minuteMs >= fromMs && minute.minuteMs < toMs)
          .sort((a, b) => a.minuteMs - b.minuteMs)
          .map(({ labels, minuteMs, lineCount, unreadLineCount, isClosed }) => ({
            labels,
            minuteMs,
            lineCount,
            unreadLineCount,
            isClosed,
          }))
      ),
    deleteCountsBefore: (tenantId, cutMs, everyonesCutMs = 0) =>
      settle(() => deleteCountsBefore(tenantOf(state, tenantId), keptFrom(cutMs, everyonesCutMs))),
    checkSums: (tenantId, range) =>
      settle(() => ({ unbalancedMinutes: findUnbalanced(tenantOf(state, tenantId), range), wrongSums: [] })),
    // Every figure is counted anew from the minutes: there is no sum that could be wrong.
    checkTotals: () => Promise.resolve([]),
    checkSeenTimes: () => Promise.resolve([]),
    rebuildSums: () => Promise.resolve(),
    rebuildTotals: () => Promise.resolve(),
  };
}

// Failures reach the caller as rejections, as those of a database do.
function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}

function tenantOf(state: FakeState, tenantId: string): FakeTenant {
  const tenant = state.tenants.get(tenantId);
  if (tenant === undefined) {
    throw new PortError({ system: 'pglite', kind: 'rejected', message: `There is no tenant ${tenantId}` });
  }
  return tenant;
}

function ensureTenant(state: FakeState, name: string, lokiOrgId: string | null): Tenant {
  const existing = [...state.tenants.values()].find((entry) => entry.tenant.name === name);
  if (existing !== undefined) {
    existing.tenant = { ...existing.tenant, lokiOrgId };
    return existing.tenant;
  }
  const tenant = { id: crypto.randomUUID(), name, lokiOrgId, settings: {} };
  state.tenants.set(tenant.id, {
    tenant,
    watches: new Map(),
    streams: new Map(),
    clusters: new Map(),
    samples: new Map(),
    deletedTotals: new Map(),
    rules: [],
    countsKeptFromMs: -Infinity,
    holdersSeenMs: new Map(),
    workList: { work: new Map(), changes: [], comments: [], ownerRules: [], hiddenAtMs: new Map(), seen: new Map() },
  });
  return tenant;
}

function ensureWatch(tenant: FakeTenant, watch: WantedWatch, leaseHolder: string | undefined): Watch {
  const existing = [...tenant.watches.values()].find((entry) => entry.watch.name === watch.name);
  const { name, selectors, discoveredLabelNames, oneIn = 1, source = '' } = watch;
  if (leaseHolder !== undefined && existing?.lease?.holder !== leaseHolder) {
    throw leaseLost();
  }
  if (existing !== undefined) {
    const changed = selectors.length === 0 ? {} : { selectors, discoveredLabelNames };
    const isRetired = existing.watch.isRetired && leaseHolder !== undefined;
    const reading = leaseHolder === undefined ? { oneIn, source } : {};
    existing.watch = { ...existing.watch, ...changed, ...reading, isRetired };
    return existing.watch;
  }
  const marks = { readUpToMs: null, readFromMs: null };
  const created = {
    id: crypto.randomUUID(),
    name,
    selectors,
    discoveredLabelNames,
    ...marks,
    oneIn,
    source,
    isRetired: false,
  };
  tenant.watches.set(created.id, { watch: created, lease: undefined });
  return created;
}

function retireOthers(tenant: FakeTenant, keptNames: readonly string[]): readonly string[] {
  const others = [...tenant.watches.values()].filter(
    ({ watch }) => !watch.isRetired && !keptNames.includes(watch.name)
  );
  for (const entry of others) {
    entry.watch = { ...entry.watch, isRetired: true };
    entry.lease = undefined;
  }
  return others.map(({ watch }) => watch.name).sort();
}

function leaseLost(): PortError {
  return new PortError({ system: 'pglite', kind: 'conflict', isRetryable: true, message: 'The lease was lost' });
}

function findUnbalanced(tenant: FakeTenant, range: MinuteRange): readonly UnbalancedMinute[] {
  return [...tenant.streams.values()]
    .flatMap((stream) => [...stream.minutes.values()])
    .filter(({ minuteMs }) => minuteMs >= range.fromMs && minuteMs < range.toMs)
    .map(({ labels, minuteMs, lineCount, counts }) => ({
      labels,
      minuteMs,
      lineCount,
      clusterLineCount: counts.reduce((total, count) => total + count.lineCount, 0),
    }))
    .filter(({ lineCount, clusterLineCount }) => lineCount !== clusterLineCount)
    .sort((a, b) => a.minuteMs - b.minuteMs);
}

function applyWrite(tenant: FakeTenant, write: LedgerWrite): readonly Labels[] {
  const watch = tenant.watches.get(write.watchId);
  if (watch === undefined) {
    throw new PortError({ system: 'pglite', kind: 'not-found', message: `There is no watch ${write.watchId}` });
  }
  if (write.leaseHolder !== undefined && watch.lease?.holder !== write.leaseHolder) {
    throw leaseLost();
  }
  const current = write.minutes.filter((minute) => minute.minuteMs >= tenant.countsKeptFromMs);
  const isOwn = (minute: StreamMinute) => {
    const owner = tenant.streams.get(keyOfLabels(minute.labels))?.watchId ?? write.watchId;
    return owner === write.watchId || tenant.watches.get(owner)?.watch.isRetired === true;
  };
  const own = current.filter(isOwn);
  const countedIds = new Set(own.flatMap((minute) => minute.counts.map((count) => count.clusterId)));
  const given = new Map(write.clusters.map((cluster) => [cluster.id, cluster]));
  for (const id of countedIds) {
    const identity = tenant.clusters.get(id) ?? given.get(id);
    if (identity === undefined) {
      throw new PortError({
        system: 'pglite',
        kind: 'rejected',
        message: `Cluster ${id} is counted, but its identity is neither stored nor given`,
      });
    }
    tenant.clusters.set(id, identity);
    const canonical = given.get(identity.canonicalId ?? id);
    if (canonical !== undefined && !tenant.clusters.has(canonical.id)) {
      tenant.clusters.set(canonical.id, canonical);
    }
  }
  own.forEach((minute) => storeMinute(tenant, write, minute));
  keepSamples(
    tenant,
    write.samples.filter((sample) => countedIds.has(sample.clusterId))
  );
  if (write.progress !== undefined) {
    const { readFromMs, readUpToMs } = watch.watch;
    watch.watch = {
      ...watch.watch,
      readFromMs: Math.min(readFromMs ?? Infinity, write.progress.readFromMs),
      readUpToMs: Math.max(readUpToMs ?? -Infinity, write.progress.readUpToMs),
    };
  }
  const foreign = current.filter((minute) => !own.includes(minute));
  return [...new Map(foreign.map((minute) => [keyOfLabels(minute.labels), minute.labels])).values()];
}

function storeMinute(tenant: FakeTenant, { watchId, isReread = false }: LedgerWrite, minute: StreamMinute): void {
  const key = keyOfLabels(minute.labels);
  const { labels, service, namespace } = minute;
  const stream = tenant.streams.get(key) ?? {
    labels,
    watchId,
    service,
    namespace,
    minutes: new Map<number, StreamMinute>(),
    late: new Map<number, number>(),
  };
  stream.watchId = watchId;
  stream.service = service;
  stream.namespace = namespace;
  const old = stream.minutes.get(minute.minuteMs);
  const linesOf = ({ lineCount, unreadLineCount }: StreamMinute) => lineCount + unreadLineCount;
  const isComplete = old === undefined ? isReread : old.isClosed;
  const gained = isComplete ? linesOf(minute) - (old === undefined ? 0 : linesOf(old)) : 0;
  const late = Math.max(0, (stream.late.get(minute.minuteMs) ?? 0) + gained);
  stream.late.set(minute.minuteMs, Math.min(minute.lineCount, late));
  stream.minutes.set(minute.minuteMs, minute);
  tenant.streams.set(key, stream);
}

// The first, the last, and as many between as come first: enough for tests, where the real stores spread them over time.
function keepSamples(tenant: FakeTenant, candidates: readonly SampleCandidate[]): void {
  for (const [clusterId, lines] of Map.groupBy(candidates, (candidate) => candidate.clusterId)) {
    const known = new Map(
      [...(tenant.samples.get(clusterId) ?? []), ...lines].map((line) => [`${line.timestampNs} ${line.text}`, line])
    );
    const sorted = [...known.values()].sort((a, b) => (a.timestampNs < b.timestampNs ? -1 : 1));
    tenant.samples.set(
      clusterId,
      sorted.length <= keptSampleCount ? sorted : [...sorted.slice(0, keptSampleCount - 1), ...sorted.slice(-1)]
    );
  }
}

// Whole days, and whole weeks (1970-01-05 was a Monday) of what nobody keeps.
function keptFrom(cutMs: number, everyonesCutMs: number): number {
  const weekCutMs = Math.floor((Math.min(cutMs, everyonesCutMs) - 4 * dayMs) / (7 * dayMs)) * 7 * dayMs + 4 * dayMs;
  return everyonesCutMs > 0 && cutMs < weekCutMs + 7 * dayMs ? weekCutMs : Math.floor(cutMs / dayMs) * dayMs;
}

function deleteCountsBefore(tenant: FakeTenant, dayCutMs: number): number {
  tenant.countsKeptFromMs = Math.max(tenant.countsKeptFromMs, dayCutMs);
  let deletedCount = 0;
  for (const stream of tenant.streams.values()) {
    const old = [...stream.minutes.values()].filter((minute) => minute.minuteMs < dayCutMs);
    for (const minute of old) {
      minute.counts.forEach((count) => addToTotals(tenant, count));
      stream.minutes.delete(minute.minuteMs);
      deletedCount += 1 + minute.counts.length;
    }
  }
  return deletedCount;
}

function addToTotals(tenant: FakeTenant, count: StreamMinute['counts'][number]): void {
  const totals: FakeTotals = tenant.deletedTotals.get(count.clusterId) ?? {
    levels: new Map(),
    firstNs: undefined,
    lastNs: undefined,
  };
  totals.levels.set(count.level, (totals.levels.get(count.level) ?? 0) + count.eventCount);
  totals.firstNs = totals.firstNs === undefined || count.firstNs < totals.firstNs ? count.firstNs : totals.firstNs;
  totals.lastNs = totals.lastNs === undefined || count.lastNs > totals.lastNs ? count.lastNs : totals.lastNs;
  tenant.deletedTotals.set(count.clusterId, totals);
}

function keepsToShare(
  tenant: FakeTenant,
  { watchId, holder, ttlMs }: { readonly watchId: string; readonly holder: string; readonly ttlMs: number },
  nowMs: number
): boolean {
  const used = [...tenant.watches.entries()].filter(([, { watch }]) => !watch.isRetired);
  const held = used.filter(([, { lease }]) => lease?.holder === holder && lease.endsAtMs > nowMs);
  const aliveCount = [...tenant.holdersSeenMs.values()].filter((seenMs) => seenMs > nowMs - ttlMs).length;
  const share = Math.ceil(used.length / Math.max(1, aliveCount));
  const own = held.find(([id]) => id === watchId)?.[1];
  if (own !== undefined && held.length > share) {
    own.lease = undefined;
    return false;
  }
  return own !== undefined || held.length < share;
}
