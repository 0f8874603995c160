import { canonicalSignature, patternOf, type Candidate } from './rule-book.ts';
import { SlotShapes, type ShapedPattern } from './slot-shapes.ts';
import { packTokens, unpackTokens } from './template-tokens.ts';

/** Patterns whose lines are compared for common words; further ones show every variable as such. */
const maxShapedCount = 20_000;

/** A pattern as it is read back. */
export interface StoredPattern extends ShapedPattern {
  readonly context: string;
  readonly signature: string;
}

function keyOf(text: string): number {
  let first = 0x811c9dc5;
  let second = text.length;
  for (let at = 0; at < text.length; at++) {
    first = Math.imul(first ^ text.charCodeAt(at), 0x01000193);
    second = Math.imul((second << 5) ^ (second >>> 27) ^ text.charCodeAt(at), 0x5bd1e995);
  }
  return (first >>> 0) * 0x200000 + (second >>> 11);
}

/**
 * Patterns by id from 1 up, found by their signature. There may be hundreds of thousands, so that each is kept as one packed
 * string only; a signature is made from it when it is asked for.
 */
export class PatternStore {
  readonly #idsByKey = new Map<number, number>();
  readonly #packed: string[] = [''];
  readonly #shapes: Array<SlotShapes | null> = [];
  /** Contexts of structured patterns. */
  readonly #contexts = new Map<number, string>();
  /** Signatures that a stored rule gave a pattern in place of its own. */
  readonly #aliases = new Map<number, string>();

  /** Highest id. */
  get count(): number {
    return this.#packed.length - 1;
  }

  /** Id of the pattern with a signature; 0 when there is none. */
  find(signature: string): number {
    // Two signatures with one key are told apart by the next free one.
    for (let key = keyOf(signature); ; key++) {
      const id = this.#idsByKey.get(key);
      if (id === undefined || this.signatureOf(id) === signature) {
        return id ?? 0;
      }
    }
  }

  /**
   * Adds a pattern under the next id and its signature, which no other pattern has.
   * @param isAlias the signature is not what the pattern's own words give
   */
  add(signature: string, candidate: Candidate, isAlias: boolean): number {
    const id = this.#packed.push(packTokens(candidate.tokens)) - 1;
    if (candidate.context !== '') {
      this.#contexts.set(id, candidate.context);
    }
    if (isAlias) {
      this.#aliases.set(id, signature);
    }
    if (id <= maxShapedCount) {
      this.#shapes[id] = new SlotShapes(candidate.tokens);
    }
    let key = keyOf(signature);
    while (this.#idsByKey.has(key)) {
      key++;
    }
    this.#idsByKey.set(key, id);
    return id;
  }

  shapesOf(id: number): SlotShapes | null {
    return this.#shapes[id] ?? null;
  }

  signatureOf(id: number): string {
    return this.#aliases.get(id) ?? this.#ownSignatureOf(id);
  }

  #ownSignatureOf(id: number): string {
    return canonicalSignature(this.#contexts.get(id) ?? '', patternOf(unpackTokens(this.#packed[id] ?? '')));
  }

  /** The pattern of an id. */
  patternOf(id: number): StoredPattern {
    return {
      context: this.#contexts.get(id) ?? '',
      signature: this.signatureOf(id),
      tokens: unpackTokens(this.#packed[id] ?? ''),
      shapes: this.shapesOf(id),
    };
  }
}
