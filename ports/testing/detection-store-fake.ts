import type { AnomalyLine, BaselineRow, DetectionRun, DetectionStore } from '../detection-store.ts';
import { PortError } from '../errors.ts';

interface TenantDetectionRows {
  run: DetectionRun;
  lease: { readonly holder: string; readonly endsAtMs: number } | null;
  readonly baselines: Map<string, BaselineRow>;
  readonly lines: Map<string, { readonly line: AnomalyLine; pushedAtMs: number | null }>;
}

const waiting: DetectionRun = {
  ...{ historyFromMs: null, detectedUpToMs: null, announceFromMs: null, ledgerSeenAtMs: null },
  ...{ learnedFrom: {}, seriesCount: 0, status: 'waiting', statusDetail: '' },
};

/** Where detectors are, in memory. */
export function createFakeDetectionStore(nowMs: () => number = Date.now): DetectionStore {
  const tenants = new Map<string, TenantDetectionRows>();
  function of(tenantId: string): TenantDetectionRows {
    const known = tenants.get(tenantId) ?? { run: waiting, lease: null, baselines: new Map(), lines: new Map() };
    tenants.set(tenantId, known);
    return known;
  }
  return {
    readRun: async (tenantId) => of(tenantId).run,
    async lease(tenantId, holder, ttlMs) {
      const own = of(tenantId);
      const isFree = own.lease === null || own.lease.holder === holder || own.lease.endsAtMs <= nowMs();
      own.lease = isFree ? { holder, endsAtMs: nowMs() + ttlMs } : own.lease;
      return isFree;
    },
    async release(tenantId, holder) {
      const own = of(tenantId);
      own.lease = own.lease?.holder === holder ? null : own.lease;
    },
    async advance(tenantId, { holder, expectedUpToMs, run, baselines, endedSeriesKeys, lines }) {
      const own = of(tenantId);
      if (own.lease?.holder !== holder || own.run.detectedUpToMs !== expectedUpToMs) {
        const message = 'Another process judges the minutes of this tenant now';
        throw new PortError({ system: 'postgres', kind: 'conflict', isRetryable: true, message });
      }
      own.run = run;
      baselines.forEach((row) => own.baselines.set(row.seriesKey, row));
      endedSeriesKeys.forEach((key) => own.baselines.delete(key));
      for (const line of lines) {
        own.lines.set(line.id, own.lines.get(line.id) ?? { line, pushedAtMs: null });
      }
    },
    async setStatus(tenantId, holder, status) {
      const own = of(tenantId);
      own.run = own.lease?.holder === holder ? { ...own.run, ...status } : own.run;
    },
    listBaselines: async (tenantId) =>
      [...of(tenantId).baselines.values()].toSorted((a, b) => (a.seriesKey < b.seriesKey ? -1 : 1)),
    getBaseline: async (tenantId, seriesKey) => of(tenantId).baselines.get(seriesKey) ?? null,
    listWaitingLines: async (tenantId, limit) =>
      [...of(tenantId).lines.values()]
        .filter(({ pushedAtMs }) => pushedAtMs === null)
        .map(({ line }) => line)
        .toSorted((a, b) => (a.timestampNs < b.timestampNs ? -1 : a.timestampNs > b.timestampNs ? 1 : 0))
        .slice(0, limit),
    async markPushed(tenantId, ids) {
      for (const id of ids) {
        const kept = of(tenantId).lines.get(id);
        if (kept !== undefined) {
          kept.pushedAtMs = nowMs();
        }
      }
    },
    async deletePushedBefore(tenantId, cutMs, limit) {
      const { lines } = of(tenantId);
      const old = [...lines].filter(([, { pushedAtMs }]) => pushedAtMs !== null && pushedAtMs < cutMs).slice(0, limit);
      old.forEach(([id]) => lines.delete(id));
      return old.length;
    },
  };
}
