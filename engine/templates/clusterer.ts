import { lineSignatureOf, lineTokensOf } from './analyze-line.ts';
import { BoundedMap } from './bounded-map.ts';
import { DisjointSets, SetMembers } from './disjoint-sets.ts';
import type { GeneralisationRule } from './generalisation-rule.ts';
import { Learner } from './learner.ts';
import { candidateOf, canonicalSignature, patternOf, RuleBook, type Candidate } from './rule-book.ts';
import { NumberTable } from './number-table.ts';
import { PatternStore, type StoredPattern } from './pattern-store.ts';
import { isDecidedByShape } from './line-shape.ts';
import { ShapeCache } from './shape-cache.ts';
import type { TemplatePart } from './template-part.ts';
import { LineKeys } from './signature-key.ts';
import { shapedTokens } from './slot-shapes.ts';
import { partsOf } from './template-tokens.ts';

// Of the web platform, not of Node; the engine is compiled without either's types.
declare class TextDecoder {
  constructor(encoding: string, options: { readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Settings of a clusterer. */
export interface ClustererOptions {
  /** Rules learned before. With rules nothing new is learned, so that the order of lines cannot matter. */
  readonly rules?: readonly GeneralisationRule[];
  /** Canonical signatures that get a cluster; lines of further ones are counted as unclustered. Default: 200,000. */
  readonly maxClusterCount?: number;
  /** Contexts with evidence that are remembered, least recently used ones are forgotten first. Default: 200,000. */
  readonly maxContextCount?: number;
}

/** Groups lines; ids are whole numbers from 1 up, 0 stands for "not clustered". */
export interface Clusterer {
  /** Id of a line's cluster as known at this moment; 0 when the limit of clusters is reached. */
  add(text: string): number;
  /**
   * The same for a line as its UTF-8 bytes source[from, end), which is faster; broken UTF-8 counts as U+FFFD. The bytes are
   * not kept.
   */
  addBytes(source: Uint8Array, from: number, end: number): number;
  /** Id of the cluster that `id` belongs to after all merges so far; 0 stays 0. */
  resolve(id: number): number;
  /** Template of a cluster as known now; empty for 0 and unknown ids. */
  templateOf(id: number): readonly TemplatePart[];
  /** Signature that names a cluster whatever order its lines came in, given the same rules; empty for 0. */
  signatureOf(id: number): string;
  /** What was learned (or given), as plain objects. */
  rules(): readonly GeneralisationRule[];
  /** Clusters after merges. */
  readonly clusterCount: number;
  /** Lines that got id 0. */
  readonly unclusteredCount: number;
}

const defaultMaxClusterCount = 200_000;
const defaultMaxContextCount = 200_000;
const signatureCacheSize = 200_000;
const shapeCacheSize = 131_072;
/** Tokens that are not constant, weighted so that a template with opened slots is the more general one. */
function generalityOf({ tokens }: StoredPattern): number {
  let generality = 0;
  for (const token of tokens) {
    generality += token.type === 'any' ? 1000 : 0;
    generality -= token.type === '' ? 1 : 0;
  }
  return generality;
}

class RuleClusterer implements Clusterer {
  readonly #rules: RuleBook;
  readonly #sets = new DisjointSets();
  readonly #learner: Learner | null;
  readonly #given: readonly GeneralisationRule[] | null;
  readonly #maxClusterCount: number;
  /** Ids of lines whose shape was met before; what lines of one shape agree on was taken in with the first one. */
  readonly #idsByShape = new ShapeCache<number>(shapeCacheSize);
  /** Context of the line that was last added the slow way; empty for plain lines. */
  #context = '';
  readonly #keys = new LineKeys();
  readonly #idsByKey: NumberTable;
  readonly #idsBySignature: BoundedMap<string, number>;
  readonly #patterns = new PatternStore();
  #members = new SetMembers(this.#sets, 0);
  #membersVersion = '';
  #unclusteredCount = 0;

  constructor(options: ClustererOptions) {
    this.#given = options.rules ?? null;
    this.#rules = new RuleBook(options.rules);
    this.#maxClusterCount = options.maxClusterCount ?? defaultMaxClusterCount;
    // Twice as many: all signatures of a stream that repeats them in turn stay known.
    this.#idsByKey = new NumberTable(this.#maxClusterCount * 2, 1);
    this.#idsBySignature = new BoundedMap(signatureCacheSize);
    const contextCount = options.maxContextCount ?? defaultMaxContextCount;
    this.#learner =
      options.rules === undefined
        ? new Learner(this.#rules, this.#sets, contextCount, (candidate) => this.#registerPattern(candidate))
        : null;
  }

  get clusterCount(): number {
    return this.#sets.setCount;
  }

  get unclusteredCount(): number {
    return this.#unclusteredCount;
  }

  add(text: string): number {
    const known = this.#idsByShape.find(text);
    return this.#sets.find(known ?? this.#addUnknown(text));
  }

  addBytes(source: Uint8Array, from: number, end: number): number {
    const known = this.#idsByShape.findBytes(source, from, end);
    return this.#sets.find(known ?? this.#addUnknown(decoder.decode(source.subarray(from, end))));
  }

  /** Id of a line whose shape was not met before, as it was given; merges are not followed. */
  #addUnknown(text: string): number {
    const id = this.#addByKey(text);
    if (id === 0) {
      this.#unclusteredCount++;
    } else if (isDecidedByShape(this.#context)) {
      this.#idsByShape.remember(id);
    }
    return id;
  }

  #addByKey(text: string): number {
    this.#context = '';
    const key = this.#keys.keyOf(text);
    const row = key <= 0 ? -1 : this.#idsByKey.find(key);
    if (row >= 0) {
      const known = this.#idsByKey.value(row, 0);
      this.#patterns.shapesOf(known)?.observe(text, this.#keys.tokens);
      return known;
    }
    const id = this.#addSlowly(text, key < 0);
    this.#patterns.shapesOf(id)?.observe(text, key < 0 ? undefined : this.#keys.tokens);
    if (id > 0 && key > 0) {
      this.#idsByKey.setValue(this.#idsByKey.add(key), 0, id);
    }
    return id;
  }

  /**
   * Id that a line was given when its signature was first seen; merges are not followed.
   * @param keepsSignature there is no key under which the id will be found next time
   */
  #addSlowly(text: string, keepsSignature: boolean): number {
    const line = lineTokensOf(text);
    this.#context = line.context;
    if (!keepsSignature) {
      return this.#registerLine(candidateOf(line.context, line.tokens));
    }
    const signature = lineSignatureOf(line);
    const known = this.#idsBySignature.get(signature);
    if (known !== undefined) {
      return known;
    }
    const id = this.#registerLine(candidateOf(line.context, line.tokens));
    if (id > 0) {
      this.#idsBySignature.set(signature, id);
    }
    return id;
  }

  #registerLine(candidate: Candidate): number {
    const canonical = this.#rules.canonical(candidate);
    const own = canonicalSignature(canonical.context, patternOf(canonical.tokens));
    const signature = this.#rules.aliasOf(own);
    const known = this.#patterns.find(signature);
    if (known > 0) {
      return known;
    }
    if (this.#patterns.count >= this.#maxClusterCount) {
      return 0;
    }
    const id = this.#create(signature, canonical, signature !== own);
    this.#learner?.learn(canonical, id);
    return id;
  }

  #registerPattern(candidate: Candidate): number {
    const signature = canonicalSignature(candidate.context, patternOf(candidate.tokens));
    const known = this.#patterns.find(signature);
    if (known > 0) {
      return known;
    }
    const id = this.#create(signature, candidate, false);
    this.#learner?.learn(candidate, id);
    return id;
  }

  #create(signature: string, candidate: Candidate, isAlias: boolean): number {
    this.#sets.add();
    return this.#patterns.add(signature, candidate, isAlias);
  }

  resolve(id: number): number {
    return this.#sets.find(id);
  }

  /** The most general pattern of a cluster, and all of them. */
  #membersOf(id: number): { readonly shown: StoredPattern; readonly members: readonly StoredPattern[] } | null {
    const version = `${this.#patterns.count} ${this.#sets.setCount}`;
    if (version !== this.#membersVersion) {
      this.#membersVersion = version;
      this.#members = new SetMembers(this.#sets, this.#patterns.count);
    }
    const members = this.#members.of(this.#sets.find(id)).map((member) => this.#patterns.patternOf(member));
    const [first] = members;
    if (first === undefined) {
      return null;
    }
    let shown = first;
    for (const member of members) {
      shown = generalityOf(member) > generalityOf(shown) ? member : shown;
    }
    return { shown, members };
  }

  templateOf(id: number): readonly TemplatePart[] {
    const found = this.#membersOf(id);
    return found === null ? [] : partsOf(shapedTokens(found.shown, found.members));
  }

  signatureOf(id: number): string {
    return this.#membersOf(id)?.shown.signature ?? '';
  }

  rules(): readonly GeneralisationRule[] {
    if (this.#given !== null) {
      return this.#given;
    }
    return [...this.#rules.openings(), ...this.#aliases()];
  }

  /** Canonical signatures that ended in one cluster by another way than a common pattern. */
  #aliases(): GeneralisationRule[] {
    const signaturesByRoot = new Map<number, Set<string>>();
    for (let id = 1; id <= this.#patterns.count; id++) {
      const { context, tokens } = this.#patterns.patternOf(id);
      const canonical = this.#rules.canonical(candidateOf(context, tokens));
      const signature = canonicalSignature(canonical.context, patternOf(canonical.tokens));
      const root = this.#sets.find(id);
      const signatures = signaturesByRoot.get(root);
      if (signatures === undefined) {
        signaturesByRoot.set(root, new Set([signature]));
      } else {
        signatures.add(signature);
      }
    }
    const aliases: GeneralisationRule[] = [];
    for (const signatures of signaturesByRoot.values()) {
      const [to, ...others] = [...signatures].sort();
      for (const from of others) {
        if (to !== undefined) {
          aliases.push({ kind: 'alias', from, to });
        }
      }
    }
    return aliases;
  }
}

/**
 * A clusterer: lines in, cluster ids out. Without `rules` it learns openings from the lines that it sees, and ids that
 * were given before may be merged later (`resolve`). With `rules` it only applies them.
 * @example const clusterer = createClusterer(); const id = clusterer.add(line); renderTemplate(clusterer.templateOf(id));
 */
export function createClusterer(options: ClustererOptions = {}): Clusterer {
  return new RuleClusterer(options);
}
