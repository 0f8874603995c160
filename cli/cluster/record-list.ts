const blockBytes = 1 << 20;

/**
 * Records by the id of their cluster, one after another in blocks: hundreds of thousands of buffers of their own would take
 * several times their bytes.
 */
export class RecordList {
  readonly #blocks: Buffer[] = [];
  #used = blockBytes;
  /** Block, start and end of each record; an end of 0 stands for none. */
  #blockOf = new Int32Array(1024);
  #starts = new Int32Array(1024);
  #ends = new Int32Array(1024);

  has(id: number): boolean {
    return (this.#ends[id] ?? 0) > 0;
  }

  add(id: number, text: string): void {
    const byteCount = Buffer.byteLength(text);
    if (this.#used + byteCount > blockBytes) {
      this.#blocks.push(Buffer.allocUnsafe(Math.max(blockBytes, byteCount)));
      this.#used = 0;
    }
    const block = this.#blocks.length - 1;
    this.#blocks[block]?.write(text, this.#used);
    this.#makeRoom(id);
    this.#blockOf[id] = block;
    this.#starts[id] = this.#used;
    this.#used += byteCount;
    this.#ends[id] = this.#used;
  }

  /** Hands the record of an id to `sink`, whatever that returns is returned. */
  send<Result>(id: number, sink: (bytes: Buffer, from: number, end: number) => Result): Result {
    const block = this.#blocks[this.#blockOf[id] ?? 0] ?? Buffer.alloc(0);
    return sink(block, this.#starts[id] ?? 0, this.#ends[id] ?? 0);
  }

  #makeRoom(id: number): void {
    if (id < this.#ends.length) {
      return;
    }
    const grown = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(Math.max(id + 1, old.length * 2));
      next.set(old);
      return next;
    };
    this.#blockOf = grown(this.#blockOf);
    this.#starts = grown(this.#starts);
    this.#ends = grown(this.#ends);
  }
}
