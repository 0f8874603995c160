/** A test of a family. */
export interface FamilyTest {
  readonly probability: number;
  /** Smallest p-value that the test could have had with its count. */
  readonly smallest: number;
}

/**
 * Tells for each test whether it is a discovery, so that of all discoveries at most `rate` (0..1) are false on average.
 * Tests whose counts are too small to ever be one do not make it harder for the others.
 * Source: Benjamini and Hochberg, JRSS B 57, 1995, over the tests that Tarone's rule keeps (Biometrics 46, 1990), as
 * Gilbert does for discrete data (JRSS C 54, 2005). O(n log n).
 */
export function discoveriesOf(tests: readonly FamilyTest[], rate: number): readonly boolean[] {
  const smallest = tests.map((test) => test.smallest).sort((a, b) => a - b);
  // Tarone: the least k such that at most k tests can reach rate / k.
  let familySize = 1;
  while (familySize < tests.length && countUpTo(smallest, rate / familySize) > familySize) {
    familySize += 1;
  }
  const limit = rate / familySize;
  const family = tests
    .filter((test) => test.smallest <= limit)
    .map((test) => test.probability)
    .sort((a, b) => a - b);
  const rank = family.findLastIndex((probability, index) => probability <= (rate * (index + 1)) / family.length);
  const highest = rank < 0 ? -1 : (family[rank] ?? -1);
  return tests.map((test) => test.smallest <= limit && test.probability <= highest);
}

function countUpTo(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
