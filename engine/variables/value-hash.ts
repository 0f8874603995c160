/** Two hashes of 32 bits each of a value, independent enough for counting; not for secrets. */
export interface ValueHash {
  readonly high: number;
  readonly low: number;
}

/**
 * Hashes a text of UTF-16 units in linear time: two lanes of multiply and rotate, finished as MurmurHash3 does
 * (Appleby's public-domain fmix32), so that neighbouring numbers land far apart.
 */
export function hashValue(value: string): ValueHash {
  let high = 0x9e3779b9 ^ value.length;
  let low = 0x85ebca6b;
  for (let at = 0; at < value.length; at += 1) {
    const unit = value.charCodeAt(at);
    high = Math.imul(high ^ unit, 0xcc9e2d51);
    high = (high << 15) | (high >>> 17);
    low = Math.imul(low ^ (unit + at), 0x1b873593);
    low = (low << 13) | (low >>> 19);
  }
  const mixed = finish(high ^ Math.imul(low, 0x27d4eb2f));
  return { high: mixed, low: finish(low ^ mixed) };
}

function finish(state: number): number {
  let hash = state ^ (state >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
