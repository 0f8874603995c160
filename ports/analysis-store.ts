import type { AuditRecord } from './audit-log.ts';
import type { JobStatus } from './job-store.ts';
import type { StoredTextRewriter } from './redaction-store.ts';

/** A stretch of time [fromMs, toMs), milliseconds since 1970. */
export interface AnalysisWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What is said of an analysis when it is begun. */
export interface NewAnalysis {
  /** The job that does it. */
  readonly jobId: string;
  /** What is analysed, as the API takes it. */
  readonly subject: Readonly<Record<string, unknown>>;
  readonly subjectText: string;
  /** The service that is asked about; empty when the subject names none. */
  readonly service: string;
  readonly incident: AnalysisWindow;
  readonly baseline: AnalysisWindow;
  readonly createdBy: AuditRecord['actor'];
}

/** What an analysis came to. */
export interface AnalysisResult {
  /** The evidence pack as JSON; private values have been taken out. */
  readonly pack: Readonly<Record<string, unknown>>;
  /** SHA-256 of the pack, as 64 hex digits. */
  readonly packHash: string;
  readonly verdict: 'confirmed' | 'likely' | 'inconclusive';
  /** 0..1. */
  readonly confidence: number;
  /** A service; null when nobody is suspected. */
  readonly suspect: string | null;
  /** Clusters that the pack names. */
  readonly clusterIds: readonly string[];
}

/** An analysis with the state of its job. */
export interface AnalysisRow extends NewAnalysis {
  readonly id: string;
  /** `failed` also when its job is gone without a result. */
  readonly status: JobStatus;
  readonly progress: number;
  readonly progressText: string;
  readonly failure: string | null;
  /** Null until it succeeded. */
  readonly result: AnalysisResult | null;
  readonly createdAtMs: number;
  readonly finishedAtMs: number | null;
}

/** Which analyses are wanted. */
export interface AnalysisFilter {
  readonly subjectKind?: string;
  /** Of the subject's `id`. */
  readonly subjectId?: string;
  /** First suspect, or the service that is asked about. */
  readonly service?: string;
  readonly limit: number;
  readonly offset: number;
}

/** Analyses and their evidence. Every method is one transaction of the tenant and throws `PortError` of the database. */
export interface AnalysisStore {
  /** Keeps a new analysis, or returns the one that the same job has already. */
  create(tenantId: string, analysis: NewAnalysis): Promise<AnalysisRow>;
  get(tenantId: string, id: string): Promise<AnalysisRow | null>;
  /** The analysis of a job. */
  getByJob(tenantId: string, jobId: string): Promise<AnalysisRow | null>;
  /** The newest first, without those of other ids. */
  getAll(tenantId: string, ids: readonly string[]): Promise<readonly AnalysisRow[]>;
  /** The newest first, with the number of all pages. */
  list(
    tenantId: string,
    filter: AnalysisFilter
  ): Promise<{ readonly analyses: readonly AnalysisRow[]; readonly totalCount: number }>;
  /** Keeps what it came to, in place of what an earlier run came to. */
  keepResult(tenantId: string, id: string, result: AnalysisResult): Promise<void>;
  /** Deletes analyses begun before `cutMs` that no investigation has, `limit` at most; returns how many. */
  deleteBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
  /** Takes private values out of every text of the packs that are stored; returns how many packs changed. */
  rewriteTexts(tenantId: string, rewriter: Pick<StoredTextRewriter, 'sample'>): Promise<number>;
}
