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

/** Rules of one tenant. Methods that return a promise throw `PortError` of the database. */
export interface TenantRules {
  /** Takes in what others changed, at most every few seconds. */
  refresh(): Promise<void>;
  /**
   * For scanners: takes in what others changed and the clusters that they found, learns from these, and mends clusters that were written
   * before their writer knew a rule.
   */
  follow(): Promise<void>;
  /** For scanners: learns from packed signatures of what was read; rules that follow are stored before this returns. */
  learn(signatures: Iterable<string>): Promise<void>;
  /** Changes people's rules and what follows from them for stored clusters. Returns the rules that were added or undone. */
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
  /**
   * Has an action called when the transaction around a change has committed, never when it rolls back. Default: at once, for callers
   * without a transaction of their own.
   */
  readonly afterCommit?: (action: () => void) => void;
  /** Names this process as the author of learned rules. */
  readonly actor?: string;
  /** Clusters of older versions are found again. Default: the engine's version; tests give a later one. */
  readonly algorithmVersion?: number;
}

/** People's rules up to a place in the sequence. */
interface KnownRules {
  readonly sequence: number;
  readonly inForce: ReadonlyMap<string, StoredUserRule>;
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
  readonly #inForce = new Map<string, StoredUserRule>();
  readonly storedIds = new Set<string>();
  #userRules: UserRules | undefined;
  #userRulesVersion = -1;
  #sequence = 0;
  #refreshedAtMs = Number.NEGATIVE_INFINITY;
  #followedFromMs: number | null = null;
  /** What was known before a change of people's rules whose transaction has not ended yet. */
  #beforeChange: KnownRules | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: TenantRulesParts) {
    this.#parts = parts;
  }

  get userRules(): UserRules {
    // Rules of people are placed by what learned rules make of their clusters.
    if (this.#userRules === undefined || this.#userRulesVersion !== this.#groups.version) {
      this.#userRulesVersion = this.#groups.version;
      this.#userRules = new UserRules({
        tenantId: this.#parts.tenantId,
        rules: [...this.#inForce.values()],
        generalise: (key) => this.generalise(key),
      });
    }
    return this.#userRules;
  }

  generalise(key: ClusterKey): ClusterKey {
    return this.#generaliser.generalise(key);
  }

  canonicalOf(key: ClusterKey): RuledKey {
    return this.userRules.canonicalOf(key);
  }

  async refresh(): Promise<void> {
    if (this.#parts.clock.nowMs() - this.#refreshedAtMs >= refreshMs) {
      await this.#inTurn(() => this.#load());
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
    return this.#inTurn(async () => {
      await this.#load();
      const before = { sequence: this.#sequence, inForce: new Map(this.#inForce) };
      const changed = await this.#change(async () => {
        // The change is computed with the rules as they will be.
        const planned = this.#plan(added, undoneIds);
        const clusters = await this.#parts.rules.readClusters(this.#parts.tenantId, null);
        return { actor, added, undoneIds, ...(await movesOf(planned, clusters)) };
      });
      this.#awaitCommit(before);
      return changed;
    });
  }

  #awaitCommit(before: KnownRules): void {
    this.#beforeChange = before;
    const confirm = (): void => {
      if (this.#beforeChange === before) {
        this.#beforeChange = undefined;
      }
    };
    const { afterCommit } = this.#parts;
    if (afterCommit === undefined) {
      confirm();
    } else {
      afterCommit(confirm);
    }
  }

  /** A change that did not commit must not be kept, nor hide another replica's change that has its place in the sequence. */
  #takeBackUnconfirmed(): void {
    if (this.#beforeChange !== undefined) {
      this.#sequence = this.#beforeChange.sequence;
      this.#inForce.clear();
      this.#beforeChange.inForce.forEach((rule, id) => this.#inForce.set(id, rule));
      this.#userRules = undefined;
      this.#beforeChange = undefined;
    }
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
      await this.#change(() => Promise.resolve({ actor: this.#parts.actor ?? 'scanner', added, ...nothing }));
      await this.#mend(await rules.readClusters(tenantId, null));
    }
  }

  /** Rules of people as a change would leave them. */
  #plan(added: readonly ClusterRuleContent[], undoneIds: readonly string[]): UserRules {
    const kept = [...this.#inForce.values()].filter(({ id }) => !undoneIds.includes(id));
    const wanted = added.flatMap(({ kind, body }, index) => {
      const rule = toUserRule(kind, body);
      return rule === null ? [] : [{ id: `added-${index}`, rule }];
    });
    return new UserRules({
      tenantId: this.#parts.tenantId,
      rules: [...kept, ...wanted],
      generalise: (key) => this.generalise(key),
    });
  }

  /** Stores what was learned with what follows for stored clusters; false when nothing was. */
  async #storeLearned(): Promise<boolean> {
    if (this.#groups.learnedRules().length === 0) {
      return false;
    }
    await this.#change(async () => {
      const added = this.#groups.learnedRules().map(toContent);
      const clusters = await this.#parts.rules.readClusters(this.#parts.tenantId, null);
      const moves = await movesOf(this.userRules, clusters);
      return { actor: this.#parts.actor ?? 'scanner', added, undoneIds: [], ...moves };
    });
    return true;
  }

  /** Clusters that were written by a replica before it knew a rule. */
  async #mend(clusters: readonly RuledCluster[]): Promise<void> {
    if ((await movesOf(this.userRules, clusters)).canonicalIds.length > 0) {
      await this.#change(async () => ({
        ...{ actor: this.#parts.actor ?? 'scanner', added: [], undoneIds: [] },
        ...(await movesOf(this.userRules, clusters)),
      }));
    }
  }

  async #change(compute: () => Promise<Omit<ClusterRuleChange, 'expectedSequence'>>): Promise<readonly ClusterRule[]> {
    for (let tries = 1; ; tries++) {
      const expectedSequence = this.#sequence;
      const change = await compute();
      try {
        const changed = await this.#parts.rules.change(this.#parts.tenantId, { expectedSequence, ...change });
        this.#take(changed);
        change.clusters.forEach(({ id }) => this.storedIds.add(id));
        return changed;
      } catch (error) {
        if (!isPortError(error) || error.kind !== 'conflict' || tries === mostTries) {
          throw error;
        }
        await this.#load();
      }
    }
  }

  async #load(): Promise<void> {
    const atMs = this.#parts.clock.nowMs();
    this.#takeBackUnconfirmed();
    this.#take(await this.#parts.rules.readChanges(this.#parts.tenantId, this.#sequence));
    this.#refreshedAtMs = atMs;
  }

  #take(rules: readonly ClusterRule[]): void {
    const lineRules: LineRule[] = [];
    for (const { id, sequence, origin, kind, body, undone } of rules) {
      this.#sequence = Math.max(this.#sequence, sequence);
      const renaming = origin === 'learned' && kind === renamedKind ? toRenaming(body) : null;
      const lineRule = origin === 'learned' ? toLineRule(kind, body) : null;
      const userRule = origin === 'user' && undone === null ? toUserRule(kind, body) : null;
      if (renaming !== null) {
        this.#generaliser.add(renaming);
      }
      if (lineRule !== null) {
        lineRules.push(lineRule);
      }
      this.#inForce.delete(id);
      if (userRule !== null) {
        this.#inForce.set(id, { id, rule: userRule });
      }
    }
    this.#groups.addRules(lineRules);
    if (rules.length > 0) {
      this.#userRules = undefined;
    }
  }

  /** One after the other: each reads, computes and writes. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work, work);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}

function toContent(rule: LineRule): ClusterRuleContent {
  const { kind, ...body } = rule;
  return { origin: 'learned', kind, body };
}
