/*
 * Learns which slots are variables. Evidence, not similarity: a signature is registered under each of its contexts (itself
 * with one slot blanked); a context with enough distinct values opens, its clusters become one, and the generalised
 * signature is registered in turn, so that further slots can open.
 */
import { accessContext } from './access-log.ts';
import { BoundedMap } from './bounded-map.ts';
import type { DisjointSets } from './disjoint-sets.ts';
import { NumberTable } from './number-table.ts';
import { likelySlotsOf } from './likely-slots.ts';
import {
  candidateOf,
  fewestPairWords,
  formKeyOf,
  mostPairWords,
  opened,
  openedAll,
  type Candidate,
  type RuleBook,
} from './rule-book.ts';
import {
  fewestWordsBeside,
  firstWordPairThreshold,
  firstWordThreshold,
  isWord,
  likelyThreshold,
  openingThreshold,
  pairThreshold,
  weightOf,
  weightOfSpan,
} from './slot-evidence.ts';
import type { TemplateToken } from './template-tokens.ts';

/** Evidence of a context that has seen two values or more; most only ever see one, which stands in a table of numbers. */
interface Evidence {
  weight: number;
  /** Distinct values, few enough to be searched one by one, and a cluster that each was seen in. */
  values: number[];
  clusters: number[];
}

/** Clusters of two words in one context, and the distinct values of each; more than are needed to open are not kept. */
interface PairEvidence {
  clusters: number[];
  readonly first: number[];
  readonly second: number[];
}

/** What was seen in the likely slots of signatures that differ in them only. */
interface FormEvidence {
  /** Distinct values by slot, no more than are needed to open. */
  readonly values: readonly number[][];
  clusters: number[];
}

/** A value in a context, both as hashes. */
interface SeenSlot {
  readonly key: number;
  readonly value: number;
  readonly weight: number;
  readonly threshold: number;
  readonly start: number;
  readonly end: number;
}

/** Finds or makes the cluster of a generalised signature. */
export type RegisterPattern = (candidate: Candidate) => number;

/** Slots opened by one another, deep enough for every template seen; stops a chain of openings on hostile input. */
const deepestChain = 12;

/** Adds a value to a short list unless it is there or the list is long enough. */
function addDistinct(values: number[], value: number, mostCount: number): void {
  if (values.length < mostCount && !values.includes(value)) {
    values.push(value);
  }
}

/** Adds a cluster unless it was the last one; a repetition does no harm and is not looked for. */
function addLast(clusters: number[], cluster: number): void {
  if (clusters.at(-1) !== cluster) {
    clusters.push(cluster);
  }
}

/** Learns rules from new signatures and merges their clusters. */
export class Learner {
  readonly #rules: RuleBook;
  readonly #sets: DisjointSets;
  /** First value, cluster and weight by context; first two values and cluster by context of two words. */
  readonly #firstValues: NumberTable;
  readonly #firstPairs: NumberTable;
  readonly #evidence: BoundedMap<number, Evidence>;
  readonly #pairs: BoundedMap<number, PairEvidence>;
  readonly #register: RegisterPattern;
  readonly #forms: BoundedMap<number, FormEvidence>;
  #depth = 0;

  constructor(rules: RuleBook, sets: DisjointSets, contextCapacity: number, register: RegisterPattern) {
    this.#rules = rules;
    this.#sets = sets;
    this.#firstValues = new NumberTable(contextCapacity, 3);
    this.#firstPairs = new NumberTable(contextCapacity, 3);
    this.#evidence = new BoundedMap(contextCapacity >> 2);
    this.#pairs = new BoundedMap(contextCapacity >> 2);
    this.#forms = new BoundedMap(contextCapacity >> 3);
    this.#register = register;
  }

  /** Takes in a signature that was not seen before and the cluster that it was given. */
  learn(candidate: Candidate, cluster: number): void {
    // Pages of one site differ in a word as names do, but each is a page.
    if (this.#depth >= deepestChain || candidate.context === accessContext) {
      return;
    }
    this.#depth++;
    this.#learnTokens(candidate, cluster);
    this.#learnSpans(candidate, cluster);
    this.#learnLikely(candidate, cluster);
    this.#learnPairs(candidate, cluster);
    this.#depth--;
  }

  /** Several likely places at once: those with enough distinct values open when all others have one value only. */
  #learnLikely({ context, tokens, hash }: Candidate, cluster: number): void {
    const slots = likelySlotsOf(tokens);
    if (slots.length < 2) {
      return;
    }
    const form = openedAll(tokens, slots);
    const key = formKeyOf(context, form);
    let evidence = this.#forms.get(key);
    if (evidence === undefined) {
      evidence = { values: slots.map(() => []), clusters: [] };
      this.#forms.set(key, evidence);
    }
    const { values } = evidence;
    addLast(evidence.clusters, cluster);
    slots.forEach(({ start, end }, index) =>
      addDistinct(values[index] ?? [], hash.stretch(start, end), likelyThreshold)
    );
    const open = slots.flatMap((_, index) => ((values[index]?.length ?? 0) >= likelyThreshold ? [index] : []));
    const isDecided = values.every(({ length }) => length === 1 || length >= likelyThreshold);
    if (open.length >= 2 && isDecided) {
      this.#rules.openSet(key, context, form, open);
      const opening = open.flatMap((index) => slots[index] ?? []);
      this.#merge(context, openedAll(tokens, opening), evidence.clusters);
      evidence.clusters = [];
    }
  }

  #learnTokens(candidate: Candidate, cluster: number): void {
    const { tokens, hash, words } = candidate;
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at];
      if (token === undefined || token.type === 'any') {
        continue;
      }
      const isConstant = isWord(token);
      if ((token.type === '' && !isConstant) || words.length - (isConstant ? 1 : 0) < 1) {
        continue;
      }
      const threshold = at === 0 && isConstant ? firstWordThreshold : openingThreshold;
      const key = hash.withHole(at, at + 1);
      const value = hash.stretch(at, at + 1);
      this.#add({ key, value, weight: weightOf(tokens, at), threshold, start: at, end: at + 1 }, candidate, cluster);
    }
  }

  #learnSpans(candidate: Candidate, cluster: number): void {
    const { hash, words, spans } = candidate;
    if (words.length < 2) {
      return;
    }
    for (const span of spans) {
      const { start, end } = span;
      const weight = weightOfSpan(span);
      const key = hash.withHole(start, end);
      const value = hash.stretch(start, end);
      this.#add({ key, value, weight, threshold: openingThreshold, start, end }, candidate, cluster);
    }
  }

  #add(slot: SeenSlot, candidate: Candidate, cluster: number): void {
    const evidence = this.#evidence.get(slot.key) ?? this.#secondValue(slot, cluster);
    if (evidence === null) {
      return;
    }
    const known = evidence.values.indexOf(slot.value);
    if (known < 0) {
      evidence.weight += slot.weight;
      evidence.values.push(slot.value);
      evidence.clusters.push(cluster);
    } else {
      evidence.clusters[known] = cluster;
    }
    if (evidence.weight >= slot.threshold) {
      const tokens = opened(candidate.tokens, slot.start, slot.end);
      this.#rules.open(slot.key, candidate.context, tokens);
      this.#merge(candidate.context, tokens, evidence.clusters);
      // What comes later is found through the rule; only one value is needed to tie later evidence to the cluster.
      evidence.values = [slot.value];
      evidence.clusters = [cluster];
    }
  }

  /** Remembers the first value of a context; with another value there is evidence to collect. */
  #secondValue({ key, value, weight }: SeenSlot, cluster: number): Evidence | null {
    const row = this.#firstValues.find(key);
    if (row < 0) {
      const added = this.#firstValues.add(key);
      this.#firstValues.setValue(added, 0, value);
      this.#firstValues.setValue(added, 1, cluster);
      this.#firstValues.setValue(added, 2, weight);
      return null;
    }
    const before = this.#firstValues.value(row, 0);
    if (before === value) {
      return null;
    }
    const evidence: Evidence = {
      weight: this.#firstValues.value(row, 2),
      values: [before],
      clusters: [this.#firstValues.value(row, 1)],
    };
    this.#evidence.set(key, evidence);
    return evidence;
  }

  #learnPairs({ context, tokens, hash, words }: Candidate, cluster: number): void {
    if (words.length < fewestPairWords || words.length > mostPairWords) {
      return;
    }
    for (let i = 0; i < words.length; i++) {
      const a = words[i] ?? 0;
      const threshold = a === 0 ? firstWordPairThreshold : pairThreshold;
      if (a === 0 && words.length < fewestWordsBeside + 2) {
        continue;
      }
      for (let j = i + 1; j < words.length; j++) {
        const b = words[j] ?? 0;
        const key = hash.withTwoHoles(a, b);
        const seen = this.#pairEvidence(key, hash.stretch(a, a + 1), hash.stretch(b, b + 1), cluster);
        if (seen !== null && seen.first.length >= threshold && seen.second.length >= pairThreshold) {
          const general = opened(opened(tokens, a, a + 1), b, b + 1);
          this.#rules.openPair(key, context, general);
          this.#merge(context, general, seen.clusters);
          seen.clusters = [];
        }
      }
    }
  }

  /** Adds a pair of values to the evidence of a context; null while it has seen one pair only. */
  #pairEvidence(key: number, first: number, second: number, cluster: number): PairEvidence | null {
    let evidence = this.#pairs.get(key);
    if (evidence === undefined) {
      const row = this.#firstPairs.find(key);
      if (row < 0) {
        const added = this.#firstPairs.add(key);
        this.#firstPairs.setValue(added, 0, first);
        this.#firstPairs.setValue(added, 1, second);
        this.#firstPairs.setValue(added, 2, cluster);
        return null;
      }
      evidence = {
        first: [this.#firstPairs.value(row, 0)],
        second: [this.#firstPairs.value(row, 1)],
        clusters: [this.#firstPairs.value(row, 2)],
      };
      this.#pairs.set(key, evidence);
    }
    addLast(evidence.clusters, cluster);
    addDistinct(evidence.first, first, firstWordPairThreshold);
    addDistinct(evidence.second, second, pairThreshold);
    return evidence;
  }

  #merge(context: string, tokens: readonly TemplateToken[], clusters: Iterable<number>): void {
    let merged = this.#register(candidateOf(context, tokens));
    for (const cluster of clusters) {
      merged = this.#sets.union(merged, cluster);
    }
  }
}
