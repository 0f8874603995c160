/** Clusters that became one: union-find over ids from 1 up, the smallest id of a set stands for it. */
export class DisjointSets {
  readonly #parents: number[] = [0];
  #setCount = 0;

  /** Number of sets that are left. */
  get setCount(): number {
    return this.#setCount;
  }

  /** Adds a set of its own and returns its id. */
  add(): number {
    const id = this.#parents.length;
    this.#parents.push(id);
    this.#setCount++;
    return id;
  }

  /** The id that stands for the set of `id`; `id` itself when it is unknown. Almost constant time. */
  find(id: number): number {
    const parents = this.#parents;
    let at = id;
    for (;;) {
      const parent = parents[at];
      if (parent === undefined || parent === at) {
        return at;
      }
      const grandparent = parents[parent] ?? parent;
      parents[at] = grandparent;
      at = grandparent;
    }
  }

  /** Makes two sets one; returns the id that stands for it. */
  union(first: number, second: number): number {
    const a = this.find(first);
    const b = this.find(second);
    if (a === b) {
      return a;
    }
    const kept = Math.min(a, b);
    this.#parents[Math.max(a, b)] = kept;
    this.#setCount--;
    return kept;
  }
}
