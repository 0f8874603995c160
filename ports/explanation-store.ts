import type { AuditRecord } from './audit-log.ts';

/** A quoted line that an explanation stands on, as the log store had it when the explanation was made. */
export interface ExplanationCitation {
  /** Id of the line in the evidence. */
  readonly lineId: string;
  readonly hash: string;
  readonly state: 'verified' | 'unverified' | 'refuted';
  readonly reason: string;
}

/** What an explanation says, with pseudonyms as the model wrote them. */
export interface ExplanationContent {
  readonly origin: 'model' | 'fixed-sentences';
  readonly rootCause: string | null;
  readonly summary: string;
  readonly suggestedAction: string | null;
  readonly hypotheses: ReadonlyArray<{
    readonly service: string;
    readonly mechanism: string;
    readonly confidence: 'low' | 'medium' | 'high';
    readonly evidence: readonly string[];
    readonly against: readonly string[];
  }>;
  readonly unknowns: readonly string[];
  readonly nextChecks: ReadonlyArray<{ readonly text: string; readonly query: string | null }>;
  readonly droppedClaimCount: number;
  readonly isRepaired: boolean;
  /** Empty until the lines were read again. */
  readonly citations: readonly ExplanationCitation[];
}

/** What is said of an explanation when it is begun. Two with the same pack, provider, model and prompt are equal. */
export interface NewExplanation {
  readonly analysisId: string;
  /** SHA-256 of the evidence. */
  readonly packHash: string;
  readonly provider: string;
  readonly model: string;
  readonly promptVersion: string;
  readonly verdict: 'confirmed' | 'likely' | 'inconclusive';
  /** 0..1 */
  readonly confidence: number;
  /** The fixed sentences, until a model has answered. */
  readonly content: ExplanationContent;
  readonly createdBy: AuditRecord['actor'];
}

/** How an explanation ended. */
export interface ExplanationOutcome {
  readonly status: 'explained' | 'analysis_failed';
  /** Why no model explained it; null: one did. */
  readonly failure: string | null;
  readonly confidence: number;
  readonly content: ExplanationContent;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicrodollars: number | null;
  readonly durationMs: number;
  /** Of the pseudonymised evidence that the model saw. */
  readonly textHash: string | null;
}

/** An explanation as it is kept. */
export interface ExplanationRow
  extends NewExplanation, Omit<ExplanationOutcome, 'status' | 'durationMs' | 'confidence' | 'content'> {
  readonly id: string;
  readonly status: 'pending' | 'explained' | 'analysis_failed';
  readonly durationMs: number | null;
  readonly jobId: string | null;
  /** Milliseconds since 1970, as the other times. */
  readonly createdAtMs: number;
  readonly finishedAtMs: number | null;
}

/** One person's opinion of an explanation. */
export interface ExplanationOpinion {
  readonly isUseful: boolean;
  readonly reason: string;
}

/** What people said of an explanation. */
export interface ExplanationOpinions {
  readonly usefulCount: number;
  readonly notUsefulCount: number;
  /** Of who asks; null: nothing. */
  readonly own: ExplanationOpinion | null;
}

/** Explanations of analyses. Throws `PortError` of the database. */
export interface ExplanationStore {
  /** Makes a pending one, or returns the equal one that is pending already. */
  create(
    tenantId: string,
    explanation: NewExplanation
  ): Promise<{ readonly row: ExplanationRow; readonly isNew: boolean }>;
  /** The newest equal one that a model has explained; null: none. */
  findExplained(tenantId: string, explanation: NewExplanation): Promise<ExplanationRow | null>;
  setJob(tenantId: string, id: string, jobId: string): Promise<void>;
  get(tenantId: string, id: string): Promise<ExplanationRow | null>;
  /** The newest first. */
  list(
    tenantId: string,
    filter: { readonly analysisId?: string; readonly limit: number }
  ): Promise<readonly ExplanationRow[]>;
  /** Null when there is none of this id, or it is explained already. */
  finish(tenantId: string, id: string, outcome: ExplanationOutcome): Promise<ExplanationRow | null>;
  /** Replaces what the actor said before; false when there is no explanation of this id. */
  giveFeedback(
    tenantId: string,
    id: string,
    actor: Pick<AuditRecord['actor'], 'kind' | 'id'>,
    feedback: ExplanationOpinion
  ): Promise<boolean>;
  readFeedback(
    tenantId: string,
    id: string,
    actor: Pick<AuditRecord['actor'], 'kind' | 'id'>
  ): Promise<ExplanationOpinions>;
  /** Deletes what was begun before `cutMs`, `limit` at most; returns how many. */
  deleteBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
