import { canonicalSignature, patternOf, type Candidate } from './rule-book.ts';
import { SlotShapes, type ShapedPattern } from './slot-shapes.ts';
import { packTokens, unpackTokens } from './template-tokens.ts';
import { TextStore } from './text-store.ts';

/** Patterns whose lines are compared for common words; further ones show every variable as such. */
const maxShapedCount = 20_000;
const firstSlotCount = 1024;

/** A pattern as it is read back. */
export interface StoredPattern extends ShapedPattern {
  readonly context: string;
  readonly signature: string;
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5 ^ text.length;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  return Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
}

/**
 * Patterns by id from 1 up, found by their signature. There may be hundreds of thousands, so that each is kept as one packed
 * text outside the collected heap; a signature is made from it when it is asked for.
 */
export class PatternStore {
  readonly #packed = new TextStore();
  /** Hash of each signature by id. */
  #hashes = new Int32Array(firstSlotCount >> 1);
  /** Id by slot, 0 for a free one; at least twice as many slots as patterns. */
  #slots = new Int32Array(firstSlotCount);
  readonly #shapes: Array<SlotShapes | null> = [];
  /** Contexts of structured patterns: many patterns share one. */
  readonly #contexts = new Map<number, string>();
  readonly #sharedContexts = new Map<string, string>();
  /** Signatures that a stored rule gave a pattern in place of its own. */
  readonly #aliases = new Map<number, string>();

  constructor() {
    // Ids start at 1.
    this.#packed.add('');
  }

  /** Highest id. */
  get count(): number {
    return this.#packed.count - 1;
  }

  /** Id of the pattern with a signature; 0 when there is none. */
  find(signature: string): number {
    const hash = hashOf(signature);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] ?? 0;
      if (id === 0 || (this.#hashes[id] === hash && this.signatureOf(id) === signature)) {
        return id;
      }
    }
  }

  /**
   * Adds a pattern under the next id and its signature, which no other pattern has.
   * @param isAlias the signature is not what the pattern's own words give
   */
  add(signature: string, candidate: Candidate, isAlias: boolean): number {
    const id = this.#packed.add(packTokens(candidate.tokens));
    if (candidate.context !== '') {
      this.#contexts.set(id, this.#sharedContext(candidate.context));
    }
    if (isAlias) {
      this.#aliases.set(id, signature);
    }
    if (id <= maxShapedCount) {
      this.#shapes[id] = new SlotShapes(candidate.tokens);
    }
    this.#makeRoom();
    this.#hashes[id] = hashOf(signature);
    this.#place(id);
    return id;
  }

  #sharedContext(context: string): string {
    const shared = this.#sharedContexts.get(context);
    if (shared === undefined) {
      this.#sharedContexts.set(context, context);
    }
    return shared ?? context;
  }

  #place(id: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hashes[id] ?? 0) & mask;
    while (this.#slots[slot] !== 0) {
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = id;
  }

  #makeRoom(): void {
    if (this.count < this.#hashes.length) {
      return;
    }
    const hashes = new Int32Array(this.#hashes.length * 2);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#slots = new Int32Array(hashes.length * 2);
    for (let id = 1; id < this.count; id++) {
      this.#place(id);
    }
  }

  shapesOf(id: number): SlotShapes | null {
    return this.#shapes[id] ?? null;
  }

  signatureOf(id: number): string {
    return this.#aliases.get(id) ?? this.#ownSignatureOf(id);
  }

  #ownSignatureOf(id: number): string {
    return canonicalSignature(this.#contexts.get(id) ?? '', patternOf(unpackTokens(this.#packed.at(id))));
  }

  /** The pattern of an id. */
  patternOf(id: number): StoredPattern {
    return {
      context: this.#contexts.get(id) ?? '',
      signature: this.signatureOf(id),
      tokens: unpackTokens(this.#packed.at(id)),
      shapes: this.shapesOf(id),
    };
  }
}
