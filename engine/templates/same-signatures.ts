import { canonicalSignature, patternOf } from './rule-book.ts';
import { unpackSignature } from './packed-signature.ts';

interface Node {
  /** Null for the one that stands for its set. */
  parent: Node | null;
  readonly text: string;
  packed: string;
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
    const a = rootOf(this.#add(first));
    const b = rootOf(this.#add(second));
    if (a !== b) {
      const [kept, other] = isBetter(a, b) ? [a, b] : [b, a];
      other.parent = kept;
    }
  }

  /** The packed signature that stands for this one; itself when nothing was declared of it. */
  representativeOf(packed: string): string {
    const node = this.#nodes.get(signatureTextOf(packed));
    return node === undefined ? packed : rootOf(node).packed;
  }

  #add(packed: string): Node {
    const text = signatureTextOf(packed);
    let node = this.#nodes.get(text);
    if (node === undefined) {
      node = { parent: null, text, packed, generality: generalityOf(packed) };
      this.#nodes.set(text, node);
    } else if (packed < node.packed) {
      // The types of variables do not decide a signature: of two spellings the same one is kept in any order.
      node.packed = packed;
    }
    return node;
  }
}

function rootOf(node: Node): Node {
  let at = node;
  while (at.parent !== null) {
    at.parent = at.parent.parent ?? at.parent;
    at = at.parent;
  }
  return at;
}

function isBetter(a: Node, b: Node): boolean {
  return a.generality > b.generality || (a.generality === b.generality && a.text < b.text);
}

/** Signature as text, equal for packed signatures that differ in types and blanks only. */
export function signatureTextOf(packed: string): string {
  const { context, tokens } = unpackSignature(packed);
  return canonicalSignature(context, patternOf(tokens));
}

/** Whichever has more opened slots is the more general; among equals the one with fewer constants. */
function generalityOf(packed: string): number {
  let generality = 0;
  for (const { type } of unpackSignature(packed).tokens) {
    generality += type === 'any' ? 1000 : type === '' ? -1 : 0;
  }
  return generality;
}
