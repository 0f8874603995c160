import { LineShape } from './line-shape.ts';

/** Words of all shapes of one generation: 8 MB. */
const maxWordCount = 2_097_152;
const firstWordCount = 16_384;
const firstTableSize = 1024;

/** Shapes with a value each, in a table of open addressing; the shapes themselves stand one after another in one array. */
class Generation<Value> {
  count = 0;
  #values: Value[] = [];
  #hashes = new Int32Array(firstTableSize);
  /** Place of each entry's words; the last one is where free words start. */
  #starts = new Int32Array(firstTableSize + 1);
  /** Entry number + 1 by slot, 0 for a free slot; at least twice as many slots as entries. */
  #slots = new Int32Array(firstTableSize * 2);
  #words = new Uint32Array(firstWordCount);

  clear(): void {
    this.count = 0;
    this.#values = [];
    this.#slots.fill(0);
  }

  find(shape: LineShape): Value | undefined {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = shape.hash & mask; ; slot = (slot + 1) & mask) {
      const entry = (slots[slot] ?? 0) - 1;
      if (entry < 0) {
        return undefined;
      }
      if (this.#hashes[entry] === shape.hash && this.#isEqual(entry, shape)) {
        return this.#values[entry];
      }
    }
  }

  #isEqual(entry: number, { words, wordCount }: LineShape): boolean {
    const start = this.#starts[entry] ?? 0;
    if ((this.#starts[entry + 1] ?? 0) - start !== wordCount) {
      return false;
    }
    const known = this.#words;
    for (let at = 0; at < wordCount; at++) {
      if (known[start + at] !== words[at]) {
        return false;
      }
    }
    return true;
  }

  /** Adds a shape that is not there; false when there is no room for its words. */
  add(shape: LineShape, value: Value): boolean {
    const start = this.count === 0 ? 0 : (this.#starts[this.count] ?? 0);
    const end = start + shape.wordCount;
    if (end > maxWordCount) {
      return false;
    }
    this.#makeRoom(end);
    for (let at = 0; at < shape.wordCount; at++) {
      this.#words[start + at] = shape.words[at] ?? 0;
    }
    const entry = this.count++;
    this.#starts[entry] = start;
    this.#starts[entry + 1] = end;
    this.#hashes[entry] = shape.hash;
    this.#values.push(value);
    this.#place(entry);
    return true;
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = (this.#hashes[entry] ?? 0) & mask;
    while (this.#slots[slot] !== 0) {
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = entry + 1;
  }

  #makeRoom(wordCount: number): void {
    if (wordCount > this.#words.length) {
      const words = new Uint32Array(Math.min(maxWordCount, Math.max(wordCount, this.#words.length * 2)));
      words.set(this.#words);
      this.#words = words;
    }
    if (this.count < this.#hashes.length) {
      return;
    }
    const hashes = new Int32Array(this.#hashes.length * 2);
    const starts = new Int32Array(hashes.length + 1);
    hashes.set(this.#hashes);
    starts.set(this.#starts);
    this.#hashes = hashes;
    this.#starts = starts;
    this.#slots = new Int32Array(hashes.length * 2);
    for (let entry = 0; entry < this.count; entry++) {
      this.#place(entry);
    }
  }
}

/**
 * Remembers what was found out about lines, for all lines of the same shape. Shapes are compared in full, so that an
 * answer never depends on what else was seen. At most `capacity` shapes of at most 16 MB; those that were not met for
 * longest are forgotten first, in two generations.
 */
export class ShapeCache<Value> {
  readonly #shape = new LineShape();
  readonly #generationSize: number;
  #young = new Generation<Value>();
  #old = new Generation<Value>();
  #hasShape = false;

  constructor(capacity: number) {
    this.#generationSize = Math.max(1, capacity >> 1);
  }

  /** What is known about lines of this shape; undefined when nothing is, or when the line is too long to have a shape. */
  find(text: string): Value | undefined {
    this.#hasShape = this.#shape.read(text);
    return this.#hasShape ? this.#findShape() : undefined;
  }

  /** The same for a line as its UTF-8 bytes source[from, end), which spares known lines the decoding. */
  findBytes(source: Uint8Array, from: number, end: number): Value | undefined {
    this.#hasShape = this.#shape.readBytes(source, from, end);
    return this.#hasShape ? this.#findShape() : undefined;
  }

  #findShape(): Value | undefined {
    const young = this.#young.find(this.#shape);
    if (young !== undefined) {
      return young;
    }
    const old = this.#old.count === 0 ? undefined : this.#old.find(this.#shape);
    if (old !== undefined) {
      this.remember(old);
    }
    return old;
  }

  /** Remembers the value for the shape of the line that `find` was last asked for and did not know. */
  remember(value: Value): void {
    if (!this.#hasShape) {
      return;
    }
    if (this.#young.count >= this.#generationSize || !this.#young.add(this.#shape, value)) {
      const emptied = this.#old;
      emptied.clear();
      this.#old = this.#young;
      this.#young = emptied;
      this.#young.add(this.#shape, value);
    }
  }
}
