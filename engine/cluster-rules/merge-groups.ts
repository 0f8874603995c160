/** One cluster's part in a merge. */
export interface MergeEdge {
  readonly ruleId: string;
  readonly fromId: string;
  readonly intoId: string;
}

interface Group {
  readonly ids: ReadonlySet<string>;
  readonly representativeId: string;
  readonly ruleIds: readonly string[];
}

/**
 * Groups of merged clusters. Whatever is tied by any chain of merges is one group, in whatever order the merges were made;
 * a group's representative is the cluster that others were merged into and that was merged into none, of several the
 * smallest id. Where merges go in a circle it is the smallest id that anything was merged into.
 */
export class MergeGroups {
  readonly #groups = new Map<string, Group>();

  constructor(edges: readonly MergeEdge[]) {
    const neighbours = new Map<string, MergeEdge[]>();
    for (const edge of edges) {
      for (const id of [edge.fromId, edge.intoId]) {
        const known = neighbours.get(id) ?? [];
        neighbours.set(id, known);
        known.push(edge);
      }
    }
    for (const id of neighbours.keys()) {
      if (!this.#groups.has(id)) {
        this.#addGroup(id, neighbours);
      }
    }
  }

  /** The group of a cluster; undefined when it was never merged. */
  groupOf(id: string): Group | undefined {
    return this.#groups.get(id);
  }

  #addGroup(start: string, neighbours: ReadonlyMap<string, readonly MergeEdge[]>): void {
    const ids = new Set([start]);
    const edges = new Set<MergeEdge>();
    for (const id of ids) {
      for (const edge of neighbours.get(id) ?? []) {
        edges.add(edge);
        ids.add(edge.fromId).add(edge.intoId);
      }
    }
    const merged = new Set([...edges].map(({ fromId }) => fromId));
    const targets = [...new Set([...edges].map(({ intoId }) => intoId))].sort();
    const representativeId = targets.find((id) => !merged.has(id)) ?? targets[0] ?? start;
    const group = { ids, representativeId, ruleIds: [...new Set([...edges].map(({ ruleId }) => ruleId))].sort() };
    for (const id of ids) {
      this.#groups.set(id, group);
    }
  }
}
