import type { Level } from '@loghunter/engine/severity';
import type { AnalysisWindow } from './analysis-store.ts';
import type { AuditRecord } from './audit-log.ts';
import type { StoredTextRewriter } from './redaction-store.ts';

/** Where people are with an investigation. */
export type InvestigationState = 'open' | 'mitigated' | 'resolved';

/** What is said of an investigation when it is begun. */
export interface NewInvestigation {
  readonly title: string;
  readonly range: AnalysisWindow;
  readonly services: readonly string[];
  /** Clusters that it is about. */
  readonly clusterIds: readonly string[];
  readonly incidentId: string | null;
  readonly createdBy: AuditRecord['actor'];
}

/** People's work on an incident or a cluster. */
export interface InvestigationRow extends NewInvestigation {
  readonly id: string;
  readonly state: InvestigationState;
  /** What it was and what helped; empty until somebody wrote it. */
  readonly resolution: string;
  /** Suspect of its newest analysis that has one; null otherwise. */
  readonly suspect: string | null;
  /** Milliseconds since 1970, as the other times. */
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly resolvedAtMs: number | null;
}

/** A line copied from the log store. */
export interface NewPinnedLine {
  readonly timestampNs: bigint;
  readonly service: string;
  readonly level: Level;
  /** Private values have been taken out. */
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
  /** 32 hex digits over the line as the log store has it. */
  readonly hash: string;
  readonly query: string;
  readonly clusterId: string | null;
  readonly note: string;
  readonly pinnedBy: AuditRecord['actor'];
}

/** A pinned line. */
export interface PinnedLineRow extends NewPinnedLine {
  readonly id: string;
  readonly pinnedAtMs: number;
}

/** Something that somebody did with an investigation, or wrote. */
export interface InvestigationEntry {
  readonly id: string;
  readonly kind: 'created' | 'renamed' | 'state' | 'resolution' | 'pinned' | 'comment' | 'analysis' | 'annotated';
  readonly text: string;
  readonly actor: AuditRecord['actor'];
  readonly atMs: number;
}

/** Which investigations are wanted. */
export interface InvestigationFilter {
  readonly state?: InvestigationState;
  /** Part of title or resolution, case ignored. */
  readonly text?: string;
  readonly clusterId?: string;
  readonly incidentId?: string;
  readonly limit: number;
  readonly offset: number;
}

/** Investigations. Every method is one transaction of the tenant and throws `PortError` of the database. */
export interface InvestigationStore {
  create(tenantId: string, investigation: NewInvestigation): Promise<InvestigationRow>;
  /**
   * Opens one of an incident by itself (`createdBy.kind` is `schedule`), or returns the oldest that the incident has. Of calls at the
   * same time one makes it.
   */
  openForIncident(
    tenantId: string,
    investigation: NewInvestigation & { readonly incidentId: string }
  ): Promise<{ readonly investigation: InvestigationRow; readonly isNew: boolean }>;
  get(tenantId: string, id: string): Promise<InvestigationRow | null>;
  /** Those changed last first, with the number of all pages. */
  list(
    tenantId: string,
    filter: InvestigationFilter
  ): Promise<{ readonly investigations: readonly InvestigationRow[]; readonly totalCount: number }>;
  /** Null when there is none of this id. */
  change(
    tenantId: string,
    id: string,
    change: { readonly title?: string; readonly state?: InvestigationState; readonly resolution?: string }
  ): Promise<InvestigationRow | null>;
  /** Adds clusters that it is about; those that it has already are left out. */
  addClusters(tenantId: string, id: string, clusterIds: readonly string[]): Promise<void>;
  /** Adds to its history. */
  addEntry(
    tenantId: string,
    id: string,
    entry: Pick<InvestigationEntry, 'kind' | 'text' | 'actor'>
  ): Promise<InvestigationEntry>;
  /** The oldest first. */
  listEntries(tenantId: string, id: string): Promise<readonly InvestigationEntry[]>;
  /** Keeps a line; the same line again changes its note. */
  pinLine(tenantId: string, id: string, line: NewPinnedLine): Promise<PinnedLineRow>;
  /** False when there is no such line. */
  unpinLine(tenantId: string, id: string, lineId: string): Promise<boolean>;
  /** In order of their time. */
  listLines(tenantId: string, id: string): Promise<readonly PinnedLineRow[]>;
  /** Attaches an analysis; once is enough. */
  attachAnalysis(tenantId: string, id: string, analysisId: string): Promise<void>;
  /** Ids of its analyses. */
  listAnalysisIds(tenantId: string, id: string): Promise<readonly string[]>;
  /** Other investigations with common clusters, most in common first. */
  listSimilar(
    tenantId: string,
    id: string,
    limit: number
  ): Promise<
    ReadonlyArray<{
      readonly investigation: InvestigationRow;
      readonly commonClusterIds: readonly string[];
      /** Clusters of the two together. */
      readonly unionCount: number;
    }>
  >;
  /** Takes private values out of pinned lines; returns how many changed. */
  rewriteTexts(tenantId: string, rewriter: Pick<StoredTextRewriter, 'sample'>): Promise<number>;
}
