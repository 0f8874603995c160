import type { TenantRule } from '@loghunter/engine/redaction';
import type { TemplatePart } from '@loghunter/engine/templates';

/** A tenant's own rule as it is kept. */
export interface RedactionRuleRow extends TenantRule {
  readonly id: string;
  readonly ignoresCase: boolean;
  /** Who made it, as histories show it. */
  readonly createdBy: string;
  readonly createdAtMs: number;
}

/** Values that one rule took out of texts before they were stored. */
export interface RedactionCount {
  readonly matchCount: number;
  readonly lastMatchedAtMs: number;
}

/** Takes private values out of what is stored; both return their argument itself when there is nothing to take. */
export interface StoredTextRewriter {
  sample(text: string): string;
  template(parts: readonly TemplatePart[]): readonly TemplatePart[];
}

/** A tenant's redaction rules and what they did. Every method throws `PortError` of the database. */
export interface RedactionStore {
  /** The rules in use, oldest first. */
  listRules(tenantId: string): Promise<readonly RedactionRuleRow[]>;
  /** Throws `PortError` `conflict` when a rule of this name is in use. */
  createRule(tenantId: string, rule: TenantRule & { readonly createdBy: string }): Promise<RedactionRuleRow>;
  /** False when no rule in use has this id. */
  deleteRule(tenantId: string, id: string): Promise<boolean>;
  /** Counts by the name of the rule, `own-NAME` for a tenant's own. */
  readCounts(tenantId: string): Promise<ReadonlyMap<string, RedactionCount>>;
  /** Adds values taken out by rule; empty for none. */
  addCounts(tenantId: string, counts: ReadonlyMap<string, number>): Promise<void>;
  /** Rewrites samples and templates that are stored already, in transactions of 500 rows; returns how many changed. */
  rewriteTexts(tenantId: string, rewriter: StoredTextRewriter): Promise<number>;
}
