/** A service (or other component) of a propagation graph. */
export interface GraphNode {
  readonly id: string;
}

/** Trouble went from `from` to `to`. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

export interface PlacedNode<Node> {
  readonly node: Node;
  /** Column, counted from 0: nobody stands left of whom it received the trouble from, unless they go in circles. */
  readonly layer: number;
  /** Place in its column, counted from 0. */
  readonly place: number;
}

/**
 * Layers of a directed graph: each node one layer behind its farthest predecessor, edges that close a circle left out
 * of account. Within a layer nodes are ordered by the mean place of their neighbours, which keeps most edges from
 * crossing (the barycentre method of Sugiyama). Edges of unknown nodes are ignored.
 */
export function layoutGraph<Node extends GraphNode>(
  nodes: readonly Node[],
  edges: readonly GraphEdge[]
): ReadonlyArray<PlacedNode<Node>> {
  const ids = new Set(nodes.map(({ id }) => id));
  const known = edges.filter(({ from, to }) => from !== to && ids.has(from) && ids.has(to));
  const layerOf = assignLayers(nodes, withoutCircles(nodes, known));
  const layers: Node[][] = [];
  for (const node of nodes) {
    const layer = layerOf.get(node.id) ?? 0;
    (layers[layer] ??= []).push(node);
  }
  orderLayers(layers, known);
  return layers.flatMap((layer, index) => layer.map((node, place) => ({ node, layer: index, place })));
}

/** The edges that remain when each edge that leads back to a node under way is dropped. */
function withoutCircles(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): readonly GraphEdge[] {
  const state = new Map<string, 'open' | 'done'>();
  const kept: GraphEdge[] = [];

  function visit(id: string): void {
    state.set(id, 'open');
    for (const edge of edges.filter(({ from }) => from === id)) {
      if (state.get(edge.to) === 'open') {
        continue;
      }
      kept.push(edge);
      if (!state.has(edge.to)) {
        visit(edge.to);
      }
    }
    state.set(id, 'done');
  }

  // Roots first: a circle is then cut where it comes back, not somewhere on its way.
  const targets = new Set(edges.map(({ to }) => to));
  const rootsFirst = [...nodes].sort((a, b) => Number(targets.has(a.id)) - Number(targets.has(b.id)));
  for (const { id } of rootsFirst) {
    if (!state.has(id)) {
      visit(id);
    }
  }
  return kept;
}

function assignLayers(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): ReadonlyMap<string, number> {
  const layers = new Map(nodes.map(({ id }) => [id, 0]));
  // The longest path of a graph without circles has fewer edges than it has nodes.
  for (let round = 0; round < nodes.length; round++) {
    let hasMoved = false;
    for (const { from, to } of edges) {
      const least = (layers.get(from) ?? 0) + 1;
      if ((layers.get(to) ?? 0) < least) {
        layers.set(to, least);
        hasMoved = true;
      }
    }
    if (!hasMoved) {
      break;
    }
  }
  return layers;
}

/** Sweeps to and fro; more of them change nothing that an eye would see. */
const sweepCount = 4;

function orderLayers(layers: GraphNode[][], edges: readonly GraphEdge[]): void {
  for (let sweep = 0; sweep < sweepCount; sweep++) {
    const isForward = sweep % 2 === 0;
    const places = new Map(layers.flatMap((layer) => layer.map(({ id }, place) => [id, place] as const)));
    for (const layer of isForward ? layers : [...layers].reverse()) {
      const mean = new Map(layer.map(({ id }, place) => [id, meanPlace(id, place, edges, places, isForward)]));
      layer.sort((a, b) => (mean.get(a.id) ?? 0) - (mean.get(b.id) ?? 0));
      layer.forEach(({ id }, place) => places.set(id, place));
    }
  }
}

function meanPlace(
  id: string,
  own: number,
  edges: readonly GraphEdge[],
  places: ReadonlyMap<string, number>,
  isForward: boolean
): number {
  const neighbours = edges
    .filter((edge) => (isForward ? edge.to : edge.from) === id)
    .map((edge) => places.get(isForward ? edge.from : edge.to) ?? own);
  return neighbours.length === 0 ? own : neighbours.reduce((sum, place) => sum + place, 0) / neighbours.length;
}
