/*
 * Hashes of token sequences in which any stretch can be replaced by a hole in constant time: polynomial sums in two
 * lanes of 32 bits, kept as prefix sums. A million contexts meet by chance with a probability below 1 in 10,000.
 */
const firstBase = 0x01000193;
const secondBase = 0x27d4eb2f;

/** Inverse of an odd number modulo 2^32 (Newton's iteration doubles the right bits each time). */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let step = 0; step < 5; step++) {
    inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  }
  return inverse;
}

const firstInverse = inverseOf(firstBase);
const secondInverse = inverseOf(secondBase);

function hashWord(text: string, seed: number): number {
  let hash = seed ^ text.length;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b);
  return hash ^ (hash >>> 16);
}

function joinLanes(first: number, second: number): number {
  return (first >>> 0) * 0x200000 + (second >>> 11);
}

function powers(base: number, length: number): Int32Array {
  const table = new Int32Array(length);
  let power = 1;
  for (let index = 0; index < length; index++) {
    table[index] = power;
    power = Math.imul(power, base);
  }
  return table;
}

const tableLength = 520;
const firstPowers = powers(firstBase, tableLength);
const secondPowers = powers(secondBase, tableLength);
const firstInversePowers = powers(firstInverse, tableLength);
const secondInversePowers = powers(secondInverse, tableLength);

/** How an opened slot is written in patterns. */
export const holeMark = '<?>';
const firstHole = hashWord(holeMark, 1);
const secondHole = hashWord(holeMark, 2);

/** Hashes of one token sequence and of all that differ from it by a hole; keys are whole numbers below 2^53. */
export class SequenceHash {
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #length: number;
  readonly #contextFirst: number;
  readonly #contextSecond: number;

  constructor(context: string, words: readonly string[]) {
    this.#length = words.length;
    this.#first = new Int32Array(words.length + 1);
    this.#second = new Int32Array(words.length + 1);
    this.#contextFirst = hashWord(context, 3);
    this.#contextSecond = hashWord(context, 4);
    words.forEach((word, at) => {
      this.#first[at + 1] = (this.#first[at] ?? 0) + Math.imul(hashWord(word, 1), firstPowers[at] ?? 1);
      this.#second[at + 1] = (this.#second[at] ?? 0) + Math.imul(hashWord(word, 2), secondPowers[at] ?? 1);
    });
  }

  /** Key of the whole sequence. */
  whole(): number {
    return this.#keyOf(this.#first[this.#length] ?? 0, this.#second[this.#length] ?? 0);
  }

  /** Key of the sequence with words [start, end) replaced by one hole; start = end inserts a hole. */
  withHole(start: number, end: number): number {
    const first = this.#lane(this.#first, start, end, firstPowers, firstInversePowers, firstHole, firstBase);
    const second = this.#lane(this.#second, start, end, secondPowers, secondInversePowers, secondHole, secondBase);
    return this.#keyOf(first, second);
  }

  /** Key of the sequence with the two words at `a` and `b` replaced by holes. */
  withTwoHoles(a: number, b: number): number {
    return this.#keyOf(
      this.#swapped(this.#first, a, b, firstPowers, firstHole),
      this.#swapped(this.#second, a, b, secondPowers, secondHole)
    );
  }

  /** Key of the words [start, end) alone, wherever they stand. */
  stretch(start: number, end: number): number {
    const first = Math.imul((this.#first[end] ?? 0) - (this.#first[start] ?? 0), firstInversePowers[start] ?? 1);
    const second = Math.imul((this.#second[end] ?? 0) - (this.#second[start] ?? 0), secondInversePowers[start] ?? 1);
    return joinLanes(first, second);
  }

  #keyOf(first: number, second: number): number {
    return joinLanes(first + this.#contextFirst, second + this.#contextSecond);
  }

  #lane(
    sums: Int32Array,
    start: number,
    end: number,
    powersOf: Int32Array,
    inversePowers: Int32Array,
    hole: number,
    base: number
  ): number {
    const before = sums[start] ?? 0;
    const after = (sums[this.#length] ?? 0) - (sums[end] ?? 0);
    const shift = end - start - 1;
    const shifted = shift >= 0 ? Math.imul(after, inversePowers[shift] ?? 1) : Math.imul(after, base);
    return before + Math.imul(hole, powersOf[start] ?? 1) + shifted;
  }

  #swapped(sums: Int32Array, a: number, b: number, powersOf: Int32Array, hole: number): number {
    const wordAtA = (sums[a + 1] ?? 0) - (sums[a] ?? 0);
    const wordAtB = (sums[b + 1] ?? 0) - (sums[b] ?? 0);
    const holes = Math.imul(hole, (powersOf[a] ?? 1) + (powersOf[b] ?? 1));
    return (sums[this.#length] ?? 0) - wordAtA - wordAtB + holes;
  }
}
