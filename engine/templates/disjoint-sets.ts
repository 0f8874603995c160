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

/** Members of all sets at one moment, as chains in two arrays of numbers. */
export class SetMembers {
  /** Highest member by the id that stands for its set; the next lower one by member; 0 for none. */
  readonly #last: Int32Array;
  readonly #next: Int32Array;

  /** @param count ids 1 to `count` are taken in */
  constructor(sets: DisjointSets, count: number) {
    this.#last = new Int32Array(count + 1);
    this.#next = new Int32Array(count + 1);
    for (let id = 1; id <= count; id++) {
      const root = sets.find(id);
      this.#next[id] = this.#last[root] ?? 0;
      this.#last[root] = id;
    }
  }

  /** Members of the set that `root` stands for, ascending; none for an id that stands for no set. */
  of(root: number): readonly number[] {
    const members: number[] = [];
    for (let id = this.#last[root] ?? 0; id > 0; id = this.#next[id] ?? 0) {
      members.push(id);
    }
    return members.reverse();
  }
}
