/** Random numbers that are the same for the same seed. */
export interface SeededRandom {
  /** Whole number in [0, below). */
  below(below: number): number;
  /** One of the values. */
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  /** True with the given probability 0..1. */
  isChance(probability: number): boolean;
  /** Lower-case hex digits. */
  hex(length: number): string;
}

/** Returns a generator (mulberry32) that is good enough for test data, never for secrets. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  }
  function below(limit: number): number {
    return Math.floor(next() * limit);
  }
  return {
    below,
    pick: (values) => values[below(values.length)] ?? values[0],
    isChance: (probability) => next() < probability,
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(''),
  };
}
