import type {
  InvestigationEntry,
  InvestigationRow,
  InvestigationStore,
  NewInvestigation,
  PinnedLineRow,
} from '../investigation-store.ts';
import type { KeptRootCauses } from './analysis-store-fake.ts';

interface KeptInvestigation {
  readonly tenantId: string;
  row: Omit<InvestigationRow, 'suspect' | 'clusterIds'>;
  readonly entries: InvestigationEntry[];
  lines: PinnedLineRow[];
}

/** Keeps investigations in memory; their analyses are those of `kept`. */
export function createFakeInvestigationStore(kept: KeptRootCauses): InvestigationStore {
  return new FakeInvestigations(kept);
}

class FakeInvestigations implements InvestigationStore {
  readonly #kept: KeptRootCauses;
  #all: KeptInvestigation[] = [];

  constructor(kept: KeptRootCauses) {
    this.#kept = kept;
  }

  create(tenantId: string, { clusterIds, ...investigation }: NewInvestigation): Promise<InvestigationRow> {
    const nowMs = Date.now();
    const row = {
      ...{ ...investigation, id: crypto.randomUUID(), state: 'open' as const, resolution: '' },
      ...{ createdAtMs: nowMs, updatedAtMs: nowMs, resolvedAtMs: null },
    };
    this.#kept.clusters.set(row.id, new Set(clusterIds));
    this.#kept.attached.set(row.id, new Set());
    const made = { tenantId, row, entries: [], lines: [] };
    this.#all.unshift(made);
    return Promise.resolve(this.#present(made));
  }

  async openForIncident(tenantId: string, investigation: NewInvestigation & { readonly incidentId: string }) {
    const known = this.#all.findLast(
      (one) => one.tenantId === tenantId && one.row.incidentId === investigation.incidentId
    );
    return known === undefined
      ? { investigation: await this.create(tenantId, investigation), isNew: true }
      : { investigation: this.#present(known), isNew: false };
  }

  get(tenantId: string, id: string): Promise<InvestigationRow | null> {
    const found = this.#find(tenantId, id);
    return Promise.resolve(found === undefined ? null : this.#present(found));
  }

  list(
    tenantId: string,
    { state, text, clusterId, incidentId, limit, offset }: Parameters<InvestigationStore['list']>[1]
  ) {
    const isMatch = ({ row }: KeptInvestigation) =>
      (state === undefined || row.state === state) &&
      (text === undefined || `${row.title}\n${row.resolution}`.toLowerCase().includes(text.toLowerCase())) &&
      (clusterId === undefined || this.#kept.clusters.get(row.id)?.has(clusterId) === true) &&
      (incidentId === undefined || row.incidentId === incidentId);
    const found = this.#all.filter((one) => one.tenantId === tenantId && isMatch(one));
    const investigations = found.slice(offset, offset + limit).map((one) => this.#present(one));
    return Promise.resolve({ investigations, totalCount: found.length });
  }

  change(tenantId: string, id: string, change: Parameters<InvestigationStore['change']>[2]) {
    const found = this.#touch(tenantId, id);
    if (found === undefined) {
      return Promise.resolve(null);
    }
    const row = { ...found.row, ...change };
    found.row = { ...row, resolvedAtMs: row.state === 'resolved' ? (row.resolvedAtMs ?? Date.now()) : null };
    return Promise.resolve(this.#present(found));
  }

  addClusters(_: string, id: string, clusterIds: readonly string[]): Promise<void> {
    clusterIds.forEach((clusterId) => this.#kept.clusters.get(id)?.add(clusterId));
    return Promise.resolve();
  }

  addEntry(tenantId: string, id: string, entry: Pick<InvestigationEntry, 'kind' | 'text' | 'actor'>) {
    const added = { ...entry, id: crypto.randomUUID(), atMs: Date.now() };
    this.#touch(tenantId, id)?.entries.push(added);
    return Promise.resolve(added);
  }

  listEntries(tenantId: string, id: string): Promise<readonly InvestigationEntry[]> {
    return Promise.resolve(this.#find(tenantId, id)?.entries ?? []);
  }

  pinLine(tenantId: string, id: string, line: Parameters<InvestigationStore['pinLine']>[2]): Promise<PinnedLineRow> {
    const found = this.#touch(tenantId, id);
    const known = found?.lines.find(({ hash }) => hash === line.hash);
    const pinned =
      known === undefined
        ? { ...line, id: crypto.randomUUID(), pinnedAtMs: Date.now() }
        : { ...known, note: line.note };
    if (found !== undefined) {
      found.lines = [...found.lines.filter((one) => one !== known), pinned];
    }
    return Promise.resolve(pinned);
  }

  unpinLine(tenantId: string, id: string, lineId: string): Promise<boolean> {
    const found = this.#find(tenantId, id);
    const before = found?.lines.length ?? 0;
    if (found !== undefined) {
      found.lines = found.lines.filter((line) => line.id !== lineId);
    }
    return Promise.resolve((found?.lines.length ?? 0) < before);
  }

  listLines(tenantId: string, id: string): Promise<readonly PinnedLineRow[]> {
    const lines = this.#find(tenantId, id)?.lines ?? [];
    return Promise.resolve(lines.toSorted((a, b) => (a.timestampNs < b.timestampNs ? -1 : 1)));
  }

  attachAnalysis(tenantId: string, id: string, analysisId: string): Promise<void> {
    if (this.#touch(tenantId, id) !== undefined) {
      this.#kept.attached.get(id)?.add(analysisId);
    }
    return Promise.resolve();
  }

  listAnalysisIds(_: string, id: string): Promise<readonly string[]> {
    return Promise.resolve([...(this.#kept.attached.get(id) ?? [])]);
  }

  listSimilar(tenantId: string, id: string, limit: number) {
    const own = this.#kept.clusters.get(id) ?? new Set<string>();
    const similar = this.#all
      .filter((one) => one.tenantId === tenantId && one.row.id !== id)
      .map((one) => {
        const others = this.#kept.clusters.get(one.row.id) ?? new Set<string>();
        return {
          investigation: this.#present(one),
          commonClusterIds: [...others].filter((cluster) => own.has(cluster)).toSorted(),
          unionCount: new Set([...others, ...own]).size,
        };
      })
      .filter(({ commonClusterIds }) => commonClusterIds.length > 0)
      .toSorted((a, b) => b.commonClusterIds.length / b.unionCount - a.commonClusterIds.length / a.unionCount);
    return Promise.resolve(similar.slice(0, limit));
  }

  rewriteTexts(tenantId: string, rewriter: Parameters<InvestigationStore['rewriteTexts']>[1]): Promise<number> {
    let changedCount = 0;
    for (const one of this.#all.filter((investigation) => investigation.tenantId === tenantId)) {
      one.lines = one.lines.map((line) => {
        const text = rewriter.sample(line.text);
        changedCount += text === line.text ? 0 : 1;
        return { ...line, text };
      });
    }
    return Promise.resolve(changedCount);
  }

  #find(tenantId: string, id: string): KeptInvestigation | undefined {
    return this.#all.find((one) => one.tenantId === tenantId && one.row.id === id);
  }

  /** The one of this id, now the last that was changed. */
  #touch(tenantId: string, id: string): KeptInvestigation | undefined {
    const found = this.#find(tenantId, id);
    if (found !== undefined) {
      this.#all = [found, ...this.#all.filter((one) => one !== found)];
      found.row = { ...found.row, updatedAtMs: Date.now() };
    }
    return found;
  }

  #present({ row }: KeptInvestigation): InvestigationRow {
    const attached = this.#kept.attached.get(row.id) ?? new Set();
    const newest = this.#kept.analyses.findLast(({ id, result }) => attached.has(id) && result !== null);
    return {
      ...row,
      clusterIds: [...(this.#kept.clusters.get(row.id) ?? [])].toSorted(),
      suspect: newest?.result?.suspect ?? null,
    };
  }
}
