import { canonicalSignature, patternOf } from './rule-book.ts';
import { unpackSignature } from './packed-signature.ts';

interface Node {
  parent: string;
  readonly packed: string;
  readonly generality: number;
}

/** Signatures that were declared one cluster; the most general one stands for all, whatever order they came in. */
export class SameSignatures {
  readonly #nodes = new Map<string, Node>();

  clear(): void {
    this.#nodes.clear();
  }

  /** Makes two packed signatures one cluster. */
  unite(first: string, second: string): void {
    const a = this.#find(this.#add(first));
    const b = this.#find(this.#add(second));
    if (a !== b) {
      const [kept, other] = this.#isBetter(a, b) ? [a, b] : [b, a];
      this.#node(other).parent = kept;
    }
  }

  /** The packed signature that stands for this one; itself when nothing was declared of it. */
  representativeOf(packed: string): string {
    const text = signatureTextOf(packed);
    return this.#nodes.has(text) ? this.#node(this.#find(text)).packed : packed;
  }

  #add(packed: string): string {
    const text = signatureTextOf(packed);
    const known = this.#nodes.get(text);
    // The types of variables do not decide a signature: of two spellings the same one is kept in any order.
    if (known === undefined || packed < known.packed) {
      this.#nodes.set(text, { parent: known?.parent ?? text, packed, generality: generalityOf(packed) });
    }
    return text;
  }

  #node(text: string): Node {
    const node = this.#nodes.get(text);
    if (node === undefined) {
      throw new Error('a signature that was never added');
    }
    return node;
  }

  #find(text: string): string {
    let at = text;
    for (let node = this.#node(at); node.parent !== at; node = this.#node(at)) {
      node.parent = this.#node(node.parent).parent;
      at = node.parent;
    }
    return at;
  }

  #isBetter(a: string, b: string): boolean {
    const difference = this.#node(a).generality - this.#node(b).generality;
    return difference > 0 || (difference === 0 && a < b);
  }
}

/** Signature as text, equal for packed signatures that differ in types and blanks only. */
export function signatureTextOf(packed: string): string {
  const { context, tokens } = unpackSignature(packed);
  return canonicalSignature(context, patternOf(tokens));
}

/** Whichever has more opened slots is the more general; among equals the one with fewer constants. */
export function generalityOf(packed: string): number {
  let generality = 0;
  for (const { type } of unpackSignature(packed).tokens) {
    generality += type === 'any' ? 1000 : type === '' ? -1 : 0;
  }
  return generality;
}
