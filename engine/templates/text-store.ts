/** Bytes of one block: texts of ordinary length waste less than 1 % of it at its end. */
const blockBytes = 1 << 18;
const firstTextCount = 256;
const highestNarrow = 0xff;

/** Texts by number from 0 up, outside the collected heap: one byte a character, or two where one of them needs it. */
export class TextStore {
  readonly #blocks: Uint8Array[] = [];
  /** Bytes of the last block that are taken. */
  #used = blockBytes;
  #count = 0;
  /** Block and byte of each text as one number, and its length, negative when it takes two bytes a character. */
  #starts = new Float64Array(firstTextCount);
  #lengths = new Int32Array(firstTextCount);

  get count(): number {
    return this.#count;
  }

  /** Adds a text and returns its number. */
  add(text: string): number {
    const isWide = !isNarrow(text);
    const byteCount = isWide ? text.length * 2 : text.length;
    if (this.#used + byteCount > blockBytes) {
      this.#blocks.push(new Uint8Array(Math.max(blockBytes, byteCount)));
      this.#used = 0;
    }
    const block = this.#blocks.length - 1;
    write(text, isWide, this.#blocks[block] ?? new Uint8Array(), this.#used);
    const at = this.#count++;
    this.#makeRoom();
    this.#starts[at] = block * blockBytes + this.#used;
    this.#lengths[at] = isWide ? -text.length : text.length;
    this.#used += byteCount;
    return at;
  }

  /** Text of a number that `add` gave; empty for others. */
  at(index: number): string {
    const start = this.#starts[index] ?? 0;
    const length = index < this.#count ? (this.#lengths[index] ?? 0) : 0;
    const bytes = this.#blocks[Math.floor(start / blockBytes)] ?? new Uint8Array();
    const from = start % blockBytes;
    let text = '';
    for (let place = 0; place < Math.abs(length); place++) {
      const low = bytes[from + (length < 0 ? place * 2 : place)] ?? 0;
      const high = length < 0 ? (bytes[from + place * 2 + 1] ?? 0) : 0;
      text += String.fromCharCode(low | (high << 8));
    }
    return text;
  }

  #makeRoom(): void {
    if (this.#count <= this.#lengths.length) {
      return;
    }
    const starts = new Float64Array(this.#starts.length * 2);
    const lengths = new Int32Array(starts.length);
    starts.set(this.#starts);
    lengths.set(this.#lengths);
    this.#starts = starts;
    this.#lengths = lengths;
  }
}

function isNarrow(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > highestNarrow) {
      return false;
    }
  }
  return true;
}

function write(text: string, isWide: boolean, bytes: Uint8Array, from: number): void {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isWide) {
      bytes[from + at * 2] = unit & highestNarrow;
      bytes[from + at * 2 + 1] = unit >> 8;
    } else {
      bytes[from + at] = unit;
    }
  }
}
