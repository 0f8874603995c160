/** How well clusters agree with the statements that wrote the lines. */
export interface Grouping {
  /** Share of lines whose cluster holds exactly the lines of their statement. */
  readonly accuracy: number;
  /** Harmonic mean of the share of clusters and the share of statements that agree wholly (FGA). */
  readonly groupF1: number;
  /** Lines in a cluster that holds lines of several statements. */
  readonly mergedCount: number;
  readonly clusterCount: number;
  readonly statementCount: number;
}

function numberingOf<Key>(keys: readonly Key[]): Map<Key, Set<number>> {
  const placesByKey = new Map<Key, Set<number>>();
  keys.forEach((key, place) => {
    const places = placesByKey.get(key);
    if (places === undefined) {
      placesByKey.set(key, new Set([place]));
    } else {
      places.add(place);
    }
  });
  return placesByKey;
}

/** Compares the statement of every line with its cluster; both lists are in the order of the lines. */
export function groupingOf<Key>(statements: readonly Key[], clusters: readonly number[]): Grouping {
  const placesByStatement = numberingOf(statements);
  const placesByCluster = numberingOf(clusters);
  let rightCount = 0;
  let rightGroupCount = 0;
  let mergedCount = 0;
  for (const places of placesByCluster.values()) {
    const held = new Set([...places].map((place) => statements[place]));
    const [statement] = held;
    if (held.size > 1) {
      mergedCount += places.size;
    } else if (statement !== undefined && placesByStatement.get(statement)?.size === places.size) {
      rightCount += places.size;
      rightGroupCount++;
    }
  }
  return {
    accuracy: rightCount / Math.max(1, statements.length),
    groupF1: (2 * rightGroupCount) / Math.max(1, placesByCluster.size + placesByStatement.size),
    mergedCount,
    clusterCount: placesByCluster.size,
    statementCount: placesByStatement.size,
  };
}
