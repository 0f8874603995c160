import type { ClusterIdentity } from './ledger.ts';

/** What a rule says. `kind` and `body` are the engine's; the store only keeps them. */
export interface ClusterRuleContent {
  /** Who decides: the scanners' learner, or a person. */
  readonly origin: 'learned' | 'user';
  readonly kind: string;
  /** A plain JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A stored rule. */
export interface ClusterRule extends ClusterRuleContent {
  /** A UUID. */
  readonly id: string;
  /** Of the rule's last change: a rule that is undone gets a new one. Grows in the order in which changes become visible. */
  readonly sequence: number;
  readonly createdAtMs: number;
  readonly createdBy: string;
  /** Null while the rule is in force. */
  readonly undone: { readonly atMs: number; readonly by: string } | null;
}

/** A cluster as rules see it. */
export interface RuledCluster {
  readonly id: string;
  readonly service: string;
  readonly namespace: string;
  readonly fingerprint: string;
  readonly algorithmVersion: number;
  /** What rules are applied to; empty when no rule of lines applies, as for stack traces. */
  readonly signature: string;
  readonly templateText: string;
  /** The cluster that rules made of this one; null: itself. */
  readonly canonicalId: string | null;
}

/** A change of a tenant's rules with everything that follows from it, written in one transaction. */
export interface ClusterRuleChange {
  /** The sequence that the change was computed from; the change is refused when there is a newer one. */
  readonly expectedSequence: number;
  /** Who changes: a person, or the replica that learned. */
  readonly actor: string;
  /** Rules with the content of one that is in force are left out. */
  readonly added: readonly ClusterRuleContent[];
  /** Ids of rules that are undone; those that are undone already are left out. */
  readonly undoneIds: readonly string[];
  /** Clusters that others become and that may not be stored yet. */
  readonly clusters: readonly ClusterIdentity[];
  /** What stored clusters become; null: themselves again. Unknown ids are left out. */
  readonly canonicalIds: ReadonlyArray<{ readonly clusterId: string; readonly canonicalId: string | null }>;
}

/** Which rules are wanted. */
export interface ClusterRulePage {
  readonly origin?: ClusterRuleContent['origin'];
  readonly kinds?: readonly string[];
  readonly includeUndone: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** Rules of clusters and what they make of clusters. Every method is one transaction of the tenant and throws `PortError` of the database. */
export interface ClusterRules {
  /** The newest sequence; 0 before the first rule. */
  readSequence(tenantId: string): Promise<number>;
  /** Rules that were added or undone after the sequence, in order of sequence; with 0 all rules, also undone ones. */
  readChanges(tenantId: string, afterSequence: number): Promise<readonly ClusterRule[]>;
  /** Rules for a screen, newest change first, and their number. */
  listRules(
    tenantId: string,
    page: ClusterRulePage
  ): Promise<{ readonly rules: readonly ClusterRule[]; readonly totalCount: number }>;
  /** The rule; null when the tenant has no such rule. */
  getRule(tenantId: string, id: string): Promise<ClusterRule | null>;
  /**
   * Clusters that were first written at or after a moment of the database's clock, by id; null: all. A cluster becomes visible up to the length of
   * a write after its moment.
   */
  readClusters(tenantId: string, createdFromMs: number | null): Promise<readonly RuledCluster[]>;
  /** Samples of canonical clusters that were made by an older version of the algorithm than this one, by cluster; most recent last. */
  readSamplesBefore(tenantId: string, algorithmVersion: number): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Clusters by id; unknown ids are left out. */
  readClustersById(tenantId: string, ids: readonly string[]): Promise<readonly RuledCluster[]>;
  /**
   * Writes a change: all of it or nothing. Returns the rules that were added or undone, in order of sequence. Throws `PortError` `conflict`
   * when the tenant's rules have changed since `expectedSequence`: read the changes and try again.
   */
  change(tenantId: string, change: ClusterRuleChange): Promise<readonly ClusterRule[]>;
}
