/*
 * The server's clusterer: signatures in, canonical signatures out, both packed. What a signature becomes is a pure function
 * of the signature and the rules, in whatever order these came; learning only ever adds rules.
 */
import { BoundedMap } from './bounded-map.ts';
import { DisjointSets } from './disjoint-sets.ts';
import { Learner } from './learner.ts';
import { keyOfRule, type LineRule } from './line-rule.ts';
import { packSignature, unpackSignature } from './packed-signature.ts';
import { candidateOf, RuleBook, type Candidate } from './rule-book.ts';
import { SameSignatures, signatureTextOf } from './same-signatures.ts';

/** Bounds of memory. */
export interface SignatureGroupsOptions {
  /** Signatures that are learned from; further ones only have rules applied. Default: 50,000, some 30 MB. */
  readonly maxSignatureCount?: number;
  /** Rules after which nothing new is learned. Default: 20,000. */
  readonly maxRuleCount?: number;
}

/** Groups packed signatures by rules, and learns rules. */
export interface SignatureGroups {
  /** Takes stored rules in; they no longer count as learned here. */
  addRules(rules: readonly LineRule[]): void;
  /** The packed signature that stands for this one's cluster; itself when no rule applies. */
  canonical(packed: string): string;
  /** Takes a signature in as evidence, once however often it is given. */
  learn(packed: string): void;
  /** Rules that follow from what was taken in and are not stored yet, in an order of their own. */
  learnedRules(): readonly LineRule[];
  /** Grows with every change after which `canonical` may answer differently. */
  readonly version: number;
}

const defaultMaxSignatureCount = 50_000;
const defaultMaxRuleCount = 20_000;
const contextCapacity = 100_000;
const rememberedCount = 50_000;
/** Rules that tie groups together may move further signatures; each round moves fewer. */
const mostRounds = 8;

/** Groups of signatures without rules. */
export function createSignatureGroups(options: SignatureGroupsOptions = {}): SignatureGroups {
  return new LearningGroups(options);
}

class LearningGroups implements SignatureGroups {
  readonly #maxSignatureCount: number;
  readonly #maxRuleCount: number;
  readonly #rules = new RuleBook();
  /** Rules by key that are stored, and those that were only learned here. */
  readonly #stored = new Map<string, LineRule>();
  readonly #learned = new Map<string, LineRule>();
  readonly #same = new SameSignatures();
  readonly #sets = new DisjointSets();
  readonly #learner: Learner;
  /** Signatures that were taken in and patterns that came of them, by text and by id of `#sets`. */
  readonly #ids = new Map<string, number>();
  readonly #packed: string[] = [''];
  readonly #seen = new Set<string>();
  #canonical = new BoundedMap<string, string>(rememberedCount);
  #isSettled = true;
  #version = 0;

  constructor(options: SignatureGroupsOptions) {
    this.#maxSignatureCount = options.maxSignatureCount ?? defaultMaxSignatureCount;
    this.#maxRuleCount = options.maxRuleCount ?? defaultMaxRuleCount;
    this.#learner = new Learner(this.#rules, this.#sets, contextCapacity, (candidate) => this.#register(candidate));
  }

  get version(): number {
    return this.#version;
  }

  addRules(rules: readonly LineRule[]): void {
    let hasChanged = false;
    for (const rule of rules) {
      const key = keyOfRule(rule);
      const isNew = !this.#stored.has(key) && !this.#learned.has(key);
      this.#learned.delete(key);
      this.#stored.set(key, rule);
      if (isNew && rule.kind !== 'same') {
        this.#rules.add(rule);
      }
      hasChanged ||= isNew;
    }
    if (hasChanged) {
      this.#noteChange();
    }
  }

  canonical(packed: string): string {
    this.#collect();
    return this.#canonicalOf(packed);
  }

  learn(packed: string): void {
    // What is read says the same signatures over and over.
    if (this.#seen.has(packed) || this.#isFull()) {
      return;
    }
    this.#seen.add(packed);
    const text = signatureTextOf(packed);
    if (this.#ids.has(text)) {
      return;
    }
    const { context, tokens } = unpackSignature(packed);
    const own = this.#add(text, packed);
    const candidate = this.#rules.canonical(candidateOf(context, tokens));
    const general = this.#register(candidate);
    this.#sets.union(own, general);
    if (general === own) {
      this.#learner.learn(candidate, own);
    }
    this.#isSettled = false;
  }

  learnedRules(): readonly LineRule[] {
    for (let round = 0; round < mostRounds && !this.#isSettled; round++) {
      this.#isSettled = true;
      this.#collect();
      this.#tieGroups();
    }
    return [...this.#learned].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
  }

  #isFull(): boolean {
    return (
      Math.max(this.#packed.length, this.#seen.size) > this.#maxSignatureCount ||
      this.#stored.size + this.#learned.size >= this.#maxRuleCount
    );
  }

  #register(candidate: Candidate): number {
    const packed = packSignature(candidate);
    const text = signatureTextOf(packed);
    const known = this.#ids.get(text);
    if (known !== undefined) {
      return known;
    }
    const id = this.#add(text, packed);
    this.#learner.learn(candidate, id);
    return id;
  }

  #add(text: string, packed: string): number {
    const id = this.#sets.add();
    this.#ids.set(text, id);
    this.#packed.push(packed);
    return id;
  }

  /** Finds openings that the learner added since. */
  #collect(): void {
    const openings = this.#rules.takeLearned();
    if (openings.length === 0) {
      return;
    }
    for (const rule of openings) {
      const key = keyOfRule(rule);
      if (!this.#stored.has(key)) {
        this.#learned.set(key, rule);
      }
    }
    this.#noteChange();
  }

  #noteChange(): void {
    this.#version++;
    this.#isSettled = false;
    this.#canonical = new BoundedMap(rememberedCount);
    this.#same.clear();
    for (const rule of [...this.#stored.values(), ...this.#learned.values()]) {
      if (rule.kind === 'same') {
        const [first, second] = rule.signatures;
        // Openings that came later may lead the lines of either elsewhere: that is the same cluster then.
        this.#same.unite(first, this.#general(first));
        this.#same.unite(second, this.#general(second));
        this.#same.unite(first, second);
      }
    }
  }

  #general(packed: string): string {
    const { context, tokens } = unpackSignature(packed);
    const candidate = candidateOf(context, tokens);
    const general = this.#rules.canonical(candidate);
    return general === candidate ? packed : packSignature(general);
  }

  #canonicalOf(packed: string): string {
    const known = this.#canonical.get(packed);
    if (known !== undefined) {
      return known;
    }
    const found = this.#same.representativeOf(this.#general(packed));
    this.#canonical.set(packed, found);
    return found;
  }

  /** Declares the canonical signatures of each group one: what was one cluster must stay one under any further rule. */
  #tieGroups(): void {
    const groups = new Map<number, Map<string, string>>();
    const ids = new Map<string, number>();
    for (let id = 1; id < this.#packed.length; id++) {
      const canonical = this.#canonicalOf(this.#packed[id] ?? '');
      const text = signatureTextOf(canonical);
      const alike = ids.get(text);
      if (alike !== undefined) {
        this.#sets.union(alike, id);
      }
      ids.set(text, id);
    }
    for (let id = 1; id < this.#packed.length; id++) {
      const canonical = this.#canonicalOf(this.#packed[id] ?? '');
      const root = this.#sets.find(id);
      const group = groups.get(root) ?? new Map<string, string>();
      groups.set(root, group.set(signatureTextOf(canonical), canonical));
    }
    let hasChanged = false;
    for (const group of groups.values()) {
      const [first, ...others] = [...group].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, packed]) => packed);
      for (const other of others) {
        const rule: LineRule = { kind: 'same', signatures: [first ?? '', other] };
        this.#learned.set(keyOfRule(rule), rule);
        hasChanged = true;
      }
    }
    if (hasChanged) {
      this.#noteChange();
    }
  }
}
