import type { AnalysisResult, AnalysisRow, AnalysisStore, NewAnalysis } from '../analysis-store.ts';
import type { Job } from '../job-store.ts';

/** An analysis in memory. */
export interface KeptAnalysis extends NewAnalysis {
  readonly tenantId: string;
  readonly id: string;
  readonly createdAtMs: number;
  result: AnalysisResult | null;
  finishedAtMs: number | null;
}

/** What the fakes of root causes share. */
export interface KeptRootCauses {
  readonly analyses: KeptAnalysis[];
  /** Ids of analyses by the investigation that has them. */
  readonly attached: Map<string, Set<string>>;
  /** Clusters by investigation. */
  readonly clusters: Map<string, Set<string>>;
  /** Null: the job is gone. */
  readonly findJob: (tenantId: string, jobId: string) => Job | null;
}

/** Keeps analyses in memory. */
export function createFakeAnalysisStore(kept: KeptRootCauses): AnalysisStore {
  const newestFirst = (tenantId: string) => kept.analyses.filter((row) => row.tenantId === tenantId).toReversed();
  const present = (row: KeptAnalysis) => presentRow(row, kept.findJob(row.tenantId, row.jobId));
  const find = (tenantId: string, isSought: (row: KeptAnalysis) => boolean) =>
    newestFirst(tenantId).find((row) => isSought(row)) ?? null;
  return {
    create(tenantId, analysis) {
      const known = find(tenantId, ({ jobId }) => jobId === analysis.jobId);
      if (known !== null) {
        return Promise.resolve(present(known));
      }
      const times = { createdAtMs: Date.now(), finishedAtMs: null };
      const row: KeptAnalysis = { ...analysis, ...times, tenantId, id: crypto.randomUUID(), result: null };
      kept.analyses.push(row);
      return Promise.resolve(present(row));
    },
    get(tenantId, id) {
      const row = find(tenantId, (one) => one.id === id);
      return Promise.resolve(row && present(row));
    },
    getByJob(tenantId, jobId) {
      const row = find(tenantId, (one) => one.jobId === jobId);
      return Promise.resolve(row && present(row));
    },
    getAll: (tenantId, ids) =>
      Promise.resolve(
        newestFirst(tenantId)
          .filter(({ id }) => ids.includes(id))
          .map(present)
      ),
    list(tenantId, { subjectKind, subjectId, service, limit, offset }) {
      const found = newestFirst(tenantId).filter(
        (row) =>
          (subjectKind === undefined || row.subject['kind'] === subjectKind) &&
          (subjectId === undefined || row.subject['id'] === subjectId) &&
          (service === undefined || row.service === service || row.result?.suspect === service)
      );
      const analyses = found.slice(offset, offset + limit).map(present);
      return Promise.resolve({ analyses, totalCount: found.length });
    },
    keepResult(tenantId, id, result) {
      const row = find(tenantId, (one) => one.id === id);
      if (row !== null) {
        row.result = result;
        row.finishedAtMs = Date.now();
        for (const [investigationId, ids] of kept.attached) {
          if (ids.has(id)) {
            result.clusterIds.forEach((clusterId) => kept.clusters.get(investigationId)?.add(clusterId));
          }
        }
      }
      return Promise.resolve();
    },
    deleteBefore(tenantId, cutMs, limit) {
      const isKept = (id: string) => [...kept.attached.values()].some((ids) => ids.has(id));
      const old = newestFirst(tenantId).filter(({ id, createdAtMs }) => createdAtMs < cutMs && !isKept(id));
      const gone = new Set(old.slice(0, limit));
      kept.analyses.splice(0, kept.analyses.length, ...kept.analyses.filter((row) => !gone.has(row)));
      return Promise.resolve(gone.size);
    },
    rewriteTexts(tenantId, rewriter) {
      let changedCount = 0;
      for (const row of newestFirst(tenantId)) {
        if (row.result === null) {
          continue;
        }
        const pack = rewrite(row.result.pack, (text) => rewriter.sample(text)) as AnalysisResult['pack'];
        changedCount += JSON.stringify(pack) === JSON.stringify(row.result.pack) ? 0 : 1;
        row.result = { ...row.result, pack };
      }
      return Promise.resolve(changedCount);
    },
  };
}

function presentRow(row: KeptAnalysis, job: Job | null): AnalysisRow {
  const hasSucceeded = row.result !== null;
  return {
    ...row,
    status: hasSucceeded ? 'succeeded' : (job?.status ?? 'failed'),
    progress: hasSucceeded ? 1 : (job?.progress ?? 0),
    progressText: job?.progressText ?? '',
    failure: job?.failure ?? null,
    finishedAtMs: row.finishedAtMs ?? job?.finishedAtMs ?? null,
  };
}

function rewrite(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => rewrite(item, change));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rewrite(inner, change)]))
    : value;
}
