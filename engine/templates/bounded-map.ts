/** How heavy entries are, and how heavy those that are held may be together. */
interface WeightBound<K, V> {
  readonly weightOf: (key: K, value: V) => number;
  readonly most: number;
}

/**
 * A map that holds at most `capacity` entries, of no more than a weight, and forgets those that were not used for longest, in two generations:
 * when the young one is full it becomes the old one and the former old one is dropped. Constant time, no list to keep. An entry that is set
 * again is weighed again.
 */
export class BoundedMap<K, V> {
  #young = new Map<K, V>();
  #old = new Map<K, V>();
  #youngWeight = 0;
  readonly #generationSize: number;
  readonly #bound: WeightBound<K, V> | undefined;

  constructor(capacity: number, bound?: WeightBound<K, V>) {
    this.#generationSize = Math.max(1, Math.floor(capacity / 2));
    this.#bound = bound;
  }

  /** The value of `key`, which counts as a use. */
  get(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) {
      return young;
    }
    const old = this.#old.get(key);
    if (old !== undefined) {
      this.#old.delete(key);
      this.set(key, old);
    }
    return old;
  }

  /** Sets the value of `key`, which counts as a use. */
  set(key: K, value: V): void {
    const weight = this.#bound?.weightOf(key, value) ?? 0;
    if (this.#young.size >= this.#generationSize || this.#isTooHeavyWith(weight)) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngWeight = 0;
    }
    this.#young.set(key, value);
    this.#youngWeight += weight;
  }

  #isTooHeavyWith(weight: number): boolean {
    return this.#bound !== undefined && this.#young.size > 0 && this.#youngWeight + weight > this.#bound.most / 2;
  }
}
