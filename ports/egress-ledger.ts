import type { AuditRecord } from './audit-log.ts';
import type { ModelBudgetRow } from './model-settings-store.ts';

/** How often a rule replaced something in a text that goes out. */
export interface EgressRedaction {
  readonly kind: string;
  readonly count: number;
}

/** A call that is about to be made. */
export interface NewEgressEntry {
  readonly purpose: 'explanation' | 'provider-test';
  readonly provider: string;
  readonly model: string;
  /** Host and port. */
  readonly destination: string;
  readonly leftInstallation: boolean;
  /** The exact text, redacted, as it leaves. */
  readonly text: string;
  /** SHA-256 of it, hexadecimal. */
  readonly textHash: string;
  readonly sizeBytes: number;
  readonly redactions: readonly EgressRedaction[];
  /** Estimated. */
  readonly inputTokens: number;
  /** The most that the answer may have. */
  readonly outputTokens: number;
  /** What these tokens cost; null: nobody has said. */
  readonly costMicrodollars: number | null;
  readonly actor: AuditRecord['actor'];
  /** What the call is for; null: nothing that has an id. */
  readonly subjectId: string | null;
}

/** A call as it was written down; the text is read apart. */
export interface EgressRow extends Omit<NewEgressEntry, 'text'> {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Null: under way, or its server died. */
  readonly finishedAtMs: number | null;
  /** `sending`, `answered`, or why it failed. */
  readonly outcome: string;
  /** The tokens are not counted by the provider. */
  readonly isEstimate: boolean;
}

/** How a call ended. */
export interface EgressOutcome {
  readonly outcome: string;
  /** As the provider counted; null: it has not, and the estimate stays. */
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
  readonly costMicrodollars: number | null;
}

/** Which of a tenant's budgets a call would pass. */
export type PassedBudget = 'tokens-per-day' | 'calls-per-minute' | 'money-per-month' | 'money-unknown';

/** What a tenant has spent; calls under way count with the most that they may cost. */
export interface EgressUse {
  readonly tokensToday: number;
  readonly callsThisMinute: number;
  readonly microdollarsThisMonth: number;
}

/** A range of calls, [sinceMs, untilMs), milliseconds since 1970. */
export interface EgressFilter {
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly provider?: string;
  readonly leftInstallation?: boolean;
}

/** Sums over the calls to one destination. */
export interface EgressTotalRow {
  readonly provider: string;
  readonly destination: string;
  readonly leftInstallation: boolean;
  readonly callCount: number;
  readonly sizeBytes: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicrodollars: number;
}

/** What went out to language models: written down before it goes. Throws `PortError` of the database. */
export interface EgressLedger {
  /**
   * Writes a call down if the tenant's budgets allow it, one call of a tenant after the other, so that calls at the same time
   * together pass no budget. A call without a price is refused (`money-unknown`) when it leaves the installation.
   */
  begin(
    tenantId: string,
    entry: NewEgressEntry,
    budgets: ModelBudgetRow
  ): Promise<
    { readonly kind: 'begun'; readonly id: string } | { readonly kind: 'refused'; readonly budget: PassedBudget }
  >;
  finish(tenantId: string, id: string, outcome: EgressOutcome): Promise<void>;
  readUse(tenantId: string): Promise<EgressUse>;
  /** The newest first. */
  list(
    tenantId: string,
    filter: EgressFilter & { readonly limit: number; readonly offset: number }
  ): Promise<readonly EgressRow[]>;
  /** By destination, over the whole range. */
  readTotals(tenantId: string, filter: EgressFilter): Promise<readonly EgressTotalRow[]>;
  get(tenantId: string, id: string): Promise<{ readonly entry: EgressRow; readonly text: string } | null>;
  /** Deletes what began before `cutMs`, `limit` at most; returns how many. */
  deleteBefore(tenantId: string, cutMs: number, limit: number): Promise<number>;
}
