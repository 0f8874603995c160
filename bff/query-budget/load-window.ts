/** A charge counts while its query runs, and this long after: within any minute the bytes of all that ran are known. */
export const windowMs = 60_000;

/** What a query is held to cost. */
export interface Charge {
  sizeBytes: number;
  /** Milliseconds since 1970; null while the query runs. */
  endedAtMs: number | null;
}

/** The load of one kind of queries over the last minute. */
export class LoadWindow {
  #charges: Charge[] = [];

  add(sizeBytes: number): Charge {
    const charge: Charge = { sizeBytes, endedAtMs: null };
    this.#charges.push(charge);
    return charge;
  }

  sizeBytes(nowMs: number): number {
    this.#forget(nowMs);
    return this.#charges.reduce((sum, charge) => sum + charge.sizeBytes, 0);
  }

  /** When `sizeBytes` more will fit under `limitBytes`, as far as ended queries tell; a running one may end at any time. */
  fitsAtMs(nowMs: number, sizeBytes: number, limitBytes: number): number {
    let load = this.sizeBytes(nowMs);
    const ending = this.#charges.flatMap(({ sizeBytes: size, endedAtMs }) =>
      endedAtMs === null ? [] : [{ size, atMs: endedAtMs + windowMs }]
    );
    for (const { size, atMs } of ending.toSorted((a, b) => a.atMs - b.atMs)) {
      if (load + sizeBytes <= limitBytes) {
        return nowMs;
      }
      load -= size;
      if (load + sizeBytes <= limitBytes || load === 0) {
        return atMs;
      }
    }
    return load + sizeBytes <= limitBytes || load === 0 ? nowMs : nowMs + windowMs;
  }

  #forget(nowMs: number): void {
    this.#charges = this.#charges.filter(({ endedAtMs }) => endedAtMs === null || endedAtMs + windowMs > nowMs);
  }
}
