/** Repeatable random numbers: the same seed and place always give the same ones. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [min, max]. */
  integer(min: number, max: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
  /** Milliseconds around a median with the long tail that latencies have. */
  latencyMs(medianMs: number): number;
  /** Number of occurrences of something that happens `mean` times on average (Poisson). */
  occurrences(mean: number): number;
}

/** Generator of one stretch of the log: `place` keeps stretches apart (mulberry32, mixed by murmur's finaliser). */
export function createRandom(seed: number, place: number): Random {
  let state = mix(mix(seed) ^ mix(place) ^ mix(Math.floor(place / 0x1_0000_0000) + 0x9e3779b9));

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));

  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    hex(length) {
      let digits = '';
      while (digits.length < length) {
        digits += Math.floor(next() * 0x1000_0000)
          .toString(16)
          .padStart(7, '0');
      }
      return digits.slice(0, length);
    },
    latencyMs(medianMs) {
      // Sum of three uniforms is near enough to a normal distribution.
      const normal = (next() + next() + next() - 1.5) * 2;
      return Math.max(1, Math.round(medianMs * Math.exp(normal * 0.45)));
    },
    occurrences(mean) {
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) {
        count++;
      }
      return count;
    },
  };
}

function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
