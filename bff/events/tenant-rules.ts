// One tenant's rules of clusters in this process: what they make of an event's own cluster, how new ones are learned from what is
// read, and how all of it stays the same as what the database has.
import {
  toUserRule,
  UserRules,
  type ClusterKey,
  type RuledKey,
  type StoredUserRule,
} from '@loghunter/engine/cluster-rules';
import { algorithmVersion, createFingerprinter } from '@loghunter/engine/fingerprints';
import { createSignatureGroups, toLineRule, type LineRule } from '@loghunter/engine/templates';
import {
  isPortError,
  type ClusterRule,
  type ClusterRuleChange,
  type ClusterRuleContent,
  type ClusterRules,
  type Clock,
  type RuledCluster,
} from '@loghunter/ports';
import { movesOf } from './cluster-moves.ts';
import { findRenamings } from './find-renamings.ts';
import { KeyGeneraliser, renamedKind, toRenaming } from './generalise-key.ts';
import { RuleKnowledge, withChanges, type AfterCommit, type KnownRules } from './rule-knowledge.ts';

/** Rules of one tenant. Methods that return a promise throw `PortError` of the database. */
export interface TenantRules {
  /** Takes in what others changed, at most every few seconds. Waits for the database only. */
  refresh(): Promise<void>;
  /**
   * For scanners: takes in what others changed and the clusters that they found, learns from these, and mends clusters that were written
   * before their writer knew a rule.
   */
  follow(): Promise<void>;
  /** For scanners: learns from packed signatures of what was read; rules that follow are stored before this returns. */
  learn(signatures: Iterable<string>): Promise<void>;
  /**
   * Changes people's rules and what follows from them for stored clusters. Returns the rules that were added or undone. Throws `PortError`
   * `conflict` when others change rules at the same moment and the transaction around the call cannot begin anew.
   */
  changeUserRules(change: Pick<ClusterRuleChange, 'actor' | 'added' | 'undoneIds'>): Promise<readonly ClusterRule[]>;
  /** What learned rules alone make of a cluster: counts are kept under its id, so that people's rules can be undone. */
  generalise(key: ClusterKey): ClusterKey;
  /** What all rules make of a cluster: what screens show. */
  canonicalOf(key: ClusterKey): RuledKey;
  /** People's rules that are in force. */
  readonly userRules: UserRules;
  /** All clusters' ids that are stored, as far as this process knows; filled by `follow`. */
  readonly storedIds: ReadonlySet<string>;
}

/** What the rules of a tenant need. */
export interface TenantRulesParts {
  readonly tenantId: string;
  readonly rules: ClusterRules;
  readonly clock: Clock;
  /** Tells of the transaction around a call. Default: there is never one. */
  readonly afterCommit?: AfterCommit;
  /** Names this process as the author of learned rules. */
  readonly actor?: string;
  /** Clusters of older versions are found again. Default: the engine's version; tests give a later one. */
  readonly algorithmVersion?: number;
}

const refreshMs = 5000;
/** Writes become visible some time after the moment that they carry, and clocks differ; longer than both. */
const overlapMs = 600_000;
/** Others may change rules at the same time; each try begins with theirs. */
const mostTries = 8;

/** Rules of a tenant; nothing is read before the first call. */
export function createTenantRules(parts: TenantRulesParts): TenantRules {
  return new StoredTenantRules(parts);
}

class StoredTenantRules implements TenantRules {
  readonly #parts: TenantRulesParts;
  readonly #groups = createSignatureGroups();
  readonly #generaliser = new KeyGeneraliser(this.#groups);
  readonly #afterCommit: AfterCommit;
  readonly #knowledge: RuleKnowledge;
  readonly storedIds = new Set<string>();
  #prepared: { readonly known: KnownRules; readonly version: number; readonly rules: UserRules } | undefined;
  #refreshedAtMs = Number.NEGATIVE_INFINITY;
  #followedFromMs: number | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: TenantRulesParts) {
    this.#parts = parts;
    this.#afterCommit = parts.afterCommit ?? ((action) => action());
    this.#knowledge = new RuleKnowledge(this.#afterCommit);
  }

  get userRules(): UserRules {
    return this.#userRulesOf(this.#knowledge.shown);
  }

  generalise(key: ClusterKey): ClusterKey {
    return this.#generaliser.generalise(key);
  }

  canonicalOf(key: ClusterKey): RuledKey {
    return this.userRules.canonicalOf(key);
  }

  async refresh(): Promise<void> {
    const { shown, committed } = this.#knowledge;
    const isFresh = this.#parts.clock.nowMs() - this.#refreshedAtMs < refreshMs;
    // What has not committed may have been rolled back by now.
    if (!isFresh || shown !== committed) {
      await this.#load();
    }
  }

  follow(): Promise<void> {
    return this.#inTurn(async () => {
      const startedAtMs = this.#parts.clock.nowMs();
      await this.#load();
      const found = await this.#parts.rules.readClusters(this.#parts.tenantId, this.#followedFromMs);
      for (const { id, signature, canonicalId } of found) {
        this.storedIds.add(id);
        if (signature !== '' && canonicalId === null) {
          this.#groups.learn(signature);
        }
      }
      if (this.#followedFromMs === null) {
        await this.#adoptVersion(found);
      }
      if (!(await this.#storeLearned())) {
        await this.#mend(found);
      }
      this.#followedFromMs = startedAtMs - overlapMs;
    });
  }

  learn(signatures: Iterable<string>): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#refreshedAtMs === Number.NEGATIVE_INFINITY) {
        await this.#load();
      }
      for (const signature of signatures) {
        this.#groups.learn(signature);
      }
      await this.#storeLearned();
    });
  }

  changeUserRules({
    actor,
    added,
    undoneIds,
  }: Pick<ClusterRuleChange, 'actor' | 'added' | 'undoneIds'>): Promise<readonly ClusterRule[]> {
    return this.#inTurn(async () =>
      this.#change(await this.#load(), async (known) => {
        // The change is computed with the rules as they will be.
        const planned = this.#plan(known, added, undoneIds);
        const clusters = await this.#parts.rules.readClusters(this.#parts.tenantId, null);
        return { actor, added, undoneIds, ...(await movesOf(planned, clusters)) };
      })
    );
  }

  /** Finds clusters of an older version of the algorithm again by their samples, which are redacted and clustered as the lines themselves. */
  async #adoptVersion(clusters: readonly RuledCluster[]): Promise<void> {
    const { rules, tenantId } = this.#parts;
    const samples = await rules.readSamplesBefore(tenantId, this.#parts.algorithmVersion ?? algorithmVersion);
    if (samples.size === 0) {
      return;
    }
    const fingerprinter = createFingerprinter();
    for (const text of [...samples.values()].flat()) {
      const { signature } = fingerprinter.identify({ text });
      if (signature !== '') {
        this.#groups.learn(signature);
      }
    }
    await this.#storeLearned();
    const renamings = findRenamings(clusters, samples, (text) => {
      const { fingerprint, signature } = fingerprinter.identify({ text });
      return this.generalise({ service: '', namespace: '', fingerprint, signature });
    });
    const added = renamings.map((body): ClusterRuleContent => ({
      origin: 'learned',
      kind: renamedKind,
      body: { ...body },
    }));
    if (added.length > 0) {
      const nothing = { undoneIds: [], clusters: [], canonicalIds: [] };
      await this.#changeLearned(() => Promise.resolve({ added, ...nothing }));
      await this.#mend(await rules.readClusters(tenantId, null));
    }
  }

  /** Rules of people as a change would leave them. */
  #plan(known: KnownRules, added: readonly ClusterRuleContent[], undoneIds: readonly string[]): UserRules {
    const kept = [...known.inForce.values()].filter(({ id }) => !undoneIds.includes(id));
    const wanted = added.flatMap(({ kind, body }, index) => {
      const rule = toUserRule(kind, body);
      return rule === null ? [] : [{ id: `added-${index}`, rule }];
    });
    return this.#prepare([...kept, ...wanted]);
  }

  #userRulesOf(known: KnownRules): UserRules {
    // Rules of people are placed by what learned rules make of their clusters.
    const { version } = this.#groups;
    if (this.#prepared?.known !== known || this.#prepared.version !== version) {
      this.#prepared = { known, version, rules: this.#prepare([...known.inForce.values()]) };
    }
    return this.#prepared.rules;
  }

  #prepare(rules: readonly StoredUserRule[]): UserRules {
    return new UserRules({ tenantId: this.#parts.tenantId, rules, generalise: (key) => this.generalise(key) });
  }

  /** Stores what was learned with what follows for stored clusters; false when nothing was. */
  async #storeLearned(): Promise<boolean> {
    if (this.#groups.learnedRules().length === 0) {
      return false;
    }
    await this.#changeLearned(async (known) => {
      const added = this.#groups.learnedRules().map(toContent);
      const clusters = await this.#parts.rules.readClusters(this.#parts.tenantId, null);
      return { added, undoneIds: [], ...(await movesOf(this.#userRulesOf(known), clusters)) };
    });
    return true;
  }

  /** Clusters that were written by a replica before it knew a rule. */
  async #mend(clusters: readonly RuledCluster[]): Promise<void> {
    const { canonicalIds } = await movesOf(this.#userRulesOf(this.#knowledge.committed), clusters);
    if (canonicalIds.length > 0) {
      await this.#changeLearned(async (known) => ({
        ...{ added: [], undoneIds: [] },
        ...(await movesOf(this.#userRulesOf(known), clusters)),
      }));
    }
  }

  /** A scanner's change, which builds on nothing that may be rolled back. */
  async #changeLearned(
    compute: (known: KnownRules) => Promise<Omit<ClusterRuleChange, 'expectedSequence' | 'actor'>>
  ): Promise<void> {
    const { actor = 'scanner' } = this.#parts;
    await this.#change(this.#knowledge.committed, async (known) => ({ actor, ...(await compute(known)) }));
  }

  async #change(
    known: KnownRules,
    compute: (known: KnownRules) => Promise<Omit<ClusterRuleChange, 'expectedSequence'>>
  ): Promise<readonly ClusterRule[]> {
    let base = known;
    for (let tries = 1; ; tries++) {
      const change = { ...(await compute(base)), expectedSequence: base.sequence };
      const changed = await this.#write(base, change, tries === mostTries);
      if (changed !== null) {
        return changed;
      }
      base = await this.#load();
    }
  }

  /** Null when others changed the rules meanwhile and another try may be kept. */
  async #write(base: KnownRules, change: ClusterRuleChange, isLast: boolean): Promise<readonly ClusterRule[] | null> {
    const { rules, tenantId } = this.#parts;
    try {
      // Looked at first, because a change that is refused rolls back the transaction around it: no later try would be kept.
      if (!isLast && (await rules.readSequence(tenantId)) !== base.sequence) {
        return null;
      }
      const changed = await rules.change(tenantId, change);
      this.#take(base, changed);
      this.#afterCommit(() => change.clusters.forEach(({ id }) => this.storedIds.add(id)));
      return changed;
    } catch (error) {
      if (isLast || this.#isInTransaction() || !isPortError(error) || error.kind !== 'conflict') {
        throw error;
      }
      return null;
    }
  }

  /** Returns what is known now: inside a transaction with what that changed itself. */
  async #load(): Promise<KnownRules> {
    const atMs = this.#parts.clock.nowMs();
    const changes = await this.#parts.rules.readChanges(this.#parts.tenantId, this.#knowledge.committed.sequence);
    this.#refreshedAtMs = Math.max(this.#refreshedAtMs, atMs);
    return this.#take(this.#knowledge.committed, changes);
  }

  #take(base: KnownRules, rules: readonly ClusterRule[]): KnownRules {
    const lineRules: LineRule[] = [];
    // Learned ones are only ever added, and by scanners, who have committed them.
    for (const { kind, body } of rules.filter(({ origin }) => origin === 'learned')) {
      const renaming = kind === renamedKind ? toRenaming(body) : null;
      const lineRule = toLineRule(kind, body);
      if (renaming !== null) {
        this.#generaliser.add(renaming);
      }
      if (lineRule !== null) {
        lineRules.push(lineRule);
      }
    }
    this.#groups.addRules(lineRules);
    const known = withChanges(base, rules);
    this.#knowledge.show(known);
    return known;
  }

  /**
   * One after the other: each reads, computes and writes. Whoever has a transaction open waits for nobody, because the one before may
   * wait for the connection that this transaction holds; that is safe, because the database refuses what is computed from old rules.
   * Who comes later waits for both, and holds no connection meanwhile.
   */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#isInTransaction() ? work() : this.#turn.then(work);
    this.#turn = Promise.allSettled([this.#turn, next]);
    return next;
  }

  #isInTransaction(): boolean {
    let isInside = true;
    this.#afterCommit(() => {
      isInside = false;
    });
    return isInside;
  }
}

function toContent(rule: LineRule): ClusterRuleContent {
  const { kind, ...body } = rule;
  return { origin: 'learned', kind, body };
}
