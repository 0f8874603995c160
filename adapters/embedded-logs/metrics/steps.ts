/** Times at which a query is evaluated: startNs, startNs + stepNs and so on up to and including endNs. */
export interface Steps {
  readonly startNs: bigint;
  readonly endNs: bigint;
  /** More than 0. */
  readonly stepNs: bigint;
}

/** The times in order. */
export function* timesOf({ startNs, endNs, stepNs }: Steps): Generator<bigint> {
  for (let timeNs = startNs; timeNs <= endNs; timeNs += stepNs) {
    yield timeNs;
  }
}
