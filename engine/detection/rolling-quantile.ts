/** Quantiles of the last `capacity` values. Adding costs the time of moving up to `capacity` numbers in memory. */
export class RollingQuantile {
  private readonly capacity: number;
  private readonly arrivals: Float64Array;
  private readonly sorted: Float64Array;
  private added = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.arrivals = new Float64Array(capacity);
    this.sorted = new Float64Array(capacity);
  }

  /** Values held, at most the capacity. */
  get size(): number {
    return Math.min(this.added, this.capacity);
  }

  /** Takes a finite value in; the oldest goes when there are too many. */
  add(value: number): void {
    let { size } = this;
    const place = this.added % this.capacity;
    if (size === this.capacity) {
      const gone = this.rank(this.arrivals[place] ?? 0, size);
      this.sorted.copyWithin(gone, gone + 1, size);
      size -= 1;
    }
    const rank = this.rank(value, size);
    this.sorted.copyWithin(rank + 1, rank, size);
    this.sorted[rank] = value;
    this.arrivals[place] = value;
    this.added += 1;
  }

  /** The value below which a share (0..1) of the values lies; 0 when there are none. */
  quantile(share: number): number {
    const { size } = this;
    return this.sorted[Math.min(size - 1, Math.floor(share * size))] ?? 0;
  }

  /** First place in the sorted values that is not below `value`. */
  private rank(value: number, size: number): number {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.sorted[middle] ?? 0) < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
