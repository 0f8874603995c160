import type { Labels } from '@loghunter/engine/records';

// Label objects are shared by the entries of a stream within a page, so that most lookups are by identity.
const keys = new WeakMap<Labels, string>();

/** One text per label set, whatever the order of its labels. */
export function streamKeyOf(labels: Labels): string {
  const known = keys.get(labels);
  if (known !== undefined) {
    return known;
  }
  const pairs = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const key = JSON.stringify(pairs);
  keys.set(labels, key);
  return key;
}
