import { BoundedMap, renderTemplate } from '../templates/index.ts';
import type { TemplatePart } from '../templates/index.ts';
import { idOfKey, textOfKey, type ClusterKey } from './cluster-key.ts';
import { titlesOf } from './cluster-titles.ts';
import { MaskPatterns, type MaskPattern, type PlacedMask } from './mask-patterns.ts';
import { MergeGroups, type MergeEdge } from './merge-groups.ts';
import { placeOfWord, templateOfSignature, variableAt } from './signature-words.ts';
import { readSplitFingerprint, splitFingerprint } from './split-fingerprint.ts';
import { SplitRules, type SplitPart, type StoredSplit } from './split-rules.ts';
import type { StoredUserRule, UserRuleOf } from './user-rule.ts';

/** What rules are applied with. */
export interface UserRulesOptions {
  readonly tenantId: string;
  /** The tenant's rules that are in force; their order decides titles only. */
  readonly rules: readonly StoredUserRule[];
  /** What learned rules make of a cluster; must give a cluster that it gives itself for. Default: the cluster itself. */
  readonly generalise?: (key: ClusterKey) => ClusterKey;
}

/** What rules make of a cluster. */
export interface RuledKey {
  readonly id: string;
  readonly key: ClusterKey;
  /** Template for a cluster that is not stored yet. */
  readonly template: readonly TemplatePart[];
  /** Rules of people that took part, in the order in which they apply: splits, masks, merges. */
  readonly ruleIds: readonly string[];
}

interface WholeKey extends Omit<RuledKey, 'id'> {
  /** Places of tokens that masks opened. */
  readonly masked: ReadonlySet<number>;
}

interface SplitCluster {
  /** Fingerprint of the cluster that splits were made of. */
  readonly base: string;
  readonly masked: ReadonlySet<number>;
}

type MaskedTemplates = ReadonlyMap<string, readonly TemplatePart[]>;

const noPlaces: ReadonlySet<number> = new Set();
/** Services whose masked templates are remembered. */
const rememberedOwners = 1000;
/** Clusters of which it is remembered whether they are split: some 10 MB at most. */
const rememberedCount = 20_000;

// The places are those of the cluster as learned rules have it now; of one that they have changed since, masks say nothing.
function splitClusterOf(base: string, whole: WholeKey): SplitCluster {
  return { base, masked: base === whole.key.fingerprint ? whole.masked : noPlaces };
}

/**
 * The rules of people about clusters. All answers are functions of event, rules and learned rules: the same on every
 * replica and for any order of the rules (titles: the newest one counts).
 *
 * They apply in this order: learned rules, masks, splits, merges. A merge takes nothing from a split: the parts of a
 * cluster that is split are clusters of their own, whatever the cluster was merged into.
 */
export class UserRules {
  /** The rules that are applied. */
  readonly rules: readonly StoredUserRule[];
  readonly #tenantId: string;
  readonly #generalise: (key: ClusterKey) => ClusterKey;
  readonly #masks: MaskPatterns;
  readonly #splits: SplitRules;
  /** Fingerprint of the cluster that splits were made of, by the fingerprint of what it is now. */
  readonly #splitBases = new Map<string, string>();
  readonly #splitClusters = new BoundedMap<string, SplitCluster | null>(rememberedCount);
  readonly #maskedTemplates = new BoundedMap<string, MaskedTemplates>(rememberedOwners);
  readonly #merges: MergeGroups;
  readonly #keys = new Map<string, ClusterKey>();
  readonly #titles: ReadonlyMap<string, string>;

  /** Takes time linear in the rules, and a hash for each cluster that they name. */
  constructor({ tenantId, rules, generalise = (key) => key }: UserRulesOptions) {
    this.rules = rules;
    this.#tenantId = tenantId;
    this.#generalise = generalise;
    this.#splits = new SplitRules(rules.flatMap(toSplit));
    this.#masks = new MaskPatterns(rules.flatMap((stored) => this.#placeMask(stored)));
    this.#noteSplitBases(rules);
    this.#merges = new MergeGroups(rules.flatMap((stored) => this.#edgesOf(stored)));
    this.#titles = titlesOf(
      rules,
      (cluster) => this.canonicalOf(cluster).id,
      (cluster) => idOfKey(tenantId, this.#unmergedOf(cluster).key)
    );
  }

  /** Whether any cluster is split, so that events have to be asked for. */
  get hasSplits(): boolean {
    return this.#splitBases.size > 0;
  }

  /** The cluster that a stored or computed one is part of; itself when no rule applies. What this gives is part of nothing else. */
  canonicalOf(key: ClusterKey): RuledKey {
    const before = this.#unmergedOf(key);
    const group = this.#merges.groupOf(idOfKey(this.#tenantId, before.key));
    if (group === undefined) {
      return { ...before, id: idOfKey(this.#tenantId, before.key) };
    }
    const merged = this.#keys.get(group.representativeId) ?? before.key;
    const ruleIds = [...before.ruleIds, ...group.ruleIds];
    return textOfKey(merged) === textOfKey(before.key)
      ? { ...before, id: group.representativeId, ruleIds }
      : { id: group.representativeId, key: merged, template: this.#unmergedOf(merged).template, ruleIds };
  }

  /**
   * The part of its cluster that an event is counted under while the cluster is split; null when it is not, or when no
   * value can be told. The key holds the event's own cluster, so that everything goes back there when splits are undone.
   * @param key the event's own cluster, before any rule
   */
  partOf(text: string, key: ClusterKey): SplitPart | null {
    const split = this.hasSplits && key.signature !== '' ? this.#splitOf(key) : null;
    if (split === null) {
      return null;
    }
    const { base, masked } = split;
    const values = this.#splits.valuesOf(text, base, key, masked);
    const part = this.#splits.partOf(base, key, values, masked);
    return part && { ...part, key: { ...key, fingerprint: splitFingerprint(key.fingerprint, values) } };
  }

  /** Title of a canonical cluster; null when nobody gave it one. */
  titleOf(id: string): string | null {
    return this.#titles.get(id) ?? null;
  }

  /** Templates of all clusters that a merge made one with a canonical cluster, empty ones of stack traces too; none without a merge. */
  mergedTemplatesOf(id: string): ReadonlyArray<readonly TemplatePart[]> {
    const group = this.#merges.groupOf(id);
    const keys = [...(group?.representativeId === id ? group.ids : [])].map((member) => this.#keys.get(member));
    return keys.flatMap((key) => (key === undefined ? [] : [this.#unmergedOf(key).template]));
  }

  /** Template of a cluster with its masked words as variables; null when no mask changes it. */
  maskedTemplateOf(cluster: { readonly id: string; readonly service: string; readonly namespace: string }): {
    readonly template: readonly TemplatePart[];
    readonly templateText: string;
  } | null {
    const template = this.#maskedTemplatesOf(cluster).get(cluster.id);
    return template === undefined ? null : { template, templateText: renderTemplate(template) };
  }

  /**
   * Number among the variables of a cluster's signature of the one that is shown as the `shown`-th: masked words are shown
   * as variables too. `masked` when a mask made it one, null when there are not so many.
   */
  variableShownAs(shown: number, cluster: ClusterKey): number | 'masked' | null {
    const pattern = this.#masks.patternsOf(cluster).get(cluster.fingerprint);
    return variableAt(cluster.signature, pattern?.places ?? noPlaces, shown);
  }

  /** Whether a rule decides nothing now, because the word that it masks is variable by itself by now. */
  isIdle({ rule }: StoredUserRule): boolean {
    return rule.kind === 'mask' && this.#currentPlaceOf(rule) < 0;
  }

  /** Templates of a service's masked clusters by id; remembered, because lists ask for each cluster. */
  #maskedTemplatesOf({ service, namespace }: Pick<ClusterKey, 'service' | 'namespace'>): MaskedTemplates {
    const owner = textOfKey({ service, namespace, fingerprint: '', signature: '' });
    const known = this.#maskedTemplates.get(owner);
    if (known !== undefined) {
      return known;
    }
    const found = new Map(
      [...this.#masks.patternsOf({ service, namespace })].map(([fingerprint, pattern]) => {
        const id = idOfKey(this.#tenantId, { service, namespace, fingerprint, signature: '' });
        return [id, templateOfPattern(pattern)] as const;
      })
    );
    this.#maskedTemplates.set(owner, found);
    return found;
  }

  /** How a cluster is split; null when it is not. Remembered, because it is asked for each event. */
  #splitOf(key: ClusterKey): SplitCluster | null {
    const text = textOfKey(key);
    const known = this.#splitClusters.get(text);
    if (known !== undefined) {
      return known;
    }
    const whole = this.#wholeOf(key);
    const base = this.#splitBases.get(whole.key.fingerprint);
    const found = base === undefined ? null : splitClusterOf(base, whole);
    this.#splitClusters.set(text, found);
    return found;
  }

  /** Learned rules, masks and splits, in this order. */
  #unmergedOf(key: ClusterKey): Omit<RuledKey, 'id'> {
    const split = readSplitFingerprint(key.fingerprint);
    if (split === null) {
      return this.#wholeOf(key);
    }
    const whole = this.#wholeOf({ ...key, fingerprint: split.base });
    const base = this.#splitBases.get(whole.key.fingerprint);
    const part =
      base === undefined ? null : this.#splits.partOf(base, key, split.values, splitClusterOf(base, whole).masked);
    return part === null ? whole : { ...part, ruleIds: [...whole.ruleIds, ...part.ruleIds] };
  }

  /** Learned rules and masks. */
  #wholeOf(key: ClusterKey): WholeKey {
    let current = this.#generalise(key);
    let pattern = this.#masks.match(current);
    let shown = pattern;
    const ruleIds = new Set<string>();
    while (pattern !== undefined) {
      pattern.ruleIds.forEach((id) => ruleIds.add(id));
      shown = pattern;
      const { fingerprint, signature } = pattern.cluster;
      if (fingerprint === current.fingerprint) {
        break;
      }
      current = { service: key.service, namespace: key.namespace, fingerprint, signature };
      pattern = this.#masks.match(current);
    }
    const template = shown === undefined ? templateOfSignature(current.signature) : templateOfPattern(shown);
    return { key: current, template, ruleIds: [...ruleIds], masked: shown?.places ?? noPlaces };
  }

  #placeMask({ id, rule }: StoredUserRule): PlacedMask[] {
    if (rule.kind !== 'mask') {
      return [];
    }
    const place = this.#currentPlaceOf(rule);
    const cluster = this.#generalise(rule.cluster);
    return place < 0 ? [] : [{ ruleId: id, cluster, place, isEverywhere: rule.isEverywhere }];
  }

  /** Place of a masked word in its cluster's signature as learned rules have it now; -1 when they opened it. */
  #currentPlaceOf({ cluster, word, occurrence }: UserRuleOf<'mask'>): number {
    return placeOfWord(this.#generalise(cluster).signature, word, occurrence);
  }

  #noteSplitBases(rules: readonly StoredUserRule[]): void {
    for (const { rule } of rules) {
      if (rule.kind === 'split') {
        const now = this.#unmergedOf(rule.cluster).key.fingerprint;
        const { fingerprint } = rule.cluster;
        const known = this.#splitBases.get(now);
        this.#splitBases.set(now, known === undefined || fingerprint < known ? fingerprint : known);
      }
    }
  }

  #edgesOf({ id, rule }: StoredUserRule): MergeEdge[] {
    if (rule.kind !== 'merge') {
      return [];
    }
    const intoId = this.#note(rule.into);
    return rule.clusters
      .map((cluster) => ({ ruleId: id, fromId: this.#note(cluster), intoId }))
      .filter((edge) => edge.fromId !== edge.intoId);
  }

  #note(cluster: ClusterKey): string {
    const { key } = this.#unmergedOf(cluster);
    const id = idOfKey(this.#tenantId, key);
    this.#keys.set(id, key);
    return id;
  }
}

function toSplit({ id, rule }: StoredUserRule): StoredSplit[] {
  return rule.kind === 'split' ? [{ id, rule }] : [];
}

function templateOfPattern({ cluster, places }: MaskPattern): readonly TemplatePart[] {
  return templateOfSignature(cluster.signature, places);
}
